"""The tables of complaints: fields and constraints, no workflow."""

from associations.complaints.models.complaint import (
    Complaint,
    ComplaintEvent,
    ComplaintEvidence,
    Pattern,
    Sign,
)
from associations.complaints.models.filing import Filing
from associations.complaints.models.outcome import Finding, Handover, Settlement
from associations.complaints.models.register import BookAccount, BookEntry
from associations.complaints.models.tries import Tries

__all__ = [
    "BookAccount",
    "BookEntry",
    "Complaint",
    "ComplaintEvent",
    "ComplaintEvidence",
    "Filing",
    "Finding",
    "Handover",
    "Pattern",
    "Settlement",
    "Sign",
    "Tries",
]
