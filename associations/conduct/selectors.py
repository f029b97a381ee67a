"""Questions to the conduct file. Other rooms get frozen rows, never models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - a dataclass field's type is looked up at run time by readers
from typing import TYPE_CHECKING

from associations.conduct.models import ConductDue, Fact
from associations.conduct.states import FactKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

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


def facts_of(membership_ids: list[int], *, known_on: date | None = None) -> dict[int, list[FactRow]]:
    """All facts of the memberships, each list in (occurred_on, id) order; one query."""
    rows = Fact.objects.filter(membership_id__in=membership_ids)
    if known_on:
        rows = rows.filter(recorded_on__lte=known_on)
    found: dict[int, list[FactRow]] = {key: [] for key in membership_ids}
    for values in rows.order_by("occurred_on", "id").values_list(*COLUMNS).iterator(5000):
        row = FactRow(*values[:-1], bytes(values[-1]))
        found[row.membership_id].append(row)
    return found


def bans_after(fact_id: int) -> list[FactRow]:
    """Expulsion and bar facts with a row number above `fact_id`, oldest first."""
    rows = Fact.objects.filter(kind=FactKind.BAN, id__gt=fact_id).order_by("id").values_list(*COLUMNS)
    return [FactRow(*values[:-1], bytes(values[-1])) for values in rows]


def claim_due(limit: int, *, association_id: int | None = None) -> list[int]:
    """Take up to `limit` memberships off the queue for this transaction; others skip what is taken.

    Call as the engine. The rows are deleted: if the transaction fails, they are back.
    """
    due: QuerySet[ConductDue] = ConductDue.objects.select_for_update(skip_locked=True).order_by("since", "id")
    if association_id is not None:
        due = due.filter(association_id=association_id)
    taken = list(due.values_list("id", "membership_id")[:limit])
    ConductDue.objects.filter(id__in=[row_id for row_id, _ in taken]).delete()
    return [membership_id for _, membership_id in taken]
