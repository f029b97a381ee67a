"""What stands beside a record, for the desk, the console and credit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import F, Value
from django.utils import timezone

from associations.remedies.models import Objection, OwnStatement, Repair
from associations.remedies.states import ObjectionState, RepairState, StatementState, Thing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one thing: contested since, its subject's own statement, the undertaking it gave."""

    contested: date | None = None
    said: str = ""
    undertaken: str = ""


@dataclass(slots=True)
class Marks:
    """What is contested, from which day, and what its subject says; by `thing:ref`, of facts also by row number."""

    contested: dict[str | int, date] = field(default_factory=dict)
    said: dict[str | int, str] = field(default_factory=dict)
    undertaken: dict[str | int, str] = field(default_factory=dict)

    def of(self, *keys: str | int) -> Beside:
        """What stands beside the thing that has these names; the first that is marked."""
        return Beside(
            next((self.contested[key] for key in keys if key in self.contested), None),
            next((self.said[key] for key in keys if key in self.said), ""),
            next((self.undertaken[key] for key in keys if key in self.undertaken), ""),
        )


def marks(membership_ids: Iterable[int], *, public: bool = False) -> defaultdict[int, Marks]:
    """Of each membership; one query. `public`: own statements only once an officer has passed them."""
    ids, found = list(membership_ids), defaultdict[int, Marks](Marks)
    shown = [StatementState.PASSED] if public else [StatementState.WRITTEN, StatementState.PASSED]
    kinds = (
        ("contested", Objection.objects.filter(state=ObjectionState.OPEN), Value("")),
        ("said", OwnStatement.objects.filter(state__in=shown), F("text")),
        ("undertaken", Repair.objects.filter(state=RepairState.ASKED), F("undertaking")),
    )
    columns = ("membership_id", "thing", "ref", "fact_id", "decision_ref", "at")
    first, *others = (
        rows.filter(membership_id__in=ids).order_by().values_list(Value(kind), *columns, words)
        for kind, rows, words in kinds
    )
    for kind, member, *about, at, words in first.union(*others, all=True).order_by("at"):
        of_kind: dict[str | int, Any] = getattr(found[member], kind)
        for key in _keys(*about):
            of_kind.setdefault(key, timezone.localdate(at) if kind == "contested" else words)
    return found


def _keys(thing: str, ref: str, fact_id: int | None, decision_ref: str) -> list[str | int]:
    """The thing itself, the fact it rests on, and the decision behind it."""
    keys: list[str | int] = [f"{thing}:{ref}"]
    if fact_id:
        keys.append(fact_id)
    if decision_ref and thing != Thing.BAR:
        keys.append(f"{Thing.DECISION}:{decision_ref}")
    return keys
