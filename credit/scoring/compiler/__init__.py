"""The second engine: a rule set compiled into one set-based PostgreSQL statement.

Reads the same rule set as `credit.scoring.evaluator` and gives the same figures to the last digit, for whole
stretches of members at once. Words: a *stage* is one step of the statement, named for what its rows have become; a
*class* numbers a fact by what it does to a rating, so that one pass over the facts fills every sum; a *stretch* is
members of one association, by row number. Promise: integers and dates only, each stretch looked up in its
association's partition alone, nothing of the rule set written here. What it gives up is the lines: they are exact, so
the evaluator derives them on demand.
"""

from credit.scoring.compiler.asked import Asked, Scope
from credit.scoring.compiler.statement import FIGURES, select, stages, write

__all__ = ["FIGURES", "Asked", "Scope", "select", "stages", "write"]
