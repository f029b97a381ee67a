"""Dates and months as clerks type them."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext_noop as _

from core.paperwork.cells import CellProblem

FIRST_YEAR, LAST_YEAR = 1900, 2100
_SERIAL_FROM, _SERIAL_TO = 14_000, 73_415  # 1938-04-30 to 2101-01-01 in the 1900 system
_SERIAL_ZERO = date(1899, 12, 30)
_LONG = re.compile(
    r"(\d{4})[-./,、年](\d{1,2})[-./,、月](\d{1,2})日?"
    r"(?:[t,]?\d{1,2}[:时].*|星期.|周.|[上下]午.*|晚上?.*|全天|\(.*\)|[.,、起前止])?",
    re.DOTALL,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6}|\.0)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_MONTH = re.compile(r"(\d{4})(?:[-./年]?(\d{2})|[-./年](\d))(?:月份?|[-./]0?1)?")
_CHINESE = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CHINESE_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-") | {"。": ".", "．": ".", "／": "/", "号": "日"})


def day(cell: object) -> date:
    """Return the date of a cell.

    2024-5-29, 2023.2.20, 2022/8/17, 2023年4月9日, full-width ２０２４－０１－１２, 20240529, ISO with a time,
    an Excel serial number (45441), 二〇二四年五月二十九日; after it also 下午, 起, 前 or a note in brackets. Refuses
    two-digit years, a month without a day and day-first forms, which could mean something else (bad_date), and days
    that do not exist (no_such_date).
    """
    if isinstance(cell, float) and cell.is_integer():
        return _day(str(int(cell)))
    return _day(str(cell))


@lru_cache(maxsize=16_384)
def _day(written: str) -> date:
    bare = _bare(written)
    found = _LONG.fullmatch(bare) or _COMPACT.fullmatch(bare)
    if found:
        return _made(*map(int, found.groups()[:3]))
    if _SERIAL.fullmatch(bare) and _SERIAL_FROM <= (serial := int(float(bare))) < _SERIAL_TO:
        return _SERIAL_ZERO + timedelta(days=serial)
    spelled = _CHINESE_DATE.fullmatch(bare)
    if spelled:
        return _made(int(spelled[1].translate(_CHINESE)), _spelled(spelled[2]), _spelled(spelled[3]))
    raise CellProblem("bad_date", _("This is not a date; write it as 2024-05-29."))


def month(cell: object) -> date:
    """Return the first day of a month: 2026-01, 2026年1月, 202601, 2026/1, 2026.01; or its first or last day.

    Refuses everything else (bad_month).
    """
    if isinstance(cell, float) and cell.is_integer():
        return _month(str(int(cell)))
    return _month(str(cell))


@lru_cache(maxsize=4_096)
def _month(written: str) -> date:
    bare = _bare(written)
    with suppress(CellProblem):
        edge = _day(written) if _LONG.fullmatch(bare) else date.min
        if edge > date.min and 1 in {edge.day, (edge + timedelta(days=1)).day}:
            return edge.replace(day=1)
    found = _MONTH.fullmatch(bare)
    number = int(found[2] or found[3]) if found else 0
    if not found or not 1 <= number <= 12 or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:  # noqa: PLR2004
        raise CellProblem("bad_month", _("This is not a month; write it as 2026-01."))
    return date(int(found[1]), number, 1)


def _bare(written: str) -> str:
    folded = unicodedata.normalize("NFKC", written).translate(_DASHES).casefold()
    return "".join(folded.split()).strip("'\ufeff\u200b")


def _made(year: int, month_: int, day_: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellProblem(
            "bad_date",
            _("The year lies outside %(first)d to %(last)d."),
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    try:
        return date(year, month_, day_)
    except ValueError:
        raise CellProblem("no_such_date", _("There is no such day in the calendar.")) from None


def _spelled(word: str) -> int:
    """Read 一 to 三十一: tens before 十, ones after."""
    if "十" not in word:
        return int(word.translate(_CHINESE)) if len(word) == 1 else 0
    tens, _ten, ones = word.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return 10 * (int(tens.translate(_CHINESE)) if tens else 1) + (
        int(ones.translate(_CHINESE)) if ones else 0
    )
