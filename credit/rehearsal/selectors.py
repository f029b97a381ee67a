"""Questions about rehearsals. All inside a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.utils import timezone

from credit.rehearsal.models import Rehearsal, RehearsalPart
from credit.rehearsal.states import RehearsalState
from credit.scoring import selectors as scoring

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


def rehearsals() -> QuerySet[Rehearsal]:
    """The latest first, without what is heavy."""
    return (
        Rehearsal.objects.select_related("asked_by").defer("canonical", "report", "group_ids").order_by("-id")
    )


def whole() -> QuerySet[Rehearsal]:
    """With the report."""
    return Rehearsal.objects.select_related("asked_by")


def running() -> int:
    return Rehearsal.objects.filter(state=RehearsalState.RUNNING).count()


def parts_to_do() -> QuerySet[RehearsalPart]:
    return RehearsalPart.objects.filter(done_at=None, rehearsal__state=RehearsalState.RUNNING)


def progress(rehearsal: Rehearsal) -> scoring.Progress:
    """How many members are looked at; the time left at the pace so far, once there is one. One query."""
    done = RehearsalPart.objects.filter(rehearsal=rehearsal, done_at__isnull=False).aggregate(
        n=Sum("members")
    )
    looked_at = done["n"] or 0
    left = rehearsal.members - looked_at
    taken = (timezone.now() - rehearsal.asked_at).total_seconds()
    return scoring.Progress(
        rehearsal.members, left, asked=True, left_seconds=int(taken * left / looked_at) if looked_at else None
    )


def memberships(numbers: Iterable[str]) -> dict[str, int]:
    """Member number → row number, of those there are."""
    rows = scoring.members().filter(number__in=list(numbers))
    return dict(rows.values_list("number", "id"))


def named(ids: Iterable[int]) -> dict[int, Any]:
    """Members by row number, with public id, number, name and category."""
    rows = scoring.members().filter(id__in=list(ids)).only("public_id", "number", "name", "category")
    return {row.id: row for row in rows}
