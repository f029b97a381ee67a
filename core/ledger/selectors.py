"""Questions about the audit trail of the association in force."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from core.ledger.models import Entry

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def entries(
    *,
    act: str = "",
    thing: str = "",
    thing_id: str = "",
    actor: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Entry]:
    """Entries of an act, about an object, by an officer's name, from a day to a day (Shanghai)."""
    rows = Entry.objects.all()
    for field, value in (("act", act), ("thing", thing), ("thing_id", thing_id), ("actor_name", actor)):
        if value:
            rows = rows.filter(**{field: value})
    if since:
        rows = rows.filter(at__gte=_midnight(since))
    if until:
        rows = rows.filter(at__lt=_midnight(until + timedelta(days=1)))
    return rows


def length() -> int:
    """How many entries the chain has: they are numbered without gaps."""
    return Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
