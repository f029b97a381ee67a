"""Questions about who holds which role where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from core.accounts.models import Appointment, User
from core.accounts.states import OFFICERS, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet


def in_force(user: User) -> QuerySet[Appointment]:
    """The user's appointments of today; none for a user who is not active."""
    today = timezone.localdate()
    return Appointment.objects.filter(
        Q(until=None) | Q(until__gt=today), user=user, user__is_active=True, since__lte=today
    )


def roles_of(user: User, association_id: int) -> frozenset[Role]:
    """The roles `user` holds today in the association. Asked once for each user object, which is one request."""
    known: dict[int, frozenset[Role]] = user.__dict__.setdefault("_roles", {})
    if association_id not in known:
        rows = in_force(user).filter(association_id=association_id).values_list("role", flat=True)
        known[association_id] = frozenset(Role(role) for role in rows)
    return known[association_id]


def offices_of(user: User) -> list[Appointment]:
    """The user's officer appointments with their associations, for the choice of console."""
    rows = in_force(user).filter(role__in=OFFICERS).select_related("association")
    return list(rows.order_by("association__number", "role"))


def subjects_of(user: User) -> list[Appointment]:
    """The member appointments: for which subject, in which association, the user may use the desk."""
    rows = in_force(user).filter(role=Role.MEMBER).select_related("association")
    return list(rows.order_by("association__number"))
