"""The forms of indicators: each reads the timeline and gives a ratio, part by part.

A part carries the *running* value of its indicator, 0…R, after it, and what was possible up to it; the last
part's value is the indicator's. Dimensions turn the running values into milli-points.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any, NamedTuple

from credit.rulesets import method
from credit.rulesets.vocabulary import Kind, R
from credit.scoring.evaluator.arithmetic import days_after, div, percent
from credit.scoring.evaluator.facts import Fact, Member
from credit.scoring.evaluator.result import Status
from credit.scoring.evaluator.timeline import Timeline, Window, licence_lapsed


class Part(NamedTuple):
    """One contribution to an indicator; `value` and `possible` are running totals, 0…R."""

    value: int
    possible: int
    kind: int
    code: int = 0
    status: Status = Status.COUNTS
    facts: tuple[int, ...] = ()
    on: date | None = None
    changes_on: date | None = None
    ends_on: date | None = None
    figures: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What an indicator may look at."""

    ruleset: method.RuleSet
    category: method.Category
    member: Member
    timeline: Timeline


def records(case: Case, indicator: method.Records) -> list[Part]:
    """R, less base × step × repeat of each record of a violation until nothing is left.

    step falls in equal parts of the window; repeat grows with the earlier records of the same code in force
    within `repeat_days` before it. Stayed records are told and cost nothing.
    """
    parts = [Part(R, R, Kind.VIOLATION, status=Status.CLEAN)]
    taken = 0
    days_by_code: defaultdict[int, list[int]] = defaultdict(list)
    for fact in case.timeline.of(Kind.VIOLATION):
        day = fact.occurred_on.toordinal()
        earlier = days_by_code[fact.code]
        counted = len(earlier) - bisect_left(earlier, day - indicator.repeat_days)
        prior = counted if fact.earlier is None else fact.earlier
        earlier.append(day)
        severity = case.ruleset.severities[fact.severity]
        age, window, steps = case.timeline.age(fact), severity.window_days, len(indicator.steps)
        if age >= window:
            continue
        part = steps * age // window
        step = indicator.steps[part]
        repeat = indicator.repeat[min(prior, len(indicator.repeat) - 1)]
        taken += severity.base * step * repeat
        changes_after = -(-(part + 1) * window // steps)
        left = R - div(taken * R, indicator.zero_at * 10_000)
        parts.append(
            Part(
                value=max(0, left),
                possible=R,
                kind=Kind.VIOLATION,
                code=fact.code,
                facts=(fact.id,),
                on=fact.occurred_on,
                changes_on=days_after(fact.occurred_on, changes_after),
                ends_on=days_after(fact.occurred_on, window),
                figures=(
                    ("severity", fact.severity),
                    ("base", severity.base),
                    ("step", step),
                    ("repeat", repeat),
                    ("earlier", prior),
                ),
            )
        )
    parts.extend(_stayed(fact, parts[-1].value) for fact in case.timeline.stayed)
    return parts


def _stayed(fact: Fact, value: int) -> Part:
    return Part(
        value,
        R,
        Kind.VIOLATION,
        fact.code,
        Status.STAYED,
        (fact.id,),
        fact.occurred_on,
        figures=(("severity", fact.severity),),
    )


def rate(case: Case, indicator: method.Rate) -> list[Part]:
    """Events per unit, with `prior` units at the baseline added, in multiples of it; along the curve."""
    window = case.timeline.window(indicator.events.kind, indicator.window_days)
    events, per = window.total(indicator.events.column), window.total(indicator.per.column)
    multiple = div(
        (10 * events + indicator.prior * indicator.baseline10) * indicator.unit * R,
        (per + indicator.prior * indicator.unit) * indicator.baseline10,
    )
    figures = (("events", events), ("per", per), ("multiple", multiple))
    return [_windowed(window, indicator.events.kind, along(indicator.curve, multiple), figures)]


def along(curve: tuple[tuple[int, int], ...], multiple: int) -> int:
    """The curve's height, 0…R, at a multiple (of R), by straight lines between the knots, level outside."""
    x0, y0 = curve[0][0] * R, percent(curve[0][1])
    for knot, height in curve[1:]:
        x1, y1 = knot * R, percent(height)
        if multiple <= x1:
            return y0 - div((y0 - y1) * max(0, multiple - x0), x1 - x0)
        x0, y0 = x1, y1
    return y0


def ratio(case: Case, indicator: method.Ratio) -> list[Part]:
    """(times · top + add_top) / (times · bottom + add_bottom), at most R."""
    window = case.timeline.window(indicator.top.kind, indicator.window_days)
    top, bottom = window.total(indicator.top.column), window.total(indicator.bottom.column)
    value = div(
        (indicator.times * top + indicator.add_top) * R, indicator.times * bottom + indicator.add_bottom
    )
    figures = (("top", top), ("bottom", bottom))
    return [_windowed(window, indicator.top.kind, min(R, value), figures)]


def _windowed(window: Window, kind: int, value: int, figures: tuple[tuple[str, int], ...]) -> Part:
    return Part(
        value,
        R,
        kind,
        facts=window.ids,
        on=window.latest_on,
        changes_on=window.changes_on,
        figures=figures,
    )


def checklist(case: Case, indicator: method.Checklist) -> list[Part]:
    """`fresh_points` for an item verified within `fresh_days`, `older_points` later, by its latest check."""
    latest, lapsed = case.timeline.latest(Kind.CHECK), licence_lapsed(case.timeline)
    parts: list[Part] = []
    got = 0
    items = case.category.checklist
    most = indicator.fresh_points * len(items)
    for place, item in enumerate(items, start=1):
        check = latest.get(item)
        status = _check_status(case, indicator, check, lapsed=lapsed and item == indicator.licence)
        got += {Status.FRESH: indicator.fresh_points, Status.OLDER: indicator.older_points}.get(status, 0)
        ends_on = days_after(check.occurred_on, indicator.fresh_days + 1) if check else None
        parts.append(
            Part(
                value=div(got * R, most),
                possible=div(place * R, len(items)),
                kind=Kind.CHECK,
                code=item,
                status=status,
                facts=(check.id,) if check else (),
                on=check.occurred_on if check else None,
                changes_on=ends_on if status is Status.FRESH else None,
            )
        )
    return parts


def _check_status(case: Case, indicator: method.Checklist, check: Fact | None, *, lapsed: bool) -> Status:
    if check is None:
        return Status.MISSING
    if check.a != 1:
        return Status.FAILED
    if lapsed:
        return Status.LAPSED
    return Status.FRESH if case.timeline.age(check) <= indicator.fresh_days else Status.OLDER


def training(case: Case, indicator: method.Training) -> list[Part]:
    """Hours against the hours required, cut when a required exam is missing; or the roster's trained
    share.
    """
    roster = case.timeline.of(Kind.ROSTER)
    window = case.timeline.window(Kind.TRAINING, indicator.window_days)
    exam = case.timeline.window(Kind.EXAM, indicator.window_days)
    passed = [fact for fact in exam.facts if fact.a == 1]
    if case.category.roster and roster and roster[-1].a:
        latest = roster[-1]
        return [
            Part(
                value=div((latest.b or 0) * R, latest.a or 1),
                possible=R,
                kind=Kind.ROSTER,
                facts=(latest.id,),
                on=latest.occurred_on,
                figures=(("streamers", latest.a or 0), ("trained", latest.b or 0)),
            )
        ]
    hours, required = window.total("a"), case.category.training_hours
    value = div(min(hours, required) * R, required) if required else R
    if case.category.exam and not passed:
        value = value * indicator.without_exam // 100
    exam_ends = days_after(passed[-1].occurred_on, indicator.window_days) if passed else None
    return [
        Part(
            value=value,
            possible=R,
            kind=Kind.TRAINING,
            facts=(*window.ids, *(fact.id for fact in passed[-1:])),
            on=window.latest_on,
            changes_on=min(filter(None, (window.changes_on, exam_ends)), default=None),
            figures=(
                ("hours", hours),
                ("required", required),
                ("exam_required", int(case.category.exam)),
                ("exam_passed", int(bool(passed))),
            ),
        )
    ]


def controls(case: Case, indicator: method.Controls) -> list[Part]:
    """The share of the listed controls that are in place by their latest fact."""
    latest = case.timeline.latest(Kind.CONTROL)
    facts = [latest.get(item.number) for item in indicator.items]
    in_place = accumulate(int(fact is not None and fact.a == 1) for fact in facts)
    count = len(facts)
    return [
        Part(
            value=div(so_far * R, count),
            possible=div(place * R, count),
            kind=Kind.CONTROL,
            code=item.number,
            status=Status.MISSING if fact is None else Status.COUNTS if fact.a == 1 else Status.FAILED,
            facts=(fact.id,) if fact else (),
            on=fact.occurred_on if fact else None,
        )
        for place, (item, fact, so_far) in enumerate(zip(indicator.items, facts, in_place, strict=True), 1)
    ]


def points(case: Case, indicator: method.Points) -> list[Part]:
    """The sum of the window against `full`, fact by fact, and what is still to be had; 0 if opted out."""
    kind, column = indicator.of.kind, indicator.of.column
    if case.member.opt_out:
        return [Part(0, R, kind, status=Status.OPTED_OUT)]
    parts: list[Part] = []
    total = value = 0
    for fact in case.timeline.window(kind, indicator.window_days).facts:
        total += getattr(fact, column)
        value = min(R, div(total * R, indicator.full))
        ends_on = days_after(fact.occurred_on, indicator.window_days)
        figures = (("points", getattr(fact, column)),)
        parts.append(
            Part(
                value,
                value,
                kind,
                fact.code,
                Status.COUNTS,
                (fact.id,),
                fact.occurred_on,
                ends_on,
                ends_on,
                figures,
            )
        )
    if value < R:
        parts.append(Part(value, R, kind, status=Status.REST))
    return parts


FORMS: dict[str, Callable[[Case, Any], list[Part]]] = {
    "records": records,
    "rate": rate,
    "ratio": ratio,
    "checklist": checklist,
    "training": training,
    "controls": controls,
    "points": points,
}
