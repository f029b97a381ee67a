"""The file of one complaint, read once: what the rules judge by and the pages show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist

from associations.complaints.models import (
    BookEntry,
    Complaint,
    ComplaintEvent,
    ComplaintEvidence,
    Handover,
    Settlement,
    Sign,
)
from associations.complaints.states import ComplaintState, EntryKind, Step
from core.subjects import encryption
from core.subjects.identifiers import mask_name, mask_phone

if TYPE_CHECKING:
    from datetime import date

    from associations.complaints.models import Finding

PERSON, CONTACT = "complainant", "complaint contact"
"""The purposes name and contact are sealed for."""


@dataclass(frozen=True, slots=True)
class ComplaintFile:
    """A complaint with everything in it. Rules take it and ask the database nothing."""

    complaint: Complaint
    events: tuple[ComplaintEvent, ...] = ()
    signs: tuple[Sign, ...] = ()
    evidence: tuple[ComplaintEvidence, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    finding: Finding | None = None
    handovers: tuple[Handover, ...] = ()
    entries: tuple[BookEntry, ...] = ()

    @property
    def state(self) -> ComplaintState:
        return ComplaintState(self.complaint.state)

    @property
    def last_on(self) -> date:
        """The day of the latest step; the next cannot lie before it."""
        return max((event.on for event in self.events), default=self.complaint.received_on)

    @property
    def settlement(self) -> Settlement | None:
        """The agreement proposed or made that stands."""
        return next((each for each in self.settlements if each.ended_on is None), None)

    @property
    def answered_in_time(self) -> bool:
        """Whether the member replied within its clock."""
        row = self.complaint
        return (
            row.replied_on is not None and row.reply_until is not None and row.replied_on <= row.reply_until
        )

    @property
    def referred(self) -> Handover | None:
        """Its hand-over to the association's discipline."""
        return next((each for each in self.handovers if not each.receiver), None)

    def booked(self, kind: EntryKind) -> int:
        """How many fen the register holds for this complaint under a kind."""
        return sum(each.amount for each in self.entries if each.kind == kind)

    @property
    def owed(self) -> int:
        """Fen advanced and neither recovered nor written off."""
        return (
            self.booked(EntryKind.ADVANCE)
            - self.booked(EntryKind.RECOVERY)
            - self.booked(EntryKind.WRITE_OFF)
        )


def file_of(complaint: Complaint, *, lock: bool = False) -> ComplaintFile:
    """Everything in the file of `complaint`, in seven queries. `lock` holds it for this transaction."""
    if lock:
        Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    row = Complaint.objects.select_related(
        "membership", "complainant", "owner", "pattern", "finding__by", "association"
    ).get(pk=complaint.pk)
    return ComplaintFile(
        complaint=row,
        events=tuple(ComplaintEvent.objects.filter(complaint=row).select_related("by").order_by("id")),
        signs=tuple(Sign.objects.filter(complaint=row).order_by("id")),
        evidence=tuple(
            ComplaintEvidence.objects.filter(complaint=row).select_related("evidence", "by").order_by("id")
        ),
        settlements=tuple(
            Settlement.objects.filter(complaint=row).select_related("proposed_by").order_by("-id")
        ),
        finding=_finding(row),
        handovers=tuple(Handover.objects.filter(complaint=row).select_related("by", "case").order_by("id")),
        entries=tuple(BookEntry.objects.filter(complaint=row).select_related("by").order_by("id")),
    )


def _finding(row: Complaint) -> Finding | None:
    try:
        return row.finding
    except ObjectDoesNotExist:
        return None


def words_of(event: ComplaintEvent, complaint: Complaint) -> str:
    """What was said in a step; of the complainant's satisfaction, the answer before the words."""
    if event.step != Step.SATISFY:
        return event.note
    return " · ".join(filter(None, (str(complaint.get_satisfaction_display()), event.note)))


def contact_of(complaint: Complaint) -> tuple[str, str]:
    """The complainant's name and contact, legible. Ask `rules.may_see_contact` first."""
    if complaint.person_sealed is None or complaint.contact_sealed is None:
        return "", ""
    return (
        encryption.unseal(complaint.person_sealed, PERSON),
        encryption.unseal(complaint.contact_sealed, CONTACT),
    )


def masked_contact(complaint: Complaint) -> tuple[str, str]:
    """The same as it may be shown: one character of the name, a telephone's ends, a mail address's beginning."""
    name, contact = contact_of(complaint)
    if "@" in contact:
        local, _, host = contact.partition("@")
        return mask_name(name), f"{local[:1]}***@{host}"
    return mask_name(name), mask_phone(contact)
