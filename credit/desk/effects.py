"""What would change the grade: reckoned by rating the member again with the fact that would come.

Pure but for `Explained`, which was read before. Nothing is estimated: the same evaluator, the same rule set, one fact
more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from credit.rulesets.vocabulary import Kind
from credit.scoring import account, wording
from credit.scoring.evaluator import Evaluation, Fact, Reason, State, Status, evaluate
from credit.scoring.services import fact_of, member_of, previous_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from associations.desk.selectors import CaseRow
    from associations.training.selectors import YearDuty
    from credit.scoring.evaluator.result import Line
    from credit.scoring.services import Explained

MOST = 6
NO_RATING = frozenset({State.WITHDRAWN, State.BARRED, State.SUSPENDED})


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that would change the rating: `points` in milli-points, `note` what comes of it."""

    text: str
    points: int
    note: str


@dataclass(frozen=True, slots=True)
class Trial:
    """The member as of a day, to be rated again with more facts."""

    explained: Explained
    facts: tuple[Fact, ...]
    day: date
    now: Evaluation

    @classmethod
    def of(cls, explained: Explained, day: date) -> Trial:
        facts = tuple(fact_of(each) for each in explained.facts.values())
        return cls(explained, facts, day, _rate(explained, facts, day))

    def with_facts(self, more: Iterable[Fact]) -> Evaluation:
        return _rate(self.explained, (*self.facts, *more), self.day)

    def fact(self, at: int, kind: Kind, **columns: Any) -> Fact:
        """A fact of today that would be the `at`-th to come."""
        highest = max((fact.id for fact in self.facts), default=0)
        return Fact(highest + 1 + at, kind, self.day, self.day, **columns)

    def effect(self, text: str, more: Iterable[Fact]) -> Effect:
        """What comes of these facts, in words."""
        then = self.with_facts(more)
        return Effect(text, then.score - self.now.score, outcome(self.now, then))


def _rate(explained: Explained, facts: Sequence[Fact], day: date) -> Evaluation:
    return evaluate(
        explained.ruleset, member_of(explained.member), list(facts), day, previous_of(explained.standing)
    )


def outcome(now: Evaluation, then: Evaluation) -> str:
    """The score reached, and the grade where it changes."""
    words = {"score": wording.points_text(then.score), "grade": grade_text(then), "before": grade_text(now)}
    if (then.shown, then.state) == (now.shown, now.state):
        return _("Then %(score)s points; the grade stays %(grade)s.") % words
    return _("Then %(score)s points; from %(before)s to %(grade)s.") % words


def grade_text(rating: Evaluation) -> str:
    return wording.grade_letter(rating.shown) if rating.shown else wording.state_text(rating.state)


def mine_to_do(trial: Trial, duty: YearDuty) -> list[Effect]:
    """What the member can do: finish training, have items verified again, put controls in place; best first."""
    if trial.now.state in NO_RATING:
        return []
    lines = trial.explained.evaluation.lines
    found = [effect for effect in (_training(trial, duty, lines), *_items(trial, lines)) if effect]
    return sorted((effect for effect in found if effect.points > 0), key=lambda each: -each.points)[:MOST]


def _training(trial: Trial, duty: YearDuty, lines: Sequence[Line]) -> Effect | None:
    """Finishing the hours and the exam the rating asks for; for an agency with streamers, having them trained."""
    by_kind = {line.kind: dict(line.figures) for line in lines}
    if roster := by_kind.get(Kind.ROSTER):
        text = _("Have all %(count)s signed streamers trained") % {"count": roster["streamers"]}
        return trial.effect(text, [trial.fact(0, Kind.ROSTER, a=roster["streamers"], b=roster["streamers"])])
    told = by_kind.get(Kind.TRAINING)
    if told is None:
        return None
    hours = max(0, told.get("required", 0) - told.get("hours", 0))
    exam = bool(told.get("exam_required")) and not told.get("exam_passed")
    if not (hours or exam):
        return None
    more = [trial.fact(0, Kind.TRAINING, a=hours)] * bool(hours) + [trial.fact(1, Kind.EXAM, a=1)] * exam
    words = {"hours": hours, "due": duty.due_on.isoformat()}
    if hours and exam:
        text = _("Attend %(hours)s more hours of training and pass the exam, by %(due)s") % words
    elif hours:
        text = _("Attend %(hours)s more hours of training, by %(due)s") % words
    else:
        text = _("Pass the exam, by %(due)s") % words
    return trial.effect(text, more)


def _items(trial: Trial, lines: Sequence[Line]) -> Iterable[Effect]:
    """Each checklist item that is not fresh, each control that is not in place."""
    ruleset = trial.explained.ruleset
    items = {item.number: wording.named(item.name) for item in ruleset.checklist.items}
    for line in lines:
        if line.kind == Kind.CHECK and line.status not in {Status.FRESH, Status.LAPSED}:
            text = (
                _("Have this verified again: %(item)s") if line.facts else _("Have this verified: %(item)s")
            )
            yield trial.effect(
                text % {"item": items.get(line.code, "")}, [trial.fact(0, Kind.CHECK, code=line.code, a=1)]
            )
        elif line.kind == Kind.CONTROL and line.status is not Status.COUNTS:
            name = account_name(trial, line)
            yield trial.effect(
                _("Put this in place and report it: %(control)s") % {"control": name},
                [trial.fact(0, Kind.CONTROL, code=line.code, a=1)],
            )


def account_name(trial: Trial, line: Line) -> str:
    """A control by name."""
    indicator = trial.explained.ruleset.indicator(line.number)
    names = {item.number: wording.named(item.name) for item in getattr(indicator, "items", ())}
    return names.get(line.code, "")


def times_to_do(trial: Trial) -> list[Effect]:
    """What time does by itself, day by day, if nothing new happens."""
    found, before = [], trial.now.score
    for point in account.ahead(trial.explained, MOST):
        text = _("On %(day)s: %(point)s") % {"day": point.on.isoformat(), "point": account.point_text(point)}
        found.append(Effect(text, point.score - before, ""))
        before = point.score
    return found


def may_turn_worse(trial: Trial, cases: Iterable[CaseRow]) -> list[Effect]:
    """What the cases that are open would cost if they were upheld today as they are alleged."""
    if trial.now.state in NO_RATING:
        return []
    return [
        trial.effect(
            _("Case %(number)s, if it were upheld as alleged") % {"number": case.number},
            [trial.fact(0, Kind.VIOLATION, code=case.code, severity=int(case.severity))],
        )
        for case in cases
        if case.pending
    ]


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
