"""How far a term has run: a bar from its first day to its review, with today on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.ui.charts import drawing as d
from core.ui.formatting import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.functional import Promise
    from django.utils.safestring import SafeString

SIZES = {d.WIDE: 960, d.NARROW: 328}


@dataclass(frozen=True, slots=True)
class Term:
    """A bar's term: from `start` to `end` (its end or its `review`), seen on `today`."""

    start: date
    end: date
    today: date
    review: bool = True
    note: str | Promise = ""


def term(data: Term, key: str = "term") -> SafeString:
    """A figure of one bar. The first day counts as day 1."""
    told = {"start": day(data.start), "end": day(data.end), "days": (data.today - data.start).days + 1}
    end = _("%(end)s review") if data.review else _("%(end)s end")
    words = (_("Term of the bar"), _("From %(start)s; today is day %(days)s; ") % told + end % told)
    drawn = [d.svg(key, size, width, 76, words, marks(data, width, told)) for size, width in SIZES.items()]
    caption = format_html("<figcaption>{}</figcaption>", data.note) if data.note else ""
    return format_html('<figure class="fig">{}{}</figure>', d.glue(drawn), caption)


def marks(data: Term, width: int, told: dict[str, object]) -> Iterator[SafeString]:
    span, room = (data.end - data.start).days or 1, width - 8

    def x(on: date) -> float:
        return 4 + room * min(1, max(0, (on - data.start).days / span))

    yield d.box("pale", 4, 40, room, 14)
    yield d.box("over", 4, 40, x(data.today) - 4, 14)
    for year in range(data.start.year + 1, data.end.year + 1):
        new_year = x(date(year, 1, 1))
        if new_year < width - 30:
            yield d.down("ax", new_year, 54, 59)
            if new_year > 4 + 85:
                yield d.text(new_year, 72, year, "m")
    now = x(data.today)
    yield d.down("now", now, 34, 60)
    end = (_("%(end)s review") if data.review else _("%(end)s end")) % told
    late = now > width / 2
    yield d.text(
        now - 6 if late else now + 6,
        14 if late else 31,
        _("Today, day %(days)s") % told,
        "k e" if late else "k",
    )
    yield d.text(4, 72, _("from %(start)s") % told)
    yield d.text(width - 4, 31, end, "k e")
