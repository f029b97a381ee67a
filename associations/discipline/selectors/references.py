"""What names a decision where another record rests on it: its number, and the case to open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from associations.discipline.models import Decision
from associations.discipline.states import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, slots=True)
class Reference:
    """A decision by name. `case` is the public id of its case."""

    public_id: str
    case: str
    number: str
    measure: Measure
    decided_on: date
    imported: bool
    members_due: int
    members_present: int
    votes_in_favour: int
    charter_article: str


def references(public_ids: Iterable[str]) -> dict[str, Reference]:
    """Decisions by their public ids; one query."""
    rows = Decision.objects.filter(public_id__in=list(public_ids)).values_list(
        "public_id", "case__public_id", "number", "measure", "decided_on", "imported", "members_due",
        "members_present", "votes_in_favour", "charter_article",
    )  # fmt: skip
    return {row[0]: Reference(*row[:3], Measure(row[3]), *row[4:]) for row in rows}  # type: ignore[arg-type]
