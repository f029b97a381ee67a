"""The association's own pages in the console: officers, charter, audit trail."""

from associations.registry.views.charter import charter
from associations.registry.views.ledger import ledger, verify
from associations.registry.views.officers import end, officers

__all__ = ["charter", "end", "ledger", "officers", "verify"]
