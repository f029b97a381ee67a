"""Is it a working day; which day is so many working days on; how many lie between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import chinese_calendar
from django.utils.translation import gettext as _

from core.calendar.models import DayOverride, EnteredYear
from core.verdicts import Denied

if TYPE_CHECKING:
    from collections.abc import Mapping

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class UnknownYear(Denied):
    """The working days of this year are not known: its announcement is neither in the package nor entered.

    A `Denied`, so that whoever counts by it is told what to do, in place of an error.
    """

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            _(
                "The working days of %(year)s are not known yet. An operator enters the announced holidays under "
                "Operations, Calendar days, and then the year under Calendar years."
            )
            % {"year": year}
        )


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days in force, read once; for lists with many clocks. `overrides`: day → worked."""

    overrides: Mapping[date, bool]
    years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """Raises UnknownYear."""
        if day in self.overrides:
            return self.overrides[day]
        if day.year in self.years:
            return day.weekday() < SATURDAY
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            raise UnknownYear(day.year) from None

    def add(self, day: date, count: int) -> date:
        """The working day `count` working days after `day`, which itself is not counted. Raises UnknownYear.

        With `count` 0, `day` itself. Negative counts go back.
        """
        step = ONE_DAY if count > 0 else -ONE_DAY
        for _each in range(abs(count)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; negative where `last` lies before `first`.

        Raises UnknownYear.
        """
        if last < first:
            return -self.between(last, first)
        return sum(self.is_working_day(first + ONE_DAY * n) for n in range(1, (last - first).days + 1))


def calendar() -> Calendar:
    """The calendar in force, in two queries."""
    return Calendar(
        dict(DayOverride.objects.values_list("day", "working")),
        frozenset(EnteredYear.objects.values_list("year", flat=True)),
    )


def is_working_day(day: date) -> bool:
    """Raises UnknownYear."""
    return calendar().is_working_day(day)


def add_working_days(day: date, count: int) -> date:
    """The working day `count` working days after `day`. Raises UnknownYear."""
    return calendar().add(day, count)


def working_days_between(first: date, last: date) -> int:
    """Working days after `first` up to and including `last`; negative backwards. Raises UnknownYear."""
    return calendar().between(first, last)
