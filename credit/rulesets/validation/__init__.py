"""Whether a rule set may be used: readable, of the published schema, sensible, inside the limits.

`validate` never raises on bad input, whatever it is; it says what is wrong, where, in words. `load` is
the way from a source (TOML with comments, or JSON) to a `RuleSet`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from credit.rulesets import method
from credit.rulesets.validation.limits import against
from credit.rulesets.validation.periods import Period, overlapping
from credit.rulesets.validation.problems import Problem
from credit.rulesets.validation.remedies import REMEDIES
from credit.rulesets.validation.schema import SCHEMA, shape_problems
from credit.rulesets.validation.sense import sense_problems
from credit.rulesets.validation.source import read

Source = bytes | str | Mapping[str, Any]


class RuleSetRefusedError(ValueError):
    """The source is not a usable rule set; `problems` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{p.field}: {p.text()}" for p in problems))
        self.problems = tuple(problems)


def validate(
    source: Source, *, base: method.RuleSet | None = None, others: Sequence[Period] = ()
) -> list[Problem]:
    """Everything wrong with a rule set, in the order a person would mend it; empty if it may be used.

    `base`: the rule set whose limits hold (LCR-1 for an association's own version; none for a new default).
    `others`: the periods of the versions already published for the same association.
    """
    return _checked(source, base, others)[1]


def load(
    source: Source, *, base: method.RuleSet | None = None, others: Sequence[Period] = ()
) -> method.RuleSet:
    """The rule set of a source. Raises RuleSetRefusedError with every problem."""
    data, problems = _checked(source, base, others)
    if data is None or problems:
        raise RuleSetRefusedError(problems)
    return method.build(data)


def _checked(
    source: Source, base: method.RuleSet | None, others: Sequence[Period]
) -> tuple[dict[str, Any] | None, list[Problem]]:
    data, problems = read(source)
    if data is None:
        return None, problems
    problems = shape_problems(data)
    if not problems:
        problems = sense_problems(data) + overlapping(data, others) + (against(data, base) if base else [])
    return data, problems


__all__ = [
    "REMEDIES",
    "SCHEMA",
    "Period",
    "Problem",
    "RuleSetRefusedError",
    "Source",
    "load",
    "read",
    "validate",
]
