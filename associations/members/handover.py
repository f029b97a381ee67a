"""What else the members' room hands over to publication, beside `selectors`. Asked by the engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - a dataclass field's type is looked up at run time by readers
from typing import TYPE_CHECKING

from django.db.models import Count

from associations.members.models import Consent, Membership
from associations.members.states import MembershipState, Purpose

if TYPE_CHECKING:
    from datetime import datetime

COLUMNS = (
    "id", "public_id", "association_id", "number", "name", "code", "category", "is_person", "state",
    "joined_on", "left_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A membership as publication sees it. `name` is a firm's name or a person's stage name."""

    id: int
    public_id: str
    association_id: int
    number: str
    name: str
    code: str
    category: int
    is_person: bool
    state: str
    joined_on: date
    left_on: date | None


def members(ids: list[int]) -> dict[int, MemberRow]:
    """The memberships with these row numbers; one query."""
    rows = Membership.objects.filter(id__in=ids).values_list(*COLUMNS)
    return {row[0]: MemberRow(*row) for row in rows}


def consents_since(association_id: int, since: datetime) -> set[int]:
    """Members who gave or withdrew consent to publication after `since`."""
    rows = Consent.objects.filter(association_id=association_id, purpose=Purpose.PUBLISH, at__gt=since)
    return set(rows.values_list("membership_id", flat=True))


def counts(association_id: int) -> dict[str, int]:
    """How many members there are now, by category number; one query."""
    present = Membership.objects.filter(
        association_id=association_id, state__in=[MembershipState.ACTIVE, MembershipState.SUSPENDED]
    )
    rows = present.order_by("category").values_list("category").annotate(Count("id"))
    return {str(category): count for category, count in rows}


def by_public_id(public_id: str) -> MemberRow | None:
    """One membership; none if there is none."""
    row = Membership.objects.filter(public_id=public_id).values_list(*COLUMNS).first()
    return MemberRow(*row) if row else None
