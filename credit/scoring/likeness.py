"""Whether some members do better than like ones, from counts and sums alone.

Like ones are the others of the same kind (`key[0]`: a category, or a category and a size). Their mean is taken kind
by kind and weighed by how many of the bracket are in each, so that a bracket full of agencies is held against
agencies. What is more than two standard errors is more than chance gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

FEW = 5
"""Figures of fewer members are not shown."""
ERRORS = 2
Sums = tuple[int, int, int]
"""How many, the sum of what is compared, the sum of its squares."""
NOBODY: Sums = (0, 0, 0)


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


def gap(found: Mapping[tuple[Hashable, Hashable], Sums], bracket: Hashable) -> Gap | None:
    """The bracket (`key[1]`) against the others of each kind in which there are both; none of too few."""
    others_of: dict[Hashable, list[Sums]] = {}
    for (kind, other), sums in found.items():
        if other != bracket:
            others_of.setdefault(kind, []).append(sums)
    pairs = []
    for (kind, which), mine in found.items():
        others = add(others_of.get(kind, [])) if which == bracket else NOBODY
        if mine[0] and others[0]:
            pairs.append((mine, others))
    n = sum(mine[0] for mine, _ in pairs)
    if n < FEW or sum(others[0] for _, others in pairs) < FEW:
        return None
    mean = Fraction(sum(mine[1] for mine, _ in pairs), n)
    like = sum((mine[0] * Fraction(others[1], others[0]) for mine, others in pairs), Fraction()) / n
    error = sqrt(sum((mine[0] / n) ** 2 * (_variance(mine) + _variance(others)) for mine, others in pairs))
    return Gap(n, round(mean), round(like), abs(mean - like) > ERRORS * error)


def add(several: list[Sums]) -> Sums:
    return tuple(map(sum, zip(*several, strict=True))) if several else NOBODY  # type: ignore[return-value]


def _variance(scores: Sums) -> float:
    """Of the mean: that of one score, divided by how many there are."""
    n, sums, squares = scores
    return float(Fraction(n * squares - sums * sums, n * n * max(n - 1, 1)))
