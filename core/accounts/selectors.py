"""Questions about who holds which role where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.db.models import F, Q
from django.utils import timezone

from core.accounts.models import Appointment, User
from core.accounts.states import OFFICERS, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


def in_force(user: User) -> QuerySet[Appointment]:
    """The user's appointments of today; none for a user who is not active."""
    today = timezone.localdate()
    return Appointment.objects.filter(
        Q(until=None) | Q(until__gt=today), user=user, user__is_active=True, since__lte=today
    )


def in_force_of(user: User, association_id: int) -> QuerySet[Appointment]:
    """The user's appointments of today in one association, whether or not the account is open yet."""
    today = timezone.localdate()
    return Appointment.objects.filter(
        Q(until=None) | Q(until__gt=today), user=user, association_id=association_id, since__lte=today
    )


def officers_of(association_id: int) -> QuerySet[Appointment]:
    """The officers of an association with their users: those of today first, then those who were."""
    rows = Appointment.objects.filter(association_id=association_id, role__in=OFFICERS)
    return rows.select_related("user").order_by(F("until").desc(nulls_first=True), "role", "user__name", "pk")


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


def took_second_step(request: HttpRequest) -> bool:
    """Whether this session was opened with a code or a passkey. Asks no table."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def has_second_step(user_id: int | None) -> bool:
    """Whether the user has set up an authenticator app or a passkey."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=kinds).exists())


def user_with_mail(email: str) -> User | None:
    """Whoever logs in with this address."""
    return User.objects.filter(email=email.strip().lower()).first()
