"""The documents issued in a case."""

from __future__ import annotations

from associations.discipline.models.case import Case
from associations.documents.models import DocumentLink
from core.walls.models import TenantKey


class CaseDocument(DocumentLink):
    """A document issued in a case. Append-only."""

    case = TenantKey(Case, related_name="documents")
