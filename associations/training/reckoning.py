"""The arithmetic of the yearly duty: what is done, what is owed, when it was made up. Pure.

Works alike for hours and for exams (one required, each pass counts one). What is held counts once: it makes
up for the oldest year missed first, the rest counts for its own year, and nothing beyond a year's requirement is
carried into the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class Year:
    """A year's requirement and what was held in it: hours, or exams."""

    required: int
    held: int


def debts(years: Sequence[Year]) -> list[int]:
    """What is owed at the end of each of the consecutive `years`, from all of them together."""
    owed = accumulate(years, lambda before, year: max(0, before + year.required - year.held), initial=0)
    return list(owed)[1:]


def done(years: Sequence[Year], at: int) -> int:
    """What counts for `years[at]`, what was made up in later years included. May exceed the requirement."""
    owed = debts(years)
    before = owed[at - 1] if at else 0
    later = sum(year.held for year in years[at + 1 :])
    missing = min(years[at].required, max(0, owed[at] - later))
    return max(0, years[at].held - before, years[at].required - missing)


def made_up_on(
    hours: int, exams: int, later: Iterable[tuple[date, int, bool]], *, due_on: date
) -> date | None:
    """The day on which `hours` and `exams` owed at `due_on` were made up; None while they are not.

    `later`: (day, hours, whether an exam was passed) of what was held after `due_on`, oldest first.
    """
    if hours <= 0 and exams <= 0:
        return due_on
    for day, more, passed in later:
        hours -= more
        exams -= passed
        if hours <= 0 and exams <= 0:
            return day
    return None


LAST_DAY_TO_JOIN = (6, 30)
"""Who joins after this day of a year owes nothing for it."""


def binds(year: int, joined_on: date, left_on: date | None) -> bool:
    """The duty of a year binds who was a member on 30 June and still is when it falls due on 31 December."""
    late = joined_on.year > year or (
        joined_on.year == year and (joined_on.month, joined_on.day) > LAST_DAY_TO_JOIN
    )
    return not late and (left_on is None or left_on.year > year)
