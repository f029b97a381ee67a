"""Questions to complaints: the file of one, lists and their clocks, the register, patterns, monthly figures."""

from associations.complaints.selectors.complaint_file import (
    ComplaintFile,
    contact_of,
    file_of,
    masked_contact,
    words_of,
)
from associations.complaints.selectors.figures import Month, upheld_in
from associations.complaints.selectors.lists import Due, complaints, due_of, overdue, patterns, waiting
from associations.complaints.selectors.people import handlers
from associations.complaints.selectors.register import Balances, balances, booked, outstanding

__all__ = [
    "Balances",
    "ComplaintFile",
    "Due",
    "Month",
    "balances",
    "booked",
    "complaints",
    "contact_of",
    "due_of",
    "file_of",
    "handlers",
    "masked_contact",
    "outstanding",
    "overdue",
    "patterns",
    "upheld_in",
    "waiting",
    "words_of",
]
