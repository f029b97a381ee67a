"""What would change a grade, as the page of a rating lists it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from portal.drawing.rating import anchor
from portal.words import on, told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Prospect:
    """One thing that would change the grade; `points` in milli-points."""

    text: str
    line: str
    anchor: str
    on: date | None
    points: int
    outcome: str


def prospects(payload: Mapping[str, Any]) -> list[tuple[str, list[Prospect]]]:
    """By what it takes: to do, to repair, to wait; only what there is."""
    kinds = {
        "repair": _("When a record can be repaired"),
        "wait": _("What waiting does, if nothing else comes"),
    }
    found: dict[str, list[Prospect]] = {}
    for each in payload.get("prospects", ()):
        words = kinds.get(each["what"]) or _("What the member can do")
        found.setdefault(words, []).append(
            Prospect(
                text=told(each["text"]),
                line=each["line"] or "",
                anchor=anchor(each["line"]) if each["line"] else "",
                on=on(each["on"]),
                points=each["points"],
                outcome=told(each["outcome"]),
            )
        )
    return list(found.items())
