"""From indicators to dimensions, and from running values to lines that add up exactly.

A dimension is div(Σ share · indicator, 100) and worth div(weight · dimension, 1000) milli-points.
Rounding: a line's points are the difference of two running totals, each rounded by the same two
divisions; so a line is within one milli-point of its exact share for each rounding, the remainder goes to
the line whose turn it is, and the lines of a dimension sum to the dimension's milli-points, earned and
possible, with nothing over.
"""

from dataclasses import dataclass

from credit.rulesets import method
from credit.scoring.evaluator.arithmetic import div
from credit.scoring.evaluator.indicators import FORMS, Case
from credit.scoring.evaluator.result import Line


@dataclass(frozen=True, slots=True)
class Assembled:
    """A dimension's ratio, 0…R, its milli-points, and the lines that sum to them."""

    value: int
    earned: int
    lines: tuple[Line, ...]


def assemble(case: Case, dimension: method.Dimension) -> Assembled:
    """Read every indicator of a dimension."""
    weight = case.category.weights[dimension.number - 1]
    lines: list[Line] = []
    before = possible_before = 0  # Σ share · value of the indicators done, percent of R
    value = earned = possible = 0
    for indicator in dimension.indicators:
        parts = FORMS[indicator.form](case, indicator)
        for part in parts:
            value = div(before + indicator.share * part.value, 100)
            now_earned = div(weight * value, 1000)
            now_possible = div(weight * div(possible_before + indicator.share * part.possible, 100), 1000)
            lines.append(
                Line(
                    dimension=dimension.number,
                    number=indicator.number,
                    kind=int(part.kind),
                    code=part.code,
                    status=part.status,
                    facts=part.facts,
                    on=part.on,
                    earned=now_earned - earned,
                    possible=now_possible - possible,
                    changes_on=part.changes_on,
                    ends_on=part.ends_on,
                    figures=part.figures,
                )
            )
            earned, possible = now_earned, now_possible
        before += indicator.share * parts[-1].value
        possible_before += indicator.share * parts[-1].possible
    return Assembled(value, earned, tuple(lines))
