"""What else discipline hands over to publication, beside `selectors.published`. Asked by the engine."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from associations.discipline.models import Case, Decision

if TYPE_CHECKING:
    from collections.abc import Collection


def decision_refs(association_id: int, of: list[int] | None = None) -> list[str]:
    """The public ids of all decisions of an association (on these members), the oldest first."""
    rows = Decision.objects.filter(association_id=association_id).order_by("id")
    if of is not None:
        rows = rows.filter(case__membership_id__in=of)
    return list(rows.values_list("public_id", flat=True))


def handed_over_among(refs: Collection[str]) -> set[str]:
    """Those of the decisions that were handed over."""
    rows = Decision.objects.filter(public_id__in=refs, service__isnull=False)
    return set(rows.values_list("public_id", flat=True))


def contested_among(refs: list[str]) -> set[str]:
    """Those of the decisions that were set aside or appealed against."""
    contested = Q(reversal__isnull=False) | Q(appeal__isnull=False)
    rows = Decision.objects.filter(contested, public_id__in=refs)
    return set(rows.values_list("public_id", flat=True))


def case_figures(association_id: int) -> dict[str, int | dict[str, int] | None]:
    """How an association does with its cases: by state, decided, set aside, days from opening to decision."""
    states = Case.objects.filter(association_id=association_id).order_by("state").values_list("state")
    decided = Decision.objects.filter(association_id=association_id)
    days = [
        (decided_on - opened_on).days
        for decided_on, opened_on in decided.filter(imported=False).values_list(
            "decided_on", "case__opened_on"
        )
    ]
    return {
        "cases": dict(states.annotate(Count("id"))),
        "decisions": decided.count(),
        "decisions_that_count": decided.filter(counts=True, reversal=None).count(),
        "reversals": decided.filter(reversal__isnull=False).count(),
        "median_days": int(median(days)) if days else None,
    }
