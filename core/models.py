"""Gathers the rooms' tables for Django."""

from core.accounts.models import Appointment, User
from core.calendar.models import DayOverride, EnteredYear
from core.ledger.models import Entry
from core.subjects.models import Mark, Subject, WatchMark

__all__ = ["Appointment", "DayOverride", "EnteredYear", "Entry", "Mark", "Subject", "User", "WatchMark"]
