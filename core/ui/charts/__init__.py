"""Charts as SVG: pure functions from dataclasses to markup.

Each is drawn twice, wide and narrow, so that the text of an axis never shrinks; each has a title, a description and
a table or list with the same numbers. Lengths are SVG attributes: inline styles are refused by the policy.
"""

from core.ui.charts.distribution import Distribution, distribution
from core.ui.charts.history import Ceiling, Fact, History, Step, history
from core.ui.charts.migration import Migration, migration
from core.ui.charts.small import Bar, Multiple, Training, bars, multiples, sparkline, training
from core.ui.charts.term import Term, term

__all__ = [
    "Bar",
    "Ceiling",
    "Distribution",
    "Fact",
    "History",
    "Migration",
    "Multiple",
    "Step",
    "Term",
    "Training",
    "bars",
    "distribution",
    "history",
    "migration",
    "multiples",
    "sparkline",
    "term",
    "training",
]
