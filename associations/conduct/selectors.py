"""Questions to the conduct file. Other rooms get frozen rows, never models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - a dataclass field's type is looked up at run time by readers
from typing import TYPE_CHECKING, Any

from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.members.models import Membership

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = (
    "id", "public_id", "membership_id", "association_id", "kind", "code", "severity", "occurred_on",
    "recorded_on", "a", "b", "c", "d", "e", "until_on", "ref_id", "source", "source_ref", "digest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact as credit reads it. Quantities as `FactKind` says; `digest` 32 bytes."""

    id: int
    public_id: str
    membership_id: int
    association_id: int
    kind: int
    code: int
    severity: int
    occurred_on: date
    recorded_on: date
    a: int | None
    b: int | None
    c: int | None
    d: int | None
    e: int | None
    until_on: date | None
    ref_id: int | None
    source: str
    source_ref: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class RatedMember:
    """A membership as the rating sees it. `association` is the association's public id."""

    id: int
    public_id: str
    association_id: int
    association: str
    category: int
    joined_on: date
    contribution_opt_out: bool


def rated_members(membership_ids: list[int]) -> list[RatedMember]:
    """The memberships with these row numbers, in that order of numbers; one query."""
    rows = Membership.objects.filter(id__in=membership_ids).order_by("id")
    return [
        RatedMember(*values)
        for values in rows.values_list(
            "id",
            "public_id",
            "association_id",
            "association__public_id",
            "category",
            "joined_on",
            "contribution_opt_out",
        )
    ]


def facts_of(
    membership_ids: list[int], *, association_ids: Iterable[int] = (), known_on: date | None = None
) -> dict[int, list[FactRow]]:
    """All facts of the memberships, each list in (occurred_on, id) order; one query.

    A scope bound to no association names by `association_ids` whose memberships these are: every index of the
    conduct file begins with it.
    """
    rows = Fact.objects.filter(membership_id__in=membership_ids)
    if named := sorted(set(association_ids)):
        rows = rows.filter(association_id__in=named)
    if known_on:
        rows = rows.filter(recorded_on__lte=known_on)
    found: dict[int, list[FactRow]] = {key: [] for key in membership_ids}
    for values in rows.order_by("occurred_on", "id").values_list(*COLUMNS).iterator(5000):
        row = _row(values)
        found[row.membership_id].append(row)
    return found


def bans() -> list[FactRow]:
    """Every expulsion and bar on file, oldest first."""
    rows = Fact.objects.filter(kind=FactKind.BAN).order_by("id").values_list(*COLUMNS)
    return [_row(values) for values in rows]


def _row(values: Any) -> FactRow:
    *told, digest = values
    return FactRow(*[*told, bytes(digest)])


def verdicts_on_bans() -> dict[int, int]:
    """What was last said about each expulsion and bar (reversed, repaired, stayed, …), by (occurred_on, id);
    SCORING A10.
    """
    said = Fact.objects.filter(ref__kind=FactKind.BAN).order_by("occurred_on", "id")
    return dict(said.values_list("ref_id", "kind"))


UNDOING = frozenset({FactKind.REVERSAL, FactKind.REPAIR, FactKind.DISCHARGE, FactKind.CORRECTION})
"""What ends a fact for good."""


def barred_on(membership_ids: Iterable[int], day: date) -> set[int]:
    """Those of the memberships with an expulsion or bar that has not ended by a day; two queries."""
    rows = Fact.objects.filter(kind=FactKind.BAN, membership_id__in=list(membership_ids))
    bans_ = dict(rows.exclude(until_on__lt=day).values_list("id", "membership_id"))
    said = last_said(bans_)
    return {member for key, member in bans_.items() if said.get(key) not in UNDOING}


def last_said(fact_ids: Iterable[int]) -> dict[int, int]:
    """What was last said about each of these facts, as `verdicts_on_bans` says; one query."""
    said = Fact.objects.filter(ref_id__in=list(fact_ids)).order_by("occurred_on", "id")
    return dict(said.values_list("ref_id", "kind"))


def undone_decisions(public_ids: Iterable[str]) -> dict[str, int]:
    """Those of the decisions whose record was repaired, corrected or reversed, and which it was; one query."""
    said = Fact.objects.filter(
        kind__in=UNDOING, ref__kind=FactKind.VIOLATION, ref__source_ref__in=list(public_ids)
    )
    return dict(said.order_by("occurred_on", "id").values_list("ref__source_ref", "kind"))


@dataclass(frozen=True, slots=True)
class MembershipOf:
    """A membership and the subject it is of."""

    id: int
    association_id: int
    subject_id: int


def subject_of(membership_id: int) -> MembershipOf:
    row = Membership.objects.values_list("id", "association_id", "subject_id").get(pk=membership_id)
    return MembershipOf(*row)


def memberships_elsewhere(subject_id: int, association_id: int) -> list[MembershipOf]:
    """The subject's memberships in force in other associations. Call across associations."""
    rows = Membership.objects.filter(subject_id=subject_id, left_on=None).exclude(
        association_id=association_id
    )
    return [
        MembershipOf(*row) for row in rows.order_by("id").values_list("id", "association_id", "subject_id")
    ]
