"""Working days of years that are not announced yet."""

from __future__ import annotations

from datetime import date, timedelta

from core.calendar.models import EnteredYear
from core.calendar.selectors import UnknownYear, is_working_day

CLOCKS = timedelta(days=30)  # the longest clock that the demonstration leaves running
SOURCE = "演示：公告尚未录入，暂按周一至周五计"


def know_the_working_days(today: date) -> None:
    """Let a demonstration run in, or shortly before, a year whose holidays are not announced: weekdays are worked.

    Past years are known to the package; only the years a clock can reach from today are entered.
    """
    for year in sorted({today.year, (today + CLOCKS).year}):
        try:
            is_working_day(date(year, 6, 1))
        except UnknownYear:
            EnteredYear.objects.create(year=year, source=SOURCE)
