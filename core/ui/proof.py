"""Marks of a signed record: the seal, and the QR code that leads to its check."""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING

import segno
from django.utils.html import format_html, format_html_join

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

FIELD = (
    "M4 6.5 5.5 3.5 38 2.6 61 3.4 95 2.8 97.4 5 96.8 40 97.6 63 96.6 95.4 94 97.2 58 96.5 33 97.4 5.6 96.6 3 94.6"
    " 3.5 60 2.7 36z"
)
"""The stamp's edge, a little worn."""
MOST = 16
QUIET = 4
"""Modules of white around a QR code, as ISO/IEC 18004 asks."""


def seal(text: str, label: str, *, big: bool = False) -> SafeString:
    """A square seal of at most 16 characters, read in columns from the right, as seals are.

    The characters are text in the reader's own Songti; `label` says in words what the seal says.
    """
    signs = text[:MOST]
    columns = max(1, ceil(sqrt(len(signs))))
    rows = max(1, ceil(len(signs) / columns))
    column, row = 84 / columns, 84 / rows
    width = min(column, row) * 0.9
    drawn = format_html_join(
        "",
        '<text x="{}" y="{}" font-size="{}" text-anchor="middle">{}</text>',
        (
            (
                f"{92 - column * (at // rows + 0.5):.1f}",
                f"{8 + row * (at % rows + 0.5) + width * 0.36:.1f}",
                f"{width:.1f}",
                sign,
            )
            for at, sign in enumerate(signs)
        ),
    )
    return format_html(
        '<svg class="{}" viewBox="0 0 100 100" role="img" aria-label="{}"><path class="field" d="{}"/>{}</svg>',
        "seal big" if big else "seal",
        label,
        FIELD,
        drawn,
    )


def qr(data: str, label: str) -> SafeString:
    """A QR code (level M) as one SVG path, always dark on white whatever the theme."""
    matrix = tuple(segno.make(data, error="m", micro=False).matrix)
    side = len(matrix) + 2 * QUIET
    path = "".join(
        f"M{start + QUIET} {y + QUIET}h{length}v1h-{length}z"
        for y, line in enumerate(matrix)
        for start, length in runs(line)
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path fill="#15202d" d="{2}"/></svg>',
        side,
        label,
        path,
    )


def runs(line: bytearray | bytes) -> list[tuple[int, int]]:
    """Stretches of dark modules in a line: (start, length)."""
    found, start = [], None
    for x, dark in enumerate([*line, 0]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            found.append((start, x - start))
            start = None
    return found
