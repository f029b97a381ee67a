"""Lists of cases and their clocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from associations.discipline.clocks import APPEAL, CLOCKS
from associations.discipline.models import Case
from associations.discipline.states import OPEN, CaseState
from core.calendar.selectors import Calendar, UnknownYear, calendar

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Due:
    """A clock: what is due, when, in how many working days (None where the calendar does not reach that far).

    `waits_for` says whom the case waits for.
    """

    what: Promise | str
    on: date
    remaining: int | None
    used: int
    waits_for: Promise | str = ""


def cases() -> QuerySet[Case]:
    """The association's cases, newest first, with what a line of the list shows: one query."""
    return Case.objects.select_related(
        "membership", "notice", "decision__service", "appeal__decided"
    ).order_by("-opened_on", "-id")


def waiting() -> int:
    """How many cases still wait for a step of the association."""
    return Case.objects.filter(state__in=OPEN).count()


def due_of(case: Case, *, days: Calendar | None = None, today: date | None = None) -> Due | None:
    """The clock running in a case read by `cases` or `file_of`; None when none runs."""
    state = CaseState(case.state)
    if state not in CLOCKS or case.due_on is None:
        return None
    today = today or timezone.localdate()
    clock, waits_for = CLOCKS[state]
    since, until = case.since or case.opened_on, case.due_on
    if clock is APPEAL and until < today:
        return None  # what has ended is nobody's delay; the timetable marks it
    try:
        remaining = (days or calendar()).between(today, until)
    except UnknownYear:
        remaining = None
    whole = max((until - since).days, 1)
    return Due(clock.what, until, remaining, min(100, max(0, 100 * (today - since).days // whole)), waits_for)
