"""What waits in the complaints, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from associations.complaints.selectors import complaints, due_of
from associations.complaints.states import OPEN, ComplaintState, Side
from associations.registry.rules import ROLE_TABLE, Verb
from associations.registry.waiting import MOST, Matter
from core.calendar.selectors import calendar

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import Promise

    from associations.complaints.models import Complaint
    from core.calendar.selectors import Calendar

NEXT: dict[str, tuple[str | Promise, Verb]] = {
    ComplaintState.RECEIVED: (_("Acknowledge the complaint"), Verb.HANDLE_COMPLAINTS),
    ComplaintState.ACKNOWLEDGED: (
        _("Accept the complaint, or refuse it with reasons"),
        Verb.HANDLE_COMPLAINTS,
    ),
    ComplaintState.ACCEPTED: (_("Reply of the member"), Verb.HANDLE_COMPLAINTS),
    ComplaintState.HEARD: (_("Find whether the complaint is upheld, or mediate"), Verb.FIND_COMPLAINT),
    ComplaintState.MEDIATION: (_("Mediate"), Verb.HANDLE_COMPLAINTS),
    ComplaintState.AGREED: (_("Performance of the agreement"), Verb.HANDLE_COMPLAINTS),
    ComplaintState.PERFORMED: (_("Close the complaint"), Verb.HANDLE_COMPLAINTS),
    ComplaintState.UNPERFORMED: (_("Find whether the complaint is upheld"), Verb.FIND_COMPLAINT),
    ComplaintState.FOUND: (_("Close the complaint"), Verb.HANDLE_COMPLAINTS),
}
"""What is done next in a state, and the verb that says who."""


def waiting(today: date) -> list[Matter]:
    """One matter a complaint, the oldest first; one query, and four more with the calendar where any is open."""
    rows = list(complaints().filter(state__in=OPEN).order_by("received_on", "id")[:MOST])
    if not rows:
        return []
    days = calendar()
    return [_matter(row, days, today) for row in rows]


def _matter(row: Complaint, days: Calendar, today: date) -> Matter:
    what, verb = NEXT[row.state]
    due = due_of(row, days=days, today=today)
    day = due.on if due else None
    thing = (row.number, "complaints:complaint", row.public_id, row.received_on)
    if due and due.waits_for != Side.ASSOCIATION and not due.late:
        return Matter(what, *thing, due=day, names=due.waits_for.label)
    if row.owner and verb == Verb.HANDLE_COMPLAINTS:
        return Matter(what, *thing, due=day, people=frozenset({row.owner.pk}), names=row.owner.name)
    never = frozenset({row.owner.pk}) if row.owner else frozenset()
    return Matter(what, *thing, due=day, roles=ROLE_TABLE[verb], never=never)
