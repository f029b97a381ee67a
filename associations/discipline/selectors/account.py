"""How the association does with its cases, for the public account of itself. In the scope of one association."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import ExtractYear

from associations.discipline.clocks import CLOCKS, HANDING_OVER_APPEAL, SERVICE
from associations.discipline.models import Appeal, Case, CaseEvent, Decision, Ending, Seat
from associations.discipline.selectors.panels import appeals_unserved
from associations.discipline.states import EXITS, CaseState, Measure, Outcome, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Stage:
    """How long cases stay in a state: the median of those that left it, and how many did."""

    state: CaseState
    days: int
    cases: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """A kind of clock, for whom its cases wait, how many have overrun it, and the days of the oldest."""

    what: str | Promise
    waits_for: str | Promise
    cases: int
    oldest: int


@dataclass(frozen=True, slots=True)
class YearOfCases:
    """Cases opened in a year, and decisions made in it."""

    year: int
    opened: int
    decided: int


def by_state() -> dict[CaseState, int]:
    """How many cases stand where, in the order a case goes."""
    rows = dict(Case.objects.order_by().values_list("state").annotate(Count("id")))
    return {state: rows[state] for state in CaseState if state in rows}


def by_measure() -> dict[Measure, int]:
    """Decisions that count and stand, by measure."""
    standing = Decision.objects.filter(counts=True, reversal=None)
    rows = dict(standing.order_by().values_list("measure").annotate(Count("id")))
    return {measure: rows[measure] for measure in Measure if measure in rows}


def endings() -> dict[Step, int]:
    """How the cases that ended without a decision ended."""
    rows = dict(Ending.objects.order_by().values_list("kind").annotate(Count("id")))
    return {step: rows[step] for step in EXITS if step in rows}


def by_year(most: int = 5) -> list[YearOfCases]:
    """The last years, the latest first."""
    opened = _yearly(Case.objects.values_list(ExtractYear("opened_on")))
    decided = _yearly(Decision.objects.values_list(ExtractYear("decided_on")))
    return [
        YearOfCases(year, opened.get(year, 0), decided.get(year, 0))
        for year in sorted({*opened, *decided}, reverse=True)[:most]
    ]


def _yearly(rows: Iterable[tuple[int]]) -> dict[int, int]:
    return dict(rows.order_by().annotate(Count("id")))  # type: ignore[attr-defined]


def stages() -> list[Stage]:
    """Median days by state, from every step of every case that was not entered from paper."""
    stays: dict[str, list[int]] = {}
    for state, days in _stays():
        stays.setdefault(state, []).append(days)
    return [
        Stage(state, int(median(stays[state])), len(stays[state])) for state in CaseState if state in stays
    ]


def _stays() -> Iterator[tuple[str, int]]:
    """(state, days) of each stay that has ended; read in one query."""
    steps = CaseEvent.objects.filter(case__imported=False).order_by("case_id", "id")
    last, state, since = 0, "", None
    for case, before, after, on in steps.values_list("case_id", "before", "after", "on").iterator(5000):
        if case != last:
            last, state, since = case, after, on
        elif after != before:
            if since is not None:
                yield state, max((on - since).days, 0)
            state, since = after, on


def panels() -> dict[str, int]:
    """Panel seats, and how many of them were given up for recusal, in how many cases."""
    recused = Q(recused=True)
    counted = Seat.objects.aggregate(
        seats=Count("id"),
        recusals=Count("id", filter=recused),
        cases=Count("case", distinct=True),
        cases_with_recusal=Count("case", distinct=True, filter=recused),
    )
    return {name: int(count) for name, count in counted.items()}


def overdue(today: date) -> list[Overdue]:
    """Clocks of open cases that have run out, in the order a case goes, and of decisions on appeal not handed over; two
    queries. The time for an appeal is nobody's delay.
    """
    rows = Case.objects.filter(due_on__lt=today).exclude(state=CaseState.SERVED)
    counted = rows.order_by().values_list("state").annotate(Count("id"), Min("due_on"))
    late = {state: (count, (today - oldest).days) for state, count, oldest in counted}
    found = [
        Overdue(CLOCKS[state][0].what, CLOCKS[state][1], *late[state])
        for state in CaseState
        if state in late and state in CLOCKS
    ]
    return found + _appeals_late(today)


def _appeals_late(today: date) -> list[Overdue]:
    """Decisions on appeal that should have been handed over."""
    ends = [SERVICE.ends(decided.decided_on) for decided in appeals_unserved()]
    late = [end for end in ends if end and end < today]
    if not late:
        return []
    return [Overdue(HANDING_OVER_APPEAL, CLOCKS[CaseState.DECIDED][1], len(late), (today - min(late)).days)]


def appeals() -> dict[Outcome | None, int]:
    """How the appeals ended; None: not decided yet (or withdrawn)."""
    rows = Appeal.objects.order_by().values_list("decided__outcome").annotate(Count("id"))
    return {Outcome(outcome) if outcome else None: count for outcome, count in rows}


def last_step() -> int:
    """What moves with every step of a case."""
    return CaseEvent.objects.aggregate(last=Max("id"))["last"] or 0
