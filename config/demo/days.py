"""The day on which the house believes to be, while its past is told."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from core.calendar.models import EnteredYear
from core.calendar.selectors import UnknownYear, is_working_day

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOCKS = timedelta(days=30)  # the longest clock that the demonstration leaves running
YEARS_TOLD = 3
SOURCE = "演示：公告尚未录入，暂按周一至周五计"


def midday(day: date) -> datetime:
    """Noon of a day, Shanghai time."""
    return timezone.make_aware(datetime.combine(day, time(12)))


@contextmanager
def on(day: date) -> Iterator[None]:
    """Let it be noon of `day` in the block: what is recorded there carries that day, as if it had been done then.

    Only a demonstration may tell its past so: elsewhere the day of recording is the day of recording.
    """
    before = timezone.now
    timezone.now = lambda: midday(day).astimezone(UTC)  # as it gives it itself
    try:
        yield
    finally:
        timezone.now = before


def know_the_working_days(today: date) -> None:
    """Let a demonstration run in a year whose holidays the package does not know: weekdays are worked.

    Asked are the years in which decisions are dated, and those a clock can reach from today.
    """
    for year in range(today.year - YEARS_TOLD, (today + CLOCKS).year + 1):
        try:
            is_working_day(date(year, 6, 1))
        except UnknownYear:
            EnteredYear.objects.create(year=year, source=SOURCE)
