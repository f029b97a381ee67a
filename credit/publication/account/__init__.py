"""An association's public account of itself: how it does with its cases, what it charges, whether fees buy grades.

Counted from its own records in its own scope, not from what it chose to publish. Of natural persons nothing is
told by which one could be recognised: their grades are in no table, and of fewer than five nothing is said.
"""

from credit.publication.account.payload import payload_of, version_of

__all__ = ["payload_of", "version_of"]
