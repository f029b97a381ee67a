"""A drawing by itself, outside a page: what the style sheet says of it becomes attributes, in the colours of paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

INK, INK2, PAPER, SEAL, BLUE = "#15202d", "#4b5866", "#fdfdfb", "#b1241a", "#0f3566"
BANDS = ("#55606c", "#17643f", "#235d8c", "#7d5a00", "#9c4407", "#b1241a")
WORDS = {"font-family": "sans-serif", "font-size": "12", "fill": INK2}
STYLES: dict[str, dict[str, str]] = {
    "zone": {"fill": "#f1f4f7"},
    "gl": {"stroke": "#d8dde3"},
    "ax": {"stroke": "#7c8896", "fill": "none"},
    "cap": {"stroke": SEAL, "stroke-width": "3"},
    "later": {"stroke-dasharray": "3 3"},
    "line": {"fill": "none", "stroke": INK, "stroke-width": "2"},
    "next": {"fill": "none", "stroke": INK, "stroke-width": "1.5", "stroke-dasharray": "2 3"},
    "now": {"stroke": BLUE},
    "dot": {"fill": PAPER, "stroke": INK, "stroke-width": "1.5"},
    "bad": {"fill": SEAL, "stroke": SEAL},
    "num": {"font-size": "11", "font-weight": "700", "fill": INK, "text-anchor": "middle"},
    "inv": {"fill": "#ffffff"},
    "k": {"fill": INK, "font-weight": "600"},
    "capt": {"fill": SEAL, "font-weight": "600"},
    "gl-t": {"fill": "#ffffff", "font-weight": "700"},
    "e": {"text-anchor": "end"},
    "m": {"text-anchor": "middle"},
    "bar": {},  # filled by its band
}
CLASSED = re.compile(r'<(\w+) class="([^"]*)"')
BANDED = re.compile(r'<g data-b="(\d)"')


def standalone(drawing: SafeString, width: int, height: int) -> str:
    """One drawing of `charts.drawing.svg` as a document. KeyError for a mark this does not know."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
    ground = f'</desc><rect width="{width}" height="{height}" fill="{PAPER}"/>'
    svg = drawing.replace('<svg class="ch wide"', head, 1).replace("</desc>", ground, 1)
    return BANDED.sub(lambda found: f'<g fill="{BANDS[int(found[1])]}"', CLASSED.sub(_dressed, svg))


def _dressed(found: re.Match[str]) -> str:
    told = dict(WORDS) if found[1] == "text" else {}
    for name in found[2].split():
        told |= STYLES[name]
    return f"<{found[1]}" + "".join(f' {name}="{value}"' for name, value in told.items())
