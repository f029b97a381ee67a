"""Gathers the rooms' tables for Django."""

from associations.conduct.models import ConductDue, Fact
from associations.discipline.models import (
    Case,
    CaseEvent,
    Decision,
    Notice,
    Reversal,
    Seat,
    Service,
    Statement,
    Vote,
)
from associations.imports.models import Refusal, Run
from associations.members.models import (
    AgencyLink,
    Application,
    Check,
    Consent,
    LastNumber,
    Membership,
    MembershipEvent,
    PlatformAccount,
    ScreeningQuestion,
)
from associations.registry.models import Association, CharterVersion
from associations.training.models import Attendance, Certificate, Course, Duty, Session

__all__ = [
    "AgencyLink",
    "Application",
    "Association",
    "Attendance",
    "Case",
    "CaseEvent",
    "Certificate",
    "CharterVersion",
    "Check",
    "ConductDue",
    "Consent",
    "Course",
    "Decision",
    "Duty",
    "Fact",
    "LastNumber",
    "Membership",
    "MembershipEvent",
    "Notice",
    "PlatformAccount",
    "Refusal",
    "Reversal",
    "Run",
    "ScreeningQuestion",
    "Seat",
    "Service",
    "Session",
    "Statement",
    "Vote",
]
