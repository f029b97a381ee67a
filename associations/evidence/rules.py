"""By-laws of evidence. Whether a file may be added to a thing is that thing's room's by-law."""

from __future__ import annotations

from typing import TYPE_CHECKING

from associations.registry.rules import Verb, may

if TYPE_CHECKING:
    from core.accounts.models import User
    from core.verdicts import Verdict


def may_open(user: User | None) -> Verdict:
    """Every officer of the association may open what is in its files; members, what their own pages hand them."""
    return may(user, Verb.LOOK)
