"""Putting evidence into the file of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from associations.discipline.models import Case, CaseEvidence
from associations.discipline.rules import may_add_evidence
from associations.discipline.selectors import file_of
from associations.evidence.services import attach
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from associations.evidence.models import Evidence
    from associations.evidence.services import Upload
    from core.accounts.models import User


@transaction.atomic
def add_evidence(*, case: Case, upload: Upload | Evidence, shows: str, by: User | None) -> CaseEvidence:
    """Keep a file, or take one kept already, as evidence in the case; `shows` says what of.

    Raises Denied; for a file that is not kept `EvidenceRefused`.
    """
    file = file_of(case, lock=True)
    may_add_evidence(by, file).enforce()
    link = attach(
        CaseEvidence, association=case.association_id, upload=upload, shows=shows, case=file.case, by=by
    )
    ledger.record(
        association_id=case.association_id,
        act=Act.CASE_EVIDENCE_ADDED,
        thing="case",
        thing_id=case.public_id,
        detail={"evidence": link.evidence.public_id, "sha256": link.evidence.sha256},
        by=by,
    )
    return link
