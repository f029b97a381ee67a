"""Gathers the rooms' tables for Django."""

from core.accounts.models import Appointment, User
from core.calendar.models import DayOverride, EnteredYear
from core.ledger.models import Entry
from core.subjects.models import Mark, Subject, WatchMark
from core.wake.models import Call

__all__ = [
    "Appointment",
    "Call",
    "DayOverride",
    "EnteredYear",
    "Entry",
    "Mark",
    "Subject",
    "User",
    "WatchMark",
]
