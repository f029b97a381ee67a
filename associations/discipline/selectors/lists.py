"""Lists of cases and their clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.discipline.models import Case
from associations.discipline.states import OPEN, CaseState
from core.calendar.selectors import Calendar, UnknownYear, calendar

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.utils.functional import Promise

DECISION_DAYS = 90
"""Days from opening a case to its decision (DOMAIN 1.8)."""

CLOCKS: dict[CaseState, Promise | str] = {
    CaseState.FILED: _("Decision"),
    CaseState.NOTICED: _("Statement"),
    CaseState.HEARD: _("Decision"),
    CaseState.PANEL: _("Decision"),
    CaseState.SERVED: _("Appeal"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """A clock: what is due, when, in how many working days (None where the calendar does not reach that far)."""

    what: Promise | str
    on: date
    remaining: int | None
    used: int


def cases() -> QuerySet[Case]:
    """The association's cases, newest first, with what a line of the list shows: one query."""
    return Case.objects.select_related("membership", "notice", "decision__service").order_by(
        "-opened_on", "-id"
    )


def waiting() -> int:
    """How many cases still wait for a step of the association."""
    return Case.objects.filter(state__in=OPEN).count()


def due_of(case: Case, *, days: Calendar | None = None, today: date | None = None) -> Due | None:
    """The clock running in a case read by `cases` or `file_of`; None when none runs."""
    state = CaseState(case.state)
    if state not in CLOCKS:
        return None
    today = today or timezone.localdate()
    until: date | None
    if state == CaseState.NOTICED:
        since, until = case.notice.served_on, case.notice.answer_until
    elif state == CaseState.SERVED:
        service = getattr(case.decision, "service", None)
        since = service.served_on if service else case.decision.decided_on
        until = service.appeal_until if service else case.decision.appeal_until
        if until is None or until < today:
            return None  # what has ended is nobody's delay; the timetable marks it
    else:
        since, until = case.opened_on, case.opened_on + timedelta(days=DECISION_DAYS)
    try:
        remaining = (days or calendar()).between(today, until)
    except UnknownYear:
        remaining = None
    whole = max((until - since).days, 1)
    return Due(CLOCKS[state], until, remaining, min(100, max(0, 100 * (today - since).days // whole)))
