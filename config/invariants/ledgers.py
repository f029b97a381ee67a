"""I8: every association's chain holds from its first entry to its last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from associations.registry.selectors import association_ids
from associations.tenancy import scope
from core.ledger.services import first_broken

if TYPE_CHECKING:
    from collections.abc import Iterator


def chains_hold() -> Iterator[tuple[str, str, str]]:
    """Yield the first entry of each chain that does not follow from the one before."""
    for association_id in association_ids():
        with scope.of(association_id):
            broken = first_broken(association_id=association_id)
        if broken is not None:
            yield "I8", "the ledger's chain is broken", f"association {association_id}, entry {broken}"
