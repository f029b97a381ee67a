"""A rated member, to be rated again, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from credit.scoring import wording
from credit.scoring.evaluator import Checked, Evaluation, Fact, State, evaluate
from credit.scoring.services import member_of, previous_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from credit.rulesets.vocabulary import Kind
    from credit.scoring.services import Explained

NO_RATING = frozenset({State.WITHDRAWN, State.BARRED, State.SUSPENDED})
"""States in which nothing the member does moves the grade."""


class What(StrEnum):
    """What is tried."""

    VERIFY = "verify"
    TRAIN = "train"
    CONTROL = "control"
    RENEW = "renew"
    PERFORM = "perform"
    TOGETHER = "together"  # all of the above at once
    REPAIR = "repair"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Prospect:
    """One thing that would change a rating, evaluated for the day `on`.

    `line` is the place of the line it is about, none for several or none. `points` in milli-points against now.
    `say` gives the words, in the language in force.
    """

    what: What
    on: date
    line: int | None
    points: int
    then: Evaluation
    say: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Trial:
    """A rated member, to be rated again with more facts or on another day. `day` is the day of `now`."""

    explained: Explained
    facts: Checked
    day: date
    now: Evaluation
    ids: Iterator[int]

    @classmethod
    def of(cls, explained: Explained, day: date | None = None) -> Trial:
        """As of `day`; without one as of the day the standing rating is for."""
        facts, standing = explained.known, explained.standing
        highest = max((fact.id for fact in facts), default=0)
        if day is None:  # evaluated already, but for the brake
            now = replace(explained.evaluation, shown=standing.shown, up_on=standing.up_on)
            return cls(explained, facts, standing.as_of, now, count(highest + 1))
        return cls(explained, facts, day, _rate(explained, facts, day), count(highest + 1))

    def then(self, more: Sequence[Fact] = (), on: date | None = None) -> Evaluation:
        """The rating with these facts, on the day of now or a later one."""
        return _rate(self.explained, self.facts.with_more(more) if more else self.facts, on or self.day)

    def fact(self, kind: Kind, *, on: date | None = None, **columns: Any) -> Fact:
        """A fact to come."""
        day = on or self.day
        return Fact(next(self.ids), kind, day, day, **columns)


@dataclass(frozen=True, slots=True)
class Step:
    """Something a member can do: the facts that would come of it."""

    what: What
    line: int | None
    facts: tuple[Fact, ...]
    say: Callable[[], str]


def _rate(explained: Explained, facts: Checked, day: date) -> Evaluation:
    before = previous_of(explained.standing)
    return evaluate(explained.ruleset, member_of(explained.member), facts, day, before)


def outcome(trial: Trial, then: Evaluation) -> str:
    """What is reached: score and grade; what still holds the grade, a ceiling or the brake on upgrades."""
    now, ruleset = trial.now, trial.explained.ruleset
    words = {"score": wording.points_text(then.score), "grade": grade_text(then), "before": grade_text(now)}
    if (then.shown, then.state) == (now.shown, now.state):
        told = [_("Then %(score)s points; the grade stays %(grade)s.") % words]
    else:
        told = [_("Then %(score)s points; from %(before)s to %(grade)s.") % words]
    if then.shown:
        told += sorted({wording.ceiling_text(hit) for hit in then.binding})[:1]
    if then.shown > then.grade > 0:
        braked = {"grade": wording.grade_letter(then.grade), "days": ruleset.brake_days}
        told.append(_("The facts give %(grade)s; a grade rises by one in %(days)s days at most.") % braked)
    return " ".join(told)


def grade_text(rating: Evaluation) -> str:
    return wording.grade_letter(rating.shown) if rating.shown else wording.state_text(rating.state)
