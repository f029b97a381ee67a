"""Giving keys to platforms and authorities, ending them, and knowing who sends by one."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.exchange import rules
from associations.exchange.models import Peer
from associations.registry.models import Association
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.subjects import encryption
from core.verdicts import Denied

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from associations.exchange.states import PeerKind
    from core.accounts.models import User

NUMBER_DIGITS = 3


def peers() -> QuerySet[Peer]:
    """All of them, those whose key opens first, the latest first; one query."""
    return Peer.objects.select_related("by", "ended_by").order_by("until", "-id")


@transaction.atomic
def give_key(*, kind: PeerKind, name: str, by: User) -> tuple[Peer, str]:
    """Enter a peer. Gives it with its key, which is told this once: `001-…`, the association's number first."""
    rules.may_give_keys(by).enforce()
    if not name.strip():
        raise Denied(_("Say which platform or authority it is for."))
    association_id = scope.association_id()
    number = Association.objects.values_list("number", flat=True).get(pk=association_id)
    key = f"{number:0{NUMBER_DIGITS}d}-{secrets.token_urlsafe(32)}"
    peer = Peer.objects.create(
        association_id=association_id, kind=kind, name=name.strip(), key_index=_index(key), by=by
    )
    _told(peer, Act.PEER_KEY_GIVEN, by)
    return peer, key


@transaction.atomic
def end_key(*, peer: Peer, by: User) -> None:
    """End a peer's key; ended already, nothing changes."""
    rules.may_give_keys(by).enforce()
    peer = Peer.objects.select_for_update(of=("self",)).get(pk=peer.pk)
    if peer.until is not None:
        return
    peer.until, peer.ended_by = timezone.now(), by
    peer.save(update_fields=["until", "ended_by"])
    _told(peer, Act.PEER_KEY_ENDED, by)


def by_key(key: str) -> Peer | None:
    """Whose key it is; None: nobody's. Outside every scope: the key's first digits say where to look."""
    number, _dash, _rest = key.partition("-")
    if len(number) != NUMBER_DIGITS or not (number.isascii() and number.isdecimal()):
        return None
    association = Association.objects.filter(number=int(number)).first()
    if association is None:
        return None
    with scope.of(association):
        return Peer.objects.filter(key_index=_index(key)).first()


def _index(key: str) -> bytes:
    return encryption.index("secret", f"peer key {key}")


def _told(peer: Peer, act: Act, by: User) -> None:
    ledger.record(
        association_id=peer.association_id,
        act=act,
        thing="peer",
        thing_id=peer.public_id,
        detail={"kind": str(peer.kind), "name": peer.name},
        by=by,
    )
