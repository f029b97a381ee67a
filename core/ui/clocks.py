"""A deadline in words: “剩余 3 个工作日（11月25日）”. Working days are counted elsewhere; here they are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from datetime import date

SOON = 3
"""Working days from which a clock is shown as running out."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`tone` is "", "soon" or "over"; `left` the words; `when` the date, in brackets where the clock is long;
    `gap` a space before it, which Chinese does not set.
    """

    tone: str
    left: str
    when: str
    on: date
    gap: bool = True


def clock(remaining: int, on: date, *, soon: int = SOON, today: date | None = None) -> Clock:
    """The clock of a deadline `on`, `remaining` working days away (negative: overdue by so many).

    The year is told only when it is not this year's (`today`, in Shanghai).
    """
    when = _(" (%(date)s)") % {"date": spoken(on, today)}
    return Clock(tone(remaining, soon), left(remaining), when.lstrip(), on, gap=when[:1] == " ")


def dense(remaining: int, on: date, *, soon: int = SOON) -> Clock:
    """The same for a table column whose heading tells the unit: “剩 3 日 11-25”."""
    words = _("%(days)s d over") if remaining < 0 else _("%(days)s d left")
    return Clock(tone(remaining, soon), words % {"days": abs(remaining)}, f"{on:%m-%d}", on)


def tone(remaining: int, soon: int) -> str:
    if remaining < 0:
        return "over"
    return "soon" if remaining <= soon else ""


def left(remaining: int) -> str:
    if remaining == 0:
        return _("Due today")
    if remaining == 1:
        return _("1 working day left")
    if remaining > 0:
        return _("%(days)s working days left") % {"days": remaining}
    if remaining == -1:
        return _("1 working day overdue")
    return _("%(days)s working days overdue") % {"days": -remaining}


def spoken(on: date, today: date | None) -> str:
    """11月25日, or with its year where that is another: 2027年1月8日."""
    this_year = (today or timezone.localdate()).year
    # Translators: date formats of Django's date filter
    return date_format(on, _("j M") if on.year == this_year else _("j M Y"))
