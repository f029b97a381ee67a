"""The second engine: a rule set compiled into one set-based PostgreSQL statement.

Reads the same rule set as `credit.scoring.evaluator` and gives the same figures to the last digit, for a whole
stretch of one association's members at once. Words: a *stage* is one step of the statement, named for what its
rows have become; a *class* numbers a fact by what it does to a rating, so that one pass over the facts fills every
sum. Promise: integers and dates only, one association a statement (so that it prunes to one partition), nothing of
the rule set written here. What it gives up is the lines: they are exact, so the evaluator derives them on demand.
"""

from credit.scoring.compiler.statement import FIGURES, Scope, select, stages, write

__all__ = ["FIGURES", "Scope", "select", "stages", "write"]
