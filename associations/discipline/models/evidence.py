"""What proves a case."""

from __future__ import annotations

from django.db import models

from associations.discipline.models.case import Case
from associations.evidence.models import EvidenceLink
from core.walls.models import TenantKey


class CaseEvidence(EvidenceLink):
    """A file in the file of a case, and what it shows. Append-only."""

    case = TenantKey(Case, related_name="evidence")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["association", "case", "evidence"], name="case_evidence_once"),
        ]
