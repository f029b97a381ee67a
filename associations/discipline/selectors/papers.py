"""The documents issued in a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from associations.discipline.models import CaseDocument

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from associations.discipline.models import Case


def documents_of(case: Case) -> QuerySet[CaseDocument]:
    """The documents of a case with their papers and withdrawals, in the order they were issued."""
    rows = CaseDocument.objects.filter(case=case)
    return rows.select_related("document__paper", "document__withdrawal").order_by("id")


def standing(rows: Iterable[CaseDocument]) -> frozenset[str]:
    """The kinds of which one stands that has not been withdrawn."""
    return frozenset(row.document.kind for row in rows if not hasattr(row.document, "withdrawal"))
