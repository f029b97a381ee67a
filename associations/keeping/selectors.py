"""Which files are over, and what still needs them. In the scope of one association."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - a dataclass field's type is looked up at run time by readers
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from associations.complaints.models import Complaint, ComplaintEvidence
from associations.complaints.states import OVER as COMPLAINT_OVER
from associations.conduct.selectors import barred_on
from associations.discipline.models import Case, CaseEvidence
from associations.discipline.states import OVER as CASE_OVER
from associations.documents.models import Document
from associations.evidence.models import Evidence, EvidencePiece
from associations.remedies.models import Correction, Objection, Repair
from associations.remedies.states import CorrectionState, ObjectionState, RepairState

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose bytes are there. `paper`: a document the association issued; `open`: a matter of it is."""

    id: int
    size: int
    keep_until: date
    paper: bool
    open: bool


def over(day: date, *, after: int, most: int) -> list[Kept]:
    """Files over by a day whose bytes are still there, in the order of their numbers from `after` on; some queries
    for all of them.
    """
    pieces = EvidencePiece.objects.filter(evidence=OuterRef("pk"))
    rows = Evidence.objects.filter(Exists(pieces), keep_until__lt=day, pk__gt=after)
    found = list(rows.order_by("pk").values_list("pk", "size", "keep_until")[:most])
    keys = [key for key, *_ in found]
    papers = set(Document.objects.filter(paper__in=keys).values_list("paper_id", flat=True))
    needed = _needed(keys, day)
    return [Kept(key, size, until, key in papers, key in needed) for key, size, until in found]


def _needed(evidence_ids: Collection[int], day: date) -> set[int]:
    """Those of the files that lie with an open matter, or with any matter of a member of whom one is open."""
    cases = CaseEvidence.objects.filter(evidence__in=evidence_ids).values_list(
        "evidence_id", "case__membership_id", "case__state"
    )
    complaints = ComplaintEvidence.objects.filter(evidence__in=evidence_ids).values_list(
        "evidence_id", "complaint__membership_id", "complaint__state"
    )
    links = [(*row, CASE_OVER) for row in cases] + [(*row, COMPLAINT_OVER) for row in complaints]
    busy = _with_open_matters({member for _, member, *_ in links if member}, day)
    return {evidence for evidence, member, state, ended in links if state not in ended or member in busy}


def _with_open_matters(members: Collection[int], day: date) -> set[int]:
    """Those of the memberships of which anything is open, or who are barred."""
    open_ones = (
        Case.objects.exclude(state__in=CASE_OVER),
        Complaint.objects.exclude(state__in=COMPLAINT_OVER),
        Objection.objects.filter(state=ObjectionState.OPEN),
        Correction.objects.filter(state=CorrectionState.PROPOSED),
        Repair.objects.filter(state=RepairState.ASKED),
    )
    found = barred_on(members, day)
    for rows in open_ones:
        found |= set(rows.filter(membership__in=members).values_list("membership_id", flat=True))
    return found
