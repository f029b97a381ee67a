"""The few marks all charts are made of. Numbers become text here, text becomes safe here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

WIDE, NARROW = "wide", "narrow"


def at(value: float) -> str:
    """A coordinate: one decimal is a tenth of a pixel."""
    return f"{value:.1f}"


def text(x: float, y: float, words: object, css: str = "") -> SafeString:
    return format_html('<text class="{}" x="{}" y="{}">{}</text>', css, at(x), at(y), words)


def path(css: str, d: str) -> SafeString:
    return format_html('<path class="{}" d="{}"/>', css, d)


def across(css: str, y: float, left: float, right: float) -> SafeString:
    return path(css, f"M{at(left)} {at(y)}H{at(right)}")


def down(css: str, x: float, top: float, bottom: float) -> SafeString:
    return path(css, f"M{at(x)} {at(top)}V{at(bottom)}")


def box(css: str, x: float, y: float, wide: float, high: float) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        css,
        at(x),
        at(y),
        at(max(wide, 0)),
        at(max(high, 0)),
    )


def banded(band: int, mark: SafeString) -> SafeString:
    """A mark in the colour of a public band."""
    return format_html('<g data-b="{}">{}</g>', band, mark)


def glue(marks: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((mark,) for mark in marks))


def svg(  # noqa: PLR0917 - what a drawing is, in the order it is written
    key: str, size: str, width: int, height: int, words: tuple[str, str], marks: Iterable[SafeString]
) -> SafeString:
    """One drawing: `words` are its title and its description, `key` makes their ids."""
    title, desc = words
    return format_html(
        '<svg class="ch {0}" viewBox="0 0 {1} {2}" role="img" aria-labelledby="{3}-{0}-t {3}-{0}-d">'
        '<title id="{3}-{0}-t">{4}</title><desc id="{3}-{0}-d">{5}</desc>{6}</svg>',
        size, width, height, key, title, desc, glue(marks),
    )  # fmt: skip


def nice(top: int) -> int:
    """The step of an axis from 0 to `top` in four or five rounds of 1, 2 or 5."""
    step = 1
    while top > 5 * step:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return step
