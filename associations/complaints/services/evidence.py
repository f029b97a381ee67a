"""Files handed in for a complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.complaints import rules
from associations.complaints.models import ComplaintEvidence
from associations.complaints.selectors import file_of
from associations.complaints.services.steps import take
from associations.complaints.states import Side, Step
from associations.evidence.services import attach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from associations.complaints.models import Complaint
    from associations.evidence.inspection import Inspected
    from core.accounts.models import User


@transaction.atomic
def hand_in(
    *,
    complaint: Complaint,
    uploads: Sequence[Inspected],
    shows: str = "",
    side: Side = Side.ASSOCIATION,
    by: User | None,
) -> None:
    """Keep files for the complaint. A side other than the association hands its own in, and `by` may be None.

    Raises Denied; for a file that is not kept `EvidenceRefused`.
    """
    file = file_of(complaint, lock=True)
    rules.may_hand_in(by, file, own=side != Side.ASSOCIATION, count=len(uploads)).enforce()
    links = [
        attach(
            ComplaintEvidence,
            association=file.complaint.association_id,
            upload=each,
            shows=shows,
            complaint=file.complaint,
            by=by,
        )
        for each in uploads
    ]
    take(
        file,
        Step.HAND_IN,
        on=timezone.localdate(),
        by=by,
        side=side,
        note=shows or f"× {len(links)}",
        detail={"evidence": [link.evidence.public_id for link in links]},
    )
