"""From when until when a version is in force; two of one association never at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from credit.rulesets.validation.problems import Problem


@dataclass(frozen=True, slots=True)
class Period:
    """A published version's time: from a day to a day, that one included; none: until further notice."""

    name: str
    effective_from: date
    effective_until: date | None


def overlapping(data: Mapping[str, Any], others: Sequence[Period]) -> list[Problem]:
    """The other versions in force in the time this one claims."""
    begins = date.fromisoformat(data["effective_from"])
    until = data.get("effective_until")
    ends = date.fromisoformat(until) if until else date.max
    if ends < begins:
        return [Problem("period_backwards", "effective_until")]
    return [
        Problem("period_taken", "effective_from", {"other": other.name})
        for other in others
        if begins <= (other.effective_until or date.max) and other.effective_from <= ends
    ]
