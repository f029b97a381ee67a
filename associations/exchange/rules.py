"""Who gives keys, and whose key opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from associations.exchange.models import Peer
    from core.accounts.models import User


def may_give_keys(user: User | None) -> Verdict:
    """Who gives a platform or authority its key, and ends it."""
    return may(user, Verb.MANAGE_ASSOCIATION)


def may_send(peer: Peer | None) -> Verdict:
    """A key opens until it is ended, from then on at once nothing more."""
    if peer is None:
        return denied(_("This key opens nothing here. Ask the association for one."))
    if peer.until is not None:
        return denied(_("This key has ended. Ask the association for a new one."))
    return ALLOWED
