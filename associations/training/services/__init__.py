"""The verbs of training: courses and sessions, attendance, certificates, the yearly duty, agency rosters.

All work inside the scope the caller opened. Those that many members share are set-based: the number of
statements does not grow with the members.
"""

from associations.training.services.attendance import AttendanceRow, Recorded, record_attendance
from associations.training.services.courses import (
    add_course,
    adopt_default_duties,
    hold_session,
    retire_course,
    set_duty,
)
from associations.training.services.duties import Settled, settle_duties
from associations.training.services.rosters import record_rosters

__all__ = [
    "AttendanceRow",
    "Recorded",
    "Settled",
    "add_course",
    "adopt_default_duties",
    "hold_session",
    "record_attendance",
    "record_rosters",
    "retire_course",
    "set_duty",
    "settle_duties",
]
