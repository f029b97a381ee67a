"""Whether a bracket of members scores better than like ones: the others of the same category.

The others' mean is taken category by category and weighed by how many of the bracket are in each, so that a bracket
full of agencies is held against agencies. What is more than two standard errors is more than chance gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.ui.formatting import plain_points
from credit.rehearsal.report.tables import FEW, Scores, scores_by, total

if TYPE_CHECKING:
    from collections.abc import Iterable

    from credit.rehearsal.report.merging import Tallies

ERRORS = 2


@dataclass(frozen=True, slots=True)
class Gap:
    """`mean` of `n` members against `like`, the mean of like ones; `sure`: more than chance gives."""

    n: int
    mean: int
    like: int
    sure: bool

    @property
    def points(self) -> int:
        return self.mean - self.like


@dataclass(frozen=True, slots=True)
class Fair:
    """A bracket before and after; none where there are too few to compare."""

    label: str
    before: Gap | None
    after: Gap | None

    @property
    def sentence(self) -> str:
        if self.after is None:
            return _("Too few to compare: fewer than 5 have a grade, or fewer than 5 others of the category.")
        told = {"points": plain_points(abs(self.after.points))}
        if not self.after.sure:
            words = _(
                "Like the others of their category: %(points)s points apart, no more than chance gives."
            )
        elif self.after.points > 0:
            words = _("Score %(points)s points higher than the others of their category.")
        else:
            words = _("Score %(points)s points lower than the others of their category.")
        return f"{words % told} {self._against_before(self.after)}".strip()

    def _against_before(self, after: Gap) -> str:
        if self.before is None or not (after.sure or self.before.sure):
            return ""
        if after.points == self.before.points:
            return _("That is as before.")
        told = {"points": plain_points(self.before.points)}
        if abs(after.points) > abs(self.before.points):
            return _("Before, the difference was smaller: %(points)s.") % told
        return _("Before, the difference was larger: %(points)s.") % told


def fairness(report: Tallies, table: str, brackets: Iterable[tuple[int, str]]) -> list[Fair]:
    """The brackets in which there is anybody."""
    found = scores_by(report, table)
    return [
        Fair(label, gap(found, bracket, "before"), gap(found, bracket, "after"))
        for bracket, label in brackets
        if any(key[1] == bracket for key in found)
    ]


def gap(found: dict[tuple[int, int], Scores], bracket: int, side: str) -> Gap | None:
    """The bracket against the others of each category in which there are both."""
    pairs = []
    for category in sorted({key[0] for key in found}):
        mine = found.get((category, bracket), Scores()).side(side)
        others = total(
            each for (key, other), each in found.items() if key == category and other != bracket
        ).side(side)
        if mine[0] and others[0]:
            pairs.append((mine, others))
    n = sum(mine[0] for mine, _ in pairs)
    if n < FEW or sum(others[0] for _, others in pairs) < FEW:
        return None
    mean = Fraction(sum(mine[1] for mine, _ in pairs), n)
    like = sum((mine[0] * Fraction(others[1], others[0]) for mine, others in pairs), Fraction()) / n
    error = sqrt(sum((mine[0] / n) ** 2 * (_variance(mine) + _variance(others)) for mine, others in pairs))
    return Gap(n, round(mean), round(like), abs(mean - like) > ERRORS * error)


def _variance(scores: tuple[int, int, int]) -> float:
    """Of the mean: that of one score, divided by how many there are."""
    n, sums, squares = scores
    return float(Fraction(n * squares - sums * sums, n * n * max(n - 1, 1)))
