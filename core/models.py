"""Gathers the rooms' tables for Django."""

from core.accounts.models import Appointment, User
from core.ledger.models import Entry
from core.subjects.models import Mark, Subject, WatchMark

__all__ = ["Appointment", "Entry", "Mark", "Subject", "User", "WatchMark"]
