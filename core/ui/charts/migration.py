"""From which grade to which: a square of counts, better above the diagonal's left, worse on its right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.ui import grades
from core.ui.charts import drawing as d
from core.ui.formatting import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.utils.safestring import SafeString

SIZES = {d.WIDE: 640, d.NARROW: 328}
LEFTS = {d.WIDE: 46, d.NARROW: 30}
HEAD = 22
STEPS = 5
"""Shades of a cell, by its share of the row."""
SHORT = ((1_000_000, "M"), (1_000, "k"))


@dataclass(frozen=True, slots=True)
class Migration:
    """`counts[row][column]` members went from `rows[row]` to `columns[column]`: letters of grades, or NR, S, W, "—"."""

    rows: Sequence[str]
    columns: Sequence[str]
    counts: Sequence[Sequence[int]]


def migration(data: Migration, key: str = "move") -> SafeString:
    """A figure: shaded cells, blue for better, red for worse, and the same as a table below."""
    title = _("From which grade to which")
    words = (title, describe(data))
    drawings = [
        d.svg(key, size, width, int(HEAD + 2 + _cell(data, size) * len(data.rows)), words, marks(data, size))
        for size, width in SIZES.items()
    ]
    unit = _("Lines: before. Columns: after. Blue: better. Red: worse. Shade: share of the line.")
    table = render_to_string("components/migration_table.html", {"columns": data.columns, "rows": rows(data)})
    return format_html(
        '<figure class="fig move"><p class="ttl">{}</p><p class="unit">{}</p>{}{}</figure>',
        title, unit, d.glue(drawings), table,
    )  # fmt: skip


def describe(data: Migration) -> str:
    tone = {"up": 0, "down": 0, "same": 0, "other": 0}
    for row, counts in zip(data.rows, data.counts, strict=True):
        for column, count in zip(data.columns, counts, strict=True):
            tone[direction(row, column)] += count
    return _("Better %(up)s, worse %(down)s, the same %(same)s, otherwise %(other)s.") % tone


def direction(before: str, after: str) -> str:
    if before == after:
        return "same"
    if before not in grades.LETTERS or after not in grades.LETTERS:
        return "other"
    return "up" if grades.number(after) < grades.number(before) else "down"


def rows(data: Migration) -> list[tuple[str, Sequence[int], int]]:
    return [(row, counts, sum(counts)) for row, counts in zip(data.rows, data.counts, strict=True)]


def _cell(data: Migration, size: str) -> float:
    return min((SIZES[size] - LEFTS[size] - 2) / max(len(data.columns), 1), 46)


def marks(data: Migration, size: str) -> Iterator[SafeString]:
    left, cell = LEFTS[size], _cell(data, size)
    for place, letter in enumerate(data.columns):
        yield d.text(left + cell * (place + 0.5), HEAD - 8, letter, "m k s")
    for line, (letter, counts) in enumerate(zip(data.rows, data.counts, strict=True)):
        top = HEAD + cell * line
        yield d.text(left - 6, top + cell / 2 + 4, letter, "e k s")
        total = sum(counts) or 1
        for place, count in enumerate(counts):
            tone = direction(letter, data.columns[place])
            x = left + cell * place
            yield d.box("grid", x, top, cell, cell)
            if count:
                shade = max(1, -(-STEPS * count // total))
                css = f"heat {tone}" if tone in {"up", "down"} else "heat"
                yield d.box(f"{css} h{shade}", x + 1, top + 1, cell - 2, cell - 2)
                yield d.text(x + cell / 2, top + cell / 2 + 4, short(count), "m s in")


def short(count: int) -> str:
    """A count of at most four signs: 999, 1.2k, 12k, 3M."""
    for unit, sign in SHORT:
        if count >= unit:
            tenths = 10 * count // unit
            return f"{tenths / 10:.1f}{sign}" if tenths < 100 and tenths % 10 else f"{tenths // 10}{sign}"  # noqa: PLR2004
    return grouped(count)
