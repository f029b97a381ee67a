"""The clocks of remedies, and the least term before a record can be repaired. Pure.

Objection: marked within one working day, answered within seven (Shanghai social credit regulation Art. 36).
Repair: answered within ten working days; from the least term of NDRC Order 36 (2025), by severity.
"""

from __future__ import annotations

from datetime import date

MARK_DAYS, ANSWER_DAYS, REPAIR_DAYS = 1, 7, 10

LEAST_TERM_MONTHS = {2: 3, 3: 12, 4: 12}
"""Whole months from a decision to its repair at the earliest, by severity; minor records fade by themselves sooner."""


def repair_from(decided_on: date, severity: int) -> date | None:
    """The first day on which the repair of a record may be asked for; none for what needs no repair."""
    months = LEAST_TERM_MONTHS.get(severity)
    return months_after(decided_on, months) if months else None


def months_after(day: date, months: int) -> date:
    """The first day on which so many whole months have passed; a missing day falls on the 1st after."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
