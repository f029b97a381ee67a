"""What would change the grade, as only the member is told: with the day training is due, the open cases, all records.

Pure but for `Explained`, which was read before. Nothing is estimated: `credit.scoring.account.prospects` rates the
member again, and so do the cases here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from credit.rulesets.vocabulary import Kind
from credit.scoring import account, wording
from credit.scoring.account.prospects import NO_RATING, doing, repairing, waiting
from credit.scoring.evaluator import Reason, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from associations.desk.selectors import CaseRow
    from associations.training.selectors import YearDuty
    from credit.scoring.account import Prospect, Trial

MOST = 6


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that would change the rating: `points` in milli-points, `note` what comes of it."""

    text: str
    points: int
    note: str


def _told(trial: Trial, found: Iterable[Prospect]) -> list[Effect]:
    return [Effect(each.say(), each.points, account.outcome(trial, each.then)) for each in found]


def mine_to_do(trial: Trial, duty: YearDuty) -> list[Effect]:
    """What the member can do: finish training, have items verified, put controls in place, repair; best first."""
    return _told(trial, [*doing(trial, due_on=duty.due_on), *repairing(trial)])


def times_to_do(trial: Trial) -> list[Effect]:
    """What time does by itself: the days on which records fade, then day by day, if nothing new happens."""
    found, before = _told(trial, waiting(trial)), trial.now.score
    for point in account.ahead(trial.explained, MOST):
        text = _("On %(day)s: %(point)s") % {"day": point.on.isoformat(), "point": account.point_text(point)}
        found.append(Effect(text, point.score - before, ""))
        before = point.score
    return found


def may_turn_worse(trial: Trial, cases: Iterable[CaseRow]) -> list[Effect]:
    """What the cases that are open would cost if they were upheld today as they are alleged."""
    if trial.now.state in NO_RATING:
        return []
    return [_upheld(trial, case) for case in cases if case.pending]


def _upheld(trial: Trial, case: CaseRow) -> Effect:
    then = trial.then([trial.fact(Kind.VIOLATION, code=case.code, severity=int(case.severity))])
    text = _("Case %(number)s, if it were upheld as alleged") % {"number": case.number}
    return Effect(text, then.score - trial.now.score, account.outcome(trial, then))


@dataclass(frozen=True, slots=True)
class Wanting:
    """A condition of being rated: `state` "met" or "missing", and what to do."""

    label: str
    state: str
    remedy: str = ""
    url: str = ""
    link: str = ""


def wanting(trial: Trial) -> list[Wanting]:
    """What a rating needs, and what of it is missing; nothing where there is a rating."""
    now = trial.now
    if now.state is not State.NOT_RATED:
        return []
    rule = trial.explained.ruleset.not_rated
    rows = (
        (Reason.IDENTITY_NOT_VERIFIED, _("Identity verified"),
         _("Show your papers to the association; it verifies them and keeps no picture.")),
        (Reason.TOO_NEW, _("%(months)s months of membership") % {"months": rule.months},
         _("Months so far: %(months)s. This comes by itself.") % {"months": now.months}),
        (Reason.LOW_CONFIDENCE, _("Enough is known (%(share)s)") % {"share": wording.percent_text(rule.confidence)},
         _("So far %(share)s. Verified items, training and platform figures add to it.")
         % {"share": wording.percent_text(now.confidence)}),
    )  # fmt: skip
    return [
        Wanting(label, "missing" if now.mask & reason else "met", remedy if now.mask & reason else "")
        for reason, label, remedy in rows
    ]
