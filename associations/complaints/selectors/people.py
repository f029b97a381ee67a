"""Who can be given a complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from associations.registry.rules import ROLE_TABLE, Verb
from core.accounts.models import Appointment, User

if TYPE_CHECKING:
    from django.db.models import QuerySet


def handlers(association_id: int) -> QuerySet[User]:
    """The association's officers of today who handle complaints, by name."""
    today = timezone.localdate()
    offices = Appointment.objects.filter(
        Q(until=None) | Q(until__gt=today),
        association_id=association_id,
        role__in=ROLE_TABLE[Verb.HANDLE_COMPLAINTS],
        since__lte=today,
    )
    return User.objects.filter(pk__in=offices.values("user_id"), is_active=True).order_by("name", "pk")
