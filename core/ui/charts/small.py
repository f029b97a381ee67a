"""Small charts: the same picture for many associations, a line in a table, training done and due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.ui import grades
from core.ui.charts import drawing as d
from core.ui.formatting import grouped, plain_points

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Multiple:
    """One of many small distributions: `counts` of AAA to D."""

    label: str | Promise
    counts: Sequence[int]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Training:
    """Training of one member or group: `done` of `required` in `unit` words; `late` when it is overdue."""

    label: str | Promise
    done: int
    required: int
    unit: str | Promise = ""
    late: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One of several counts to be compared."""

    label: str | Promise
    count: int


def bars(items: Sequence[Bar]) -> SafeString:
    """Counts as bars, the longest full, with the numbers beside them."""
    most = max([1, *(item.count for item in items)])
    rows = ((item.label, d.at(100 * item.count / most), grouped(item.count)) for item in items)
    return format_html(
        '<ul class="bars">{}</ul>',
        format_html_join(
            "",
            '<li><span>{}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="v"'
            ' width="{}" height="10"/></svg><span class="n">{}</span></li>',
            rows,
        ),
    )


def multiples(items: Iterable[Multiple]) -> SafeString:
    """The grades of many groups side by side, each scaled to its own total, so that shapes can be compared."""
    return format_html(
        '<ul class="mult">{}</ul>', format_html_join("", "{}", ((multiple(item),) for item in items))
    )


def multiple(item: Multiple) -> SafeString:
    total = sum(item.counts) or 1
    tallest = max([*item.counts, 1])
    bars = d.glue(
        d.banded(
            grades.band(n), d.box("bar", 12.0 * (n - 1), 40 - 38 * count / tallest, 10, 38 * count / tallest)
        )
        for n, count in enumerate(item.counts, 1)
    )
    told = _(", ").join(
        f"{letter} {count}" for letter, count in zip(grades.LETTERS, item.counts, strict=True)
    )
    shares = " ".join(
        f"{grades.WORDS[band]} {100 * sum(item.counts[2 * band - 2 : 2 * band]) // total}%"
        for band in range(1, 6)
    )
    name = format_html('<a href="{}">{}</a>', item.url, item.label) if item.url else item.label
    return format_html(
        '<li><p class="ttl">{}</p><svg class="ch" viewBox="0 0 120 42" role="img" aria-label="{}">{}'
        '<path class="ax" d="M0 40.5H120"/></svg><p class="unit">{}{}{}</p></li>',
        name, told, bars, grouped(sum(item.counts)), _(": "), shares,
    )  # fmt: skip


def sparkline(scores: Sequence[int], label: str = "") -> SafeString:
    """Scores in milli-points as steps in a table cell; the last one as a dot. Nothing for fewer than two."""
    if len(scores) < 2:  # noqa: PLR2004 - one point is no line
        return SafeString("")
    low, high = min(scores), max(scores)
    span = max(high - low, 20_000)
    step = 92 / (len(scores) - 1)
    ys = [17 - 14 * (score - low) / span for score in scores]
    line = f"M2 {d.at(ys[0])}" + "".join(f"H{d.at(2 + step * n)}V{d.at(y)}" for n, y in enumerate(ys[1:], 1))
    told = _("from %(first)s to %(last)s") % {
        "first": plain_points(scores[0]),
        "last": plain_points(scores[-1]),
    }
    return format_html(
        '<svg class="ch spark" viewBox="0 0 100 20" role="img" aria-label="{}">{}<circle class="pin" cx="94" cy="{}"'
        ' r="2.5"/></svg>',
        f"{label}{_(': ')}{told}" if label else told,
        d.path("line", line),
        d.at(ys[-1]),
    )


def training(rows: Iterable[Training]) -> SafeString:
    """Bars of what is done of what is required, with the words beside them."""
    return format_html('<ul class="bars">{}</ul>', format_html_join("", "{}", ((one(row),) for row in rows)))


def one(row: Training) -> SafeString:
    share = min(100, 100 * row.done / row.required) if row.required else 100
    name = (
        format_html('<a href="{}">{}</a>', row.url, row.label)
        if row.url
        else format_html("<span>{}</span>", row.label)
    )
    full = row.done >= row.required
    css, tail = ("n ok", _("done")) if full else ("n over", _("overdue")) if row.late else ("n", "")
    return format_html(
        '<li>{}<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="v" width="{}"'
        ' height="10"/><rect class="t" width="100" height="10"/></svg><span class="{}">{} / {} {} {}</span></li>',
        name, d.at(share), css, grouped(row.done), grouped(row.required), row.unit, tail,
    )  # fmt: skip
