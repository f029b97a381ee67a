"""A rule set as both engines read it.

`default` is LCR-1, as shipped; `build` reads validated data (see `credit.rulesets.validation`). Pure: standard
library only, so that the offline verifier can use it.
"""

from credit.rulesets.method.reading import DEFAULT_SOURCE, build, default
from credit.rulesets.method.shapes import (
    Band,
    Cap,
    Category,
    Ceilings,
    Checklist,
    Confidence,
    Controls,
    Dimension,
    Evidence,
    Excluded,
    Grade,
    Indicator,
    Item,
    Points,
    Quantity,
    Rate,
    Ratio,
    Records,
    RuleSet,
    Severity,
    Text,
    Training,
)

__all__ = [
    "DEFAULT_SOURCE",
    "Band",
    "Cap",
    "Category",
    "Ceilings",
    "Checklist",
    "Confidence",
    "Controls",
    "Dimension",
    "Evidence",
    "Excluded",
    "Grade",
    "Indicator",
    "Item",
    "Points",
    "Quantity",
    "Rate",
    "Ratio",
    "Records",
    "RuleSet",
    "Severity",
    "Text",
    "Training",
    "build",
    "default",
]
