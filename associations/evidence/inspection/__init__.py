"""Looking into a file before it is kept: what it is by its content, and whether it could harm whoever opens it.

Nothing here renders or runs anything. Pictures and recordings are walked along their own structure to their end, so
that nothing can hang behind it; packages are measured from their directory before a byte is unpacked, then unpacked
piecewise within the limits.
"""

from associations.evidence.inspection.inspecting import Inspected, inspect

__all__ = ["Inspected", "inspect"]
