"""Who had a hand in a decision, so that somebody else reviews what follows from it; who can be called to judge."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from associations.discipline.models import Part
from associations.discipline.selectors.case_file import CaseFile, interested_in
from core.accounts.models import Appointment, User
from core.accounts.states import Role

if TYPE_CHECKING:
    from collections.abc import Collection

    from associations.discipline.states import Side


def people_involved(decision_public_id: str) -> set[int]:
    """Row numbers of the users who had any part in the case of a decision; one query.

    Who opened or investigated it, judged, signed, approved, or decided the appeal; recused members count as well. Empty
    for a past decision, of which the register knows no names.
    """
    return set(people_of([decision_public_id])[decision_public_id])


def people_of(decisions: Collection[str]) -> dict[str, frozenset[int]]:
    """The same for many decisions, by their public ids; one query."""
    parts = Part.objects.filter(case__decision__public_id__in=decisions)
    found = defaultdict[str, set[int]](set)
    for decision, user in parts.values_list("case__decision__public_id", "user_id"):
        found[decision].add(user)
    return {each: frozenset(found[each]) for each in decisions}


def clerks(association_id: int) -> list[User]:
    """The association's clerks of today, by name: who can investigate."""
    return _officers(association_id, Role.CLERK)


def reviewers(association_id: int) -> list[User]:
    """The association's reviewers of today, by name: who can be called to a panel."""
    return _officers(association_id, Role.REVIEWER)


def reviewers_for(file: CaseFile, side: Side) -> list[User]:
    """Of these, who has no other part in the case and does not act for the member; three queries."""
    out = interested_in(file.case.membership.subject_id)
    return [
        user
        for user in reviewers(file.case.association_id)
        if user.pk not in out and file.side_of(user.pk) in {None, side}
    ]


def _officers(association_id: int, role: Role) -> list[User]:
    today = timezone.localdate()
    offices = Appointment.objects.filter(
        Q(until=None) | Q(until__gt=today), association_id=association_id, role=role, since__lte=today
    )
    return list(User.objects.filter(pk__in=offices.values("user_id"), is_active=True).order_by("name", "pk"))
