"""The ladder as data: which measures are usual for a catalogue entry, a severity, and circumstances. Pure.

The severity gives a range of measures, within the entry's own; each circumstance moves its ends. It never goes above
what the catalogue provides for, which was published, nor below L1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from associations.conduct.states import Severity
from associations.discipline.states import Measure, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from associations.conduct.catalogue import Entry


class Range(NamedTuple):
    """From the mildest to the gravest measure that is usual."""

    least: int
    most: int

    def __contains__(self, measure: object) -> bool:
        return isinstance(measure, int) and self.least <= measure <= self.most


BY_SEVERITY: dict[Severity, Range] = {
    Severity.MINOR: Range(Measure.REMINDER, Measure.WARNING),
    Severity.GENERAL: Range(Measure.WARNING, Measure.INTERNAL_CENSURE),
    Severity.SERIOUS: Range(Measure.INTERNAL_CENSURE, Measure.PUBLIC_CENSURE),
    Severity.EXTREME: Range(Measure.EXPULSION, Measure.LIFETIME_BAR),
}

MOVES: dict[Weight, tuple[int, int]] = {
    Weight.REPEAT: (1, 1),
    Weight.OBSTRUCTION: (0, 1),
    Weight.SHAM: (0, 1),
    Weight.RETALIATION: (1, 1),
    Weight.FIRST: (-1, -1),
    Weight.SELF_REPORT: (-1, 0),
    Weight.CORRECTED: (-1, 0),
    Weight.COMPENSATED: (-1, 0),
}
"""By how many steps a circumstance moves the mildest and the gravest usual measure."""


def usual(entry: Entry, severity: int, weights: Iterable[Weight] = ()) -> Range:
    """The range of measures that is usual."""
    moves = [MOVES[weight] for weight in sorted(set(weights))]
    least, most = (
        _within(each, entry.measure_least, entry.measure_most) for each in BY_SEVERITY[Severity(severity)]
    )
    most = _within(most + sum(move[1] for move in moves), Measure.REMINDER, entry.measure_most)
    least = _within(least + sum(move[0] for move in moves), Measure.REMINDER, most)
    return Range(least, most)


def direction(weights: Iterable[Weight]) -> int:
    """Whether circumstances aggravate (1), mitigate (-1) or neither: by what like cases are told apart."""
    total = sum(sum(MOVES[weight]) for weight in set(weights))
    return (total > 0) - (total < 0)


def _within(measure: int, least: int, most: int) -> int:
    return max(least, min(measure, most))
