"""Who had a hand in a decision, so that somebody else reviews what follows from it; who can be called to judge."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from associations.discipline.models import Decision, Seat
from core.accounts.models import Appointment, User
from core.accounts.states import Role


def people_involved(decision_public_id: str) -> set[int]:
    """Row numbers of the users who opened the case, held a seat on its panel, or signed the decision; two queries.

    Members who were recused count as well. Empty for a past decision, of which the register knows no names.
    """
    decisions = Decision.objects.filter(public_id=decision_public_id)
    signed = decisions.values_list("case__opened_by_id", "decided_by_id")
    seated = Seat.objects.filter(case__decision__public_id=decision_public_id).values_list(
        "user_id", flat=True
    )
    return {key for row in signed for key in row if key is not None} | set(seated)


def reviewers(association_id: int) -> list[User]:
    """The association's reviewers of today, by name: who can be called to a panel."""
    today = timezone.localdate()
    offices = Appointment.objects.filter(
        Q(until=None) | Q(until__gt=today),
        association_id=association_id,
        role=Role.REVIEWER,
        since__lte=today,
    )
    return list(User.objects.filter(pk__in=offices.values("user_id"), is_active=True).order_by("name", "pk"))
