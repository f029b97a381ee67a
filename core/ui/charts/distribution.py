"""How many there are of each grade, and where this one stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.ui import grades
from core.ui.charts import drawing as d
from core.ui.formatting import day, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from django.utils.safestring import SafeString

SIZES = {d.WIDE: 470, d.NARROW: 328}
LEFT, FOOT, ROOM, HEAD = 6, 202, 180, 26


@dataclass(frozen=True, slots=True)
class Distribution:
    """`counts` of AAA to D; `before` the same at `before_on`; `here` the grade (1 to 10) of the subject looked at.

    `versus` names the two where they are no days: what `counts` are and what `before` are.
    """

    counts: Sequence[int]
    before: Sequence[int] = ()
    before_on: date | None = None
    here: int | None = None
    unrated: int = 0
    versus: tuple[str, str] | None = None

    @property
    def told_before(self) -> str:
        return self.versus[1] if self.versus else day(self.before_on)


def distribution(data: Distribution, key: str = "dist") -> SafeString:
    """A figure: bars of the ten grades in the bands' colours, the same as a table below."""
    total = sum(data.counts)
    words = (_("How many subjects have each grade"), describe(data))
    drawings = [d.svg(key, size, width, 254, words, marks(data, width)) for size, width in SIZES.items()]
    unit = _("%(total)s ratings in force") % {"total": grouped(total)}
    if data.before and data.versus:
        now, before = data.versus
        unit = _("Bars: %(now)s; short lines: %(before)s") % {"now": now, "before": before}
    elif data.before and data.before_on:
        unit += _("; short lines: on %(day)s") % {"day": day(data.before_on)}
    table = render_to_string(
        "components/distribution_table.html",
        {"rows": rows(data), "before": data.told_before, "now": data.versus[0] if data.versus else ""},
    )
    return format_html(
        '<figure class="fig dist"><p class="ttl">{}</p><p class="unit">{}</p>{}{}{}</figure>',
        words[0], unit, d.glue(drawings), caption(data), table,
    )  # fmt: skip


def describe(data: Distribution) -> str:
    listed = _(", ").join(
        f"{letter} {count}" for letter, count in zip(grades.LETTERS, data.counts, strict=True)
    )
    return listed + (
        _("; this subject: %(grade)s") % {"grade": grades.LETTERS[data.here - 1]} if data.here else ""
    )


def caption(data: Distribution) -> SafeString | str:
    if not data.unrated:
        return ""
    words = _(
        "%(count)s more are not rated: too new, not verified, or too little evidence. Not rated is not bad."
    )
    return format_html("<figcaption>{}</figcaption>", words % {"count": grouped(data.unrated)})


def rows(data: Distribution) -> list[dict[str, object]]:
    return [
        {
            "grade": number,
            "count": count,
            "before": data.before[number - 1] if data.before else None,
            "moved": count - data.before[number - 1] if data.before else None,
            "here": number == data.here,
        }
        for number, count in enumerate(data.counts, 1)
    ]


def marks(data: Distribution, width: int) -> Iterator[SafeString]:
    top = max([*data.counts, *data.before, 1])
    step = d.nice(top)
    scale = (ROOM - HEAD if data.here else ROOM) / (step * -(-top // step))
    yield from lines(width, step, top, scale)
    slot = (width - 2 * LEFT) / 10
    for number, count in enumerate(data.counts, 1):
        x, high = LEFT + slot * (number - 1), count * scale
        middle, label = x + slot / 2, FOOT - high
        yield d.banded(grades.band(number), d.box("bar", x + slot * 0.14, FOOT - high, slot * 0.72, high))
        if data.before:
            ghost = FOOT - data.before[number - 1] * scale
            yield d.across("ghost", ghost, x + slot * 0.05, x + slot * 0.95)
            label = min(label, ghost)
        yield d.text(middle, label - 6, grouped(count), "k m")
        yield d.text(middle, 218, grades.LETTERS[number - 1], "m k")
        if number == data.here:
            yield d.box("here", x + slot * 0.14, FOOT - max(high, 3), slot * 0.72, max(high, 3))
            yield d.path("pin", f"M{d.at(middle)} {d.at(label - 20)}l-5 -8h10z")
            yield d.text(middle, label - 32, _("here"), "k m")
    yield d.across("ax", FOOT, LEFT, width - LEFT)
    yield from brackets(data, width, slot)


def lines(width: int, step: int, top: int, scale: float) -> Iterator[SafeString]:
    for value in range(step, top + step, step):
        y = FOOT - value * scale
        if y < FOOT - ROOM - 1:
            break
        yield d.across("gl", y, LEFT, width - LEFT)
        yield d.text(width - LEFT, y - 4, grouped(value), "e")


def brackets(data: Distribution, width: int, slot: float) -> Iterator[SafeString]:
    """Below the axis: the five bands and their shares."""
    total = sum(data.counts) or 1
    for band in range(1, 6):
        left, right = LEFT + slot * 2 * (band - 1) + 4, LEFT + slot * 2 * band - 4
        share = sum(data.counts[2 * band - 2 : 2 * band]) * 1000 // total / 10
        words = f"{share:.1f}%" if width < SIZES[d.WIDE] else f"{grades.WORDS[band]} {share:.1f}%"
        yield d.path("ax", f"M{d.at(left)} 226v4H{d.at(right)}v-4")
        yield d.text((left + right) / 2, 247, words, "m")
