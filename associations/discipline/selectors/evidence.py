"""What stands in the file of a case as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from associations.discipline.models import CaseEvidence

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from associations.discipline.models import Case


def evidence_of(case: Case) -> QuerySet[CaseEvidence]:
    """The evidence of a case with its files, in the order it was added."""
    return CaseEvidence.objects.filter(case=case).select_related("evidence", "by").order_by("id")
