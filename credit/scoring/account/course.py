"""Where the score came from, and where it goes if nothing new happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.ui import charts
from credit.rulesets.vocabulary import Kind
from credit.scoring import wording
from credit.scoring.account.lines import violation_name
from credit.scoring.evaluator import Previous, evaluate
from credit.scoring.services import member_of, previous_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from associations.conduct.selectors import FactRow
    from credit.scoring.models import Rating
    from credit.scoring.services import Explained

MOST_AHEAD = 6
MOST_MARKS = 9
LOOKS_BACK = 730
LOOKS_AHEAD = 270
NOTABLE: dict[int, bool] = {
    Kind.VIOLATION: True,
    Kind.BAN: True,
    Kind.UNPERFORMED: True,
    Kind.LAPSED: True,
    Kind.REVIEW: False,
    Kind.LEFT: False,
    Kind.REVERSAL: False,
    Kind.REPAIR: False,
    Kind.STAY: False,
    Kind.STAY_ENDED: False,
    Kind.CORRECTION: False,
    Kind.DISCHARGE: False,
}
"""The facts a chart numbers, and whether each is a sanction."""


@dataclass(frozen=True, slots=True)
class Point:
    """From `on` the score was `score` milli-points, the grade shown `grade` (0: none), in `state`."""

    on: date
    score: int
    grade: int
    state: int


def steps(given: Iterable[Rating]) -> list[Point]:
    """The ratings as they were given, the oldest first, of one day the last, only where something moved."""
    by_day = {each.as_of: Point(each.as_of, each.score, each.shown, each.state) for each in given}
    kept: list[Point] = []
    for on in sorted(by_day):
        point = by_day[on]
        if not kept or (kept[-1].score, kept[-1].grade, kept[-1].state) != (
            point.score,
            point.grade,
            point.state,
        ):
            kept.append(point)
    return kept


def ahead(explained: Explained, most: int = MOST_AHEAD) -> list[Point]:
    """What is known to come if nothing new happens: the rating on each of the next dates on which one changes."""
    day, before = explained.standing.next_change_on, previous_of(explained.standing)
    found: list[Point] = []
    while day is not None and len(found) < most:
        coming = evaluate(explained.ruleset, member_of(explained.member), explained.known, day, before)
        found.append(Point(day, coming.score, coming.shown, int(coming.state)))
        before = Previous(int(coming.state), coming.shown, coming.up_on, coming.last_fact_id)
        day = coming.next_change_on
    return found


def history(
    explained: Explained, given: Iterable[Rating], *, today: date, names: dict[int, str]
) -> charts.History:
    """The chart: two years back at most, and the known dates. `names` are fact kinds in words."""
    past, coming = steps(given), ahead(explained)
    last = max([today, *(point.on for point in coming)])
    start = max(
        min([today - timedelta(days=60), *(point.on for point in past)]), today - timedelta(LOOKS_BACK)
    )
    end = min(last + timedelta(days=45), today + timedelta(days=LOOKS_AHEAD))
    past = _since(past, start)
    return charts.History(
        steps=[
            charts.Step(each.on, each.score, each.grade or None) for each in [*past, *coming] if each.on < end
        ],
        today=today,
        start=start,
        end=end,
        facts=_marks(explained, start=start, end=end, names=names),
        ceilings=_ceilings(explained, end),
    )


def _since(past: Sequence[Point], start: date) -> list[Point]:
    """The steps from `start` on, the one in force that day among them."""
    before = [each for each in past if each.on <= start]
    return [*before[-1:], *(each for each in past if each.on > start)]


def _marks(explained: Explained, *, start: date, end: date, names: dict[int, str]) -> list[charts.Fact]:
    """The latest notable facts, and the days on which a record weighs less."""
    facts = [each for each in explained.facts.values() if each.kind in NOTABLE]
    marks = [charts.Fact(each.occurred_on, _mark(each, names), NOTABLE[each.kind]) for each in facts]
    for line in explained.evaluation.lines:
        if line.kind == Kind.VIOLATION and line.changes_on:
            text = _("The record of %(on)s weighs less") % {"on": line.on.isoformat() if line.on else ""}
            marks.append(charts.Fact(line.changes_on, text))
    within = [mark for mark in sorted(marks, key=lambda mark: mark.on) if start <= mark.on <= end]
    return within[-MOST_MARKS:]


def _mark(fact: FactRow, names: dict[int, str]) -> str:
    told = names.get(fact.kind, "")
    return f"{told}: {violation_name(fact.code)}" if fact.kind == Kind.VIOLATION else told


def _ceilings(explained: Explained, end: date) -> list[charts.Ceiling]:
    """The stretches in which a dated fact holds the grade."""
    found = []
    for hit in explained.evaluation.binding:
        fact = explained.facts.get(hit.fact_id or 0)
        if fact and fact.occurred_on < end:
            found.append(charts.Ceiling(fact.occurred_on, min(hit.changes_on or end, end), hit.at_most))
    return found


def point_text(point: Point) -> str:
    """A point in words: grade and score, or the state where no grade is shown."""
    if not point.grade:
        return wording.state_text(point.state)
    told = {"grade": wording.grade_letter(point.grade), "score": wording.points_text(point.score)}
    return _("%(grade)s, %(score)s points") % told
