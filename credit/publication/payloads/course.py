"""The course of a score as the public may see it: past steps without what has ended, and the known future.

An expired, repaired or reversed record leaves no trace, the chart included: where a member has one, the past
is reckoned again from the facts that still stand. A member without any shows the ratings as they were given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from credit.rulesets.vocabulary import FIRST_ABOUT_ANOTHER, Kind
from credit.scoring.evaluator import Evaluation, Fact, Member, Previous, evaluate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from credit.rulesets.method import RuleSet

UNDOING = frozenset({Kind.REVERSAL, Kind.REPAIR, Kind.CORRECTION, Kind.DISCHARGE})
PUNISHING = frozenset({Kind.VIOLATION, Kind.UNPERFORMED, Kind.BAN, Kind.REVIEW, Kind.DUTY, Kind.LAPSED})
MOST_AHEAD = 6


@dataclass(frozen=True, slots=True)
class Step:
    """From `on` the score was `score`, the grade shown `grade` (0: none), in `state`."""

    on: date
    score: int
    grade: int
    state: int


@dataclass(frozen=True, slots=True)
class Rated:
    """What a course is reckoned from. `standing` is what the brake on upgrades starts from."""

    ruleset: RuleSet
    member: Member
    facts: Sequence[Fact]
    as_of: date
    standing: Previous


def ended(rated: Rated) -> set[int]:
    """Ids of facts that no longer stand: undone by a later one, or run out of their window; and what undid them."""
    undone = {
        fact.ref_id: fact.id
        for fact in rated.facts
        if fact.kind in UNDOING and fact.occurred_on <= rated.as_of
    }
    gone = {fact.id for fact in rated.facts if fact.kind in PUNISHING and _is_over(fact, undone, rated)}
    return gone | {
        fact.id for fact in rated.facts if fact.kind >= FIRST_ABOUT_ANOTHER and fact.ref_id in gone
    }


def _is_over(fact: Fact, undone: dict[int | None, int], rated: Rated) -> bool:
    if fact.id in undone:
        return True
    age = (rated.as_of - fact.occurred_on).days
    if fact.kind == Kind.VIOLATION:
        return age >= rated.ruleset.severities[fact.severity].window_days
    if fact.kind == Kind.REVIEW:
        return age >= rated.ruleset.review_days
    return fact.kind == Kind.BAN and fact.until_on is not None and fact.until_on < rated.as_of


def past(rated: Rated, given: Iterable[Step]) -> list[Step]:
    """The steps to show, the oldest first; `given` are the ratings as they were given, the oldest first."""
    gone = ended(rated)
    if not gone:
        return changes(given)
    standing = [fact for fact in rated.facts if fact.id not in gone]
    before: Previous | None = None
    steps = []
    for day in sorted({step.on for step in given}):
        known = [fact for fact in standing if fact.recorded_on <= day]
        again = evaluate(rated.ruleset, rated.member, known, day, before)
        steps.append(_step(day, again))
        before = _previous(again)
    return changes(steps)


def ahead(rated: Rated, first_change_on: date | None) -> list[Step]:
    """What is known to come if nothing new happens."""
    day, before, steps = first_change_on, rated.standing, []
    for _ in range(MOST_AHEAD):
        if day is None:
            break
        coming = evaluate(rated.ruleset, rated.member, rated.facts, day, before)
        steps.append(_step(day, coming))
        day, before = coming.next_change_on, _previous(coming)
    return steps


def changes(steps: Iterable[Step]) -> list[Step]:
    """Only the steps on which something moved; of one day the last."""
    by_day = {step.on: step for step in steps}
    kept: list[Step] = []
    for step in sorted(by_day.values(), key=lambda step: step.on):
        if not kept or (kept[-1].score, kept[-1].grade, kept[-1].state) != (
            step.score,
            step.grade,
            step.state,
        ):
            kept.append(step)
    return kept


def _step(day: date, rating: Evaluation) -> Step:
    return Step(day, rating.score, rating.shown, int(rating.state))


def _previous(rating: Evaluation) -> Previous:
    return Previous(int(rating.state), rating.shown, rating.up_on, rating.last_fact_id)
