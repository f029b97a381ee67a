"""How a grade looks: a letter, a word, and the public band that gives the colour.

The numbers are the house's: grades 1 (AAA) to 10 (D); states 0 rated, 1 provisional, 2 NR, 3 suspended, 4 left,
5 barred. Bands 1 to 5 are public; band 0 is "no grade shown".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import Promise

LETTERS = ("AAA", "AA", "A", "BBB", "BB", "B", "CCC", "CC", "C", "D")
FLOORS = (920_000, 860_000, 800_000, 720_000, 640_000, 560_000, 480_000, 400_000, 300_000, 0)
"""The lowest score of each grade in milli-points, best grade first (LCR-1)."""
WORDS = (
    _("Not rated"),
    pgettext_lazy("grade", "Excellent"),
    pgettext_lazy("grade", "Good"),
    pgettext_lazy("grade", "Fair"),
    pgettext_lazy("grade", "Poor"),
    pgettext_lazy("grade", "Bad"),
)
"""The word of each band, 0 to 5."""


class Shown(IntEnum):
    """The state of a rating, as the pages tell it."""

    RATED = 0
    PROVISIONAL = 1
    NR = 2
    SUSPENDED = 3
    LEFT = 4
    BARRED = 5


@dataclass(frozen=True, slots=True)
class Face:
    """What is drawn: `letter` and `word` in the chip, `band` its colour, `note` a tag beside it in `tone`."""

    letter: str
    word: str | Promise
    band: int
    note: str | Promise = ""
    tone: str = ""


UNGRADED = {
    Shown.NR: Face("NR", _("Not rated"), 0),
    Shown.SUSPENDED: Face("S", pgettext_lazy("grade", "Suspended"), 0),
    Shown.LEFT: Face("W", pgettext_lazy("grade", "Has left"), 0),
}
BY_LETTER = {"NR": Shown.NR, "S": Shown.SUSPENDED, "W": Shown.LEFT}


def number(grade: int | str) -> int:
    """The grade's number, 1 (AAA) to 10 (D), from itself or its letter. ValueError for anything else."""
    if isinstance(grade, str):
        return LETTERS.index(grade) + 1
    if not 1 <= grade <= len(LETTERS):
        raise ValueError(f"no grade {grade}")
    return int(grade)


def band(grade: int | str) -> int:
    """The public band of a grade: 1 优 AAA-AA, 2 良 A-BBB, 3 中 BB-B, 4 差 CCC-CC, 5 劣 C-D."""
    return (number(grade) + 1) // 2


def face(grade: int | str | None, state: int = Shown.RATED) -> Face:
    """The face of a grade in a state. "NR", "S" and "W" are accepted as grades; None is NR.

    A barred subject shows D whatever it scored, with its tag; a provisional grade shows itself with its tag.
    """
    shown = BY_LETTER.get(str(grade), Shown(state))
    if grade is None and shown in (Shown.RATED, Shown.PROVISIONAL):
        shown = Shown.NR
    if shown in UNGRADED:
        return UNGRADED[shown]
    if shown == Shown.BARRED:
        return Face("D", WORDS[5], 5, pgettext_lazy("grade", "Barred"), "bad")
    this = number(grade if grade is not None else "D")
    note = pgettext_lazy("grade", "Provisional") if shown == Shown.PROVISIONAL else ""
    return Face(LETTERS[this - 1], WORDS[band(this)], band(this), note)
