"""What comes with time: the repair of a record, and what waiting does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from associations.remedies.terms import repair_from
from credit.rulesets.vocabulary import Kind
from credit.scoring.account.lines import is_record, numbered
from credit.scoring.account.prospects.trial import NO_RATING, Prospect, Trial, What
from credit.scoring.account.why import everything
from credit.scoring.evaluator import Line, Reason, State, Status
from credit.scoring.evaluator.arithmetic import month_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from associations.conduct.selectors import FactRow

MOST_WAITS = 3


def repairing(trial: Trial, may_name: Callable[[FactRow], bool] = everything) -> list[Prospect]:
    """Each record that can be repaired before it is over: now, or on the first day its least term allows."""
    if trial.now.state in NO_RATING:
        return []
    lines, found = trial.now.lines, []
    for at, line in _records(trial, may_name):
        first = repair_from(line.on, dict(line.figures)["severity"]) if line.on else None
        if first is None or line.ends_on is None or first >= line.ends_on or line.status is Status.STAYED:
            continue
        on = max(first, trial.day)
        then = trial.then([trial.fact(Kind.REPAIR, on=on, ref_id=line.facts[0])], on)
        words = {"line": numbered(lines)[at], "on": first.isoformat()}
        say = _repair(words, over=first <= trial.day)
        found.append(Prospect(What.REPAIR, on, at, then.score - trial.now.score, then, say))
    return sorted(found, key=lambda each: each.on)[:MOST_WAITS]


def _repair(words: dict[str, str], *, over: bool) -> Callable[[], str]:
    def say() -> str:
        if over:
            return (
                _(
                    "Have the record of line %(line)s repaired once all is performed: its least term ended on %(on)s"
                )
                % words
            )
        return _("Have the record of line %(line)s repaired once all is performed, from %(on)s on") % words

    return say


def _records(trial: Trial, may_name: Callable[[FactRow], bool]) -> Iterator[tuple[int, Line]]:
    """The records that may be told by their line."""
    for at, line in enumerate(trial.now.lines):
        fact = trial.explained.facts.get(line.facts[0]) if is_record(line) else None
        if fact and may_name(fact):
            yield at, line


def waiting(trial: Trial, may_name: Callable[[FactRow], bool] = everything) -> list[Prospect]:
    """The next days on which a record weighs less, a ceiling changes or a term of membership is reached.

    Each is evaluated on that day as if nothing else came: what runs out by then counts as run out.
    """
    if trial.now.state is State.WITHDRAWN:
        return []
    days: dict[date, tuple[int | None, Callable[[], str]]] = {}
    for on, line, say in _coming(trial, may_name):
        if on > trial.day:
            days.setdefault(on, (line, say))
    found = []
    for on in sorted(days)[:MOST_WAITS]:
        line, say = days[on]
        then = trial.then(on=on)
        if (then.score, then.shown, then.state) != (trial.now.score, trial.now.shown, trial.now.state):
            found.append(Prospect(What.WAIT, on, line, then.score - trial.now.score, then, say))
    return found


Coming = tuple["date", int | None, "Callable[[], str]"]


def _coming(trial: Trial, may_name: Callable[[FactRow], bool]) -> Iterable[Coming]:
    lines = trial.now.lines
    numbers = numbered(lines)
    for at, line in _records(trial, may_name):
        if line.ends_on:
            yield line.ends_on, at, _until(line.ends_on, line=numbers[at], over=True)
        if line.changes_on and line.status is not Status.STAYED:
            yield line.changes_on, at, _until(line.changes_on, line=numbers[at])
    for hit in trial.now.binding:
        if hit.changes_on:
            yield hit.changes_on, None, _until(hit.changes_on)
    ruleset, now = trial.explained.ruleset, trial.now
    for reason, rule in (
        (Reason.TOO_NEW, ruleset.not_rated),
        (Reason.PROVISIONAL, ruleset.provisional),
        (Reason.LIMITED_EVIDENCE, ruleset.limited),
    ):
        on = month_mark(trial.explained.member.joined_on, rule.months)
        if on and now.mask & reason and now.months < rule.months:
            yield on, None, _until(on, months=rule.months)


def _until(on: date, *, line: str = "", over: bool = False, months: int = 0) -> Callable[[], str]:
    words = {"on": on.isoformat(), "line": line, "months": months}

    def say() -> str:
        if months:
            told = ngettext(
                "Wait until %(on)s: %(months)s month of membership then",
                "Wait until %(on)s: %(months)s months of membership then",
                months,
            )
        elif not line:
            told = _("Wait until %(on)s, when the ceiling on the grade changes")
        elif over:
            told = _("Wait until %(on)s, when the record of line %(line)s is over")
        else:
            told = _("Wait until %(on)s, when the record of line %(line)s weighs less")
        return told % words

    return say
