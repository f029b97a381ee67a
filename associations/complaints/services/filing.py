"""A platform or authority files by its key. Sent again under the same name, it is the same complaint."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from associations.complaints.models import Filing
from associations.complaints.services.receiving import Told, receive
from associations.complaints.states import Origin
from associations.exchange import rules
from associations.exchange.models import Peer
from associations.tenancy import scope
from core.verdicts import Denied
from core.walls.turns import hold

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Different(Denied):
    """Something else was sent under this name before."""


@transaction.atomic
def file_by_key(*, peer: Peer, sending: str, body_sha256: str, told: Told) -> Filing:
    """Take in what the peer sends, as from it. Raises Denied, `Different`."""
    hold("complaints", scope.association_id())  # of two sendings at once the second sees the first
    peer = Peer.objects.get(pk=peer.pk)
    rules.may_send(peer).enforce()
    before = filings(peer).filter(sending=sending).first()
    if before is not None:
        if before.body_sha256 != body_sha256:
            raise Different(
                _("Under this Idempotency-Key something else was sent before. Send it under a new one.")
            )
        return before
    from_peer = replace(told, origin=Origin(peer.kind), source=peer.name)
    received = receive(told=from_peer, token=f"peer {peer.public_id} {sending}", by=None)
    return Filing.objects.create(
        association_id=peer.association_id,
        peer=peer,
        sending=sending,
        body_sha256=body_sha256,
        complaint=received.complaint,
    )


def filings(peer: Peer) -> QuerySet[Filing]:
    """What the peer filed, with the complaints, the latest first; one query."""
    return Filing.objects.filter(peer=peer).select_related("complaint").order_by("-id")
