"""Values as the register prints them: dates 2026-11-22, scores to the milli-point, numbers in groups."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

MINUS = "−"


def day(value: date | datetime | None) -> str:
    """2026-11-22, in Shanghai; an empty string for nothing."""
    if not value:
        return ""
    if isinstance(value, datetime):
        value = local(value)
    return f"{value:%Y-%m-%d}"


def month_day(value: date | datetime | None) -> str:
    """11-22, for dense columns whose heading tells the year."""
    return day(value)[5:]


def stamp(value: datetime | None) -> str:
    """2026-11-22 09:14, in Shanghai."""
    return f"{local(value):%Y-%m-%d %H:%M}" if value else ""


def weekday_stamp(value: datetime | None) -> str:
    """2026-11-22 星期日 09:14."""
    if not value:
        return ""
    here = local(value)
    return f"{here:%Y-%m-%d} {date_format(here, 'l')} {here:%H:%M}"


def local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def digits(milli: int) -> tuple[str, str]:
    """A score in milli-points as its whole points and its three decimals: 863392 → ("863", "392")."""
    whole, rest = divmod(abs(milli), 1000)
    return f"{whole}", f"{rest:03d}"


def plain_points(milli: int | None) -> str:
    """863.392, for places that take no markup."""
    if milli is None:
        return "—"
    return (MINUS if milli < 0 else "") + ".".join(digits(milli))


def points(milli: int | None) -> SafeString:
    """863<small>.392</small>; an em dash for no score."""
    if milli is None:
        return SafeString("—")
    whole, rest = digits(milli)
    return format_html('{}{}<span class="mp">.{}</span>', MINUS if milli < 0 else "", whole, rest)


def change(milli: int | None) -> SafeString:
    """+26.300, −70.000 or 0: a difference always shows its sign."""
    if milli is None:
        return SafeString("—")
    if milli == 0:
        return SafeString("0")
    whole, rest = digits(milli)
    return format_html('{}{}<span class="mp">.{}</span>', MINUS if milli < 0 else "+", whole, rest)


def lost(milli: int | None) -> SafeString:
    """−70.000: points lost, given as a positive number."""
    return change(None if milli is None else -milli)


def whole(milli: int) -> str:
    """350: whole points, where the decimals are zero anyway."""
    return f"{milli // 1000}"


def tenths(milli: int) -> str:
    """174.7: points to one decimal, rounded half up, beside a bar."""
    return f"{(milli + 50) // 100 / 10:.1f}"


def grouped(value: float | None) -> str:
    """1,127: thousands in groups."""
    return "" if value is None else f"{value:,}".replace("-", MINUS)


def yuan(fen: int | None) -> str:
    """3,000 or 3,000.50: an amount in fen as yuan."""
    if fen is None:
        return "—"
    whole, rest = divmod(abs(fen), 100)
    return (MINUS if fen < 0 else "") + f"{whole:,}" + (f".{rest:02d}" if rest else "")


def money(fen: int | None) -> str:
    """¥1,127.50: an amount kept in fen, to the fen."""
    if fen is None:
        return ""
    whole, rest = divmod(abs(fen), 100)
    return f"{MINUS if fen < 0 else ''}¥{whole:,}.{rest:02d}"


def plus(value: int | None) -> str:
    """+5, −2, 0: a difference of counts."""
    if value is None:
        return ""
    return f"+{value:,}" if value > 0 else grouped(value)


def groups(value: Any, size: int = 4) -> SafeString:
    """A long code in visual groups; what is copied is the code without gaps."""
    text = str(value or "")
    parts = [text[at : at + size] for at in range(0, len(text), size)]
    return format_html(
        '<span class="code groups">{}</span>', format_html_join("", "<span>{}</span>", ((p,) for p in parts))
    )


def size(count: int | None) -> str:
    """41 KB, 18 MB, 4.1 GB."""
    if count is None:
        return ""
    step = 1024
    if count < step:
        return _("%(count)s bytes") % {"count": count}
    amount = float(count)
    for unit in ("KB", "MB", "GB"):
        amount /= step
        if amount < step or unit == "GB":
            break
    return f"{amount:.1f} {unit}" if amount < 10 and unit != "KB" else f"{amount:.0f} {unit}"  # noqa: PLR2004
