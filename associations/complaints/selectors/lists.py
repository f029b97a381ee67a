"""Lists of complaints, their clocks, and for whom each clock waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.complaints.models import Complaint, Pattern, Settlement
from associations.complaints.states import OPEN, ComplaintState, Side
from core.calendar.selectors import Calendar, UnknownYear, calendar

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.utils.functional import Promise

ACKNOWLEDGE_DAYS, ACCEPT_DAYS = 1, 7
"""Working days from receipt to the acknowledgement, and to acceptance or refusal (DOMAIN 1.8)."""
REPLY_DAYS = 10
"""Working days for the member's reply, from acceptance: as long as for a statement."""
FINDING_DAYS = 60
"""Days from acceptance to a finding or an agreement."""

FIRST: dict[str, tuple[Promise | str, int]] = {
    ComplaintState.RECEIVED: (_("Acknowledge"), ACKNOWLEDGE_DAYS),
    ComplaintState.ACKNOWLEDGED: (_("Accept or refuse"), ACCEPT_DAYS),
}
"""What is due first, in how many working days from receipt."""
_ASSOCIATION, _MEMBER = Side.ASSOCIATION, Side.MEMBER


@dataclass(frozen=True, slots=True)
class Due:
    """A clock: what is due, when, from whom; in how many working days (None where the calendar ends before)."""

    what: Promise | str
    on: date
    waits_for: Side
    since: date
    remaining: int | None
    used: int

    @property
    def late(self) -> bool:
        return self.remaining is not None and self.remaining < 0


def complaints() -> QuerySet[Complaint]:
    """The association's complaints, newest first, with what a line of the list shows: two queries."""
    rows = Complaint.objects.select_related("membership", "owner").prefetch_related("settlements", "signs")
    return rows.order_by("-received_on", "-id")


def waiting() -> int:
    """How many complaints wait for a step of the association: all open ones but those that wait for the member."""
    return Complaint.objects.filter(state__in=OPEN).exclude(state=ComplaintState.AGREED).count()


def overdue(days: Calendar, today: date) -> Q:
    """Complaints whose clock has run out, asked of the database. Raises UnknownYear."""
    broken = Settlement.objects.filter(
        association_id=OuterRef("association_id"),
        complaint_id=OuterRef("pk"),
        made_on__isnull=False,
        due_on__lt=today,
    )
    return (
        Q(state=ComplaintState.RECEIVED, received_on__lt=days.add(today, -ACKNOWLEDGE_DAYS))
        | Q(state=ComplaintState.ACKNOWLEDGED, received_on__lt=days.add(today, -ACCEPT_DAYS))
        | Q(state=ComplaintState.ACCEPTED, reply_until__lt=today)
        | Q(
            state__in=[ComplaintState.HEARD, ComplaintState.MEDIATION, ComplaintState.UNPERFORMED],
            accepted_on__lt=today - timedelta(days=FINDING_DAYS),
        )
        | (Q(state=ComplaintState.AGREED) & Q(Exists(broken)))
    )


def patterns() -> QuerySet[Pattern]:
    """The association's patterns, those not answered first, with their size."""
    rows = Pattern.objects.select_related("membership", "answered_by").annotate(size=Count("complaints"))
    return rows.order_by("answered_on", "-opened_on", "-id")


def due_of(complaint: Complaint, *, days: Calendar | None = None, today: date | None = None) -> Due | None:
    """The clock running in a complaint read by `complaints` or `file_of`; None when none runs."""
    days, today = days or calendar(), today or timezone.localdate()
    try:
        told = _clock(complaint, days)
    except UnknownYear:
        return None
    if told is None:
        return None
    what, since, until, side = told
    try:
        remaining = days.between(today, until)
    except UnknownYear:
        remaining = None
    whole = max((until - since).days, 1)
    return Due(what, until, side, since, remaining, min(100, max(0, 100 * (today - since).days // whole)))


def _clock(row: Complaint, days: Calendar) -> tuple[Promise | str, date, date, Side] | None:
    """What is due, since when, until when, and from whom."""
    since = row.accepted_on or row.received_on
    until = row.reply_until
    match row.state:
        case ComplaintState.RECEIVED | ComplaintState.ACKNOWLEDGED:
            what, count = FIRST[row.state]
            return what, row.received_on, days.add(row.received_on, count), _ASSOCIATION
        case ComplaintState.ACCEPTED if until:
            return _("Member's reply"), since, until, _MEMBER
        case ComplaintState.HEARD | ComplaintState.UNPERFORMED | ComplaintState.MEDIATION:
            side = _mediating(row) if row.state == ComplaintState.MEDIATION else _ASSOCIATION
            return _("Finding or agreement"), since, since + timedelta(days=FINDING_DAYS), side
        case ComplaintState.AGREED:
            made = next(each for each in row.settlements.all() if each.made_on)
            return _("Performance"), made.made_on or since, made.due_on, _MEMBER
    return None


def _mediating(row: Complaint) -> Side:
    """Who has to speak: a side that has not answered what is proposed, else who has to propose."""
    for each in row.settlements.all():
        if each.ended_on is None:
            return _MEMBER if not each.member_says else Side.COMPLAINANT
    return _ASSOCIATION
