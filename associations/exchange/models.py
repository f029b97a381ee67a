from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.exchange.states import PeerKind
from core.public_ids import PublicIdField
from core.walls.declared import Wall
from core.walls.models import TenantModel


class Peer(TenantModel):
    """A platform or authority that sends by a key. Of the key only a keyed hash is kept; it is never given again.

    From `until` on the key opens nothing; a new key is a new row.
    """

    wall: ClassVar[Wall] = Wall(console="SIU", tenant=True)

    public_id = PublicIdField()
    kind = models.CharField(_("kind"), max_length=10, choices=PeerKind)
    name = models.CharField(_("name"), max_length=120)
    key_index = models.BinaryField(max_length=32)
    since = models.DateTimeField(_("since"), default=timezone.now)
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    until = models.DateTimeField(_("until"), null=True)
    ended_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("peer")
        verbose_name_plural = _("peers")
        constraints = [
            models.UniqueConstraint(fields=["association", "key_index"], name="peer_by_its_key"),
            models.CheckConstraint(name="peer_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="peer_ended_by_somebody",
                condition=Q(until=None, ended_by=None) | Q(until__gte=F("since"), ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name
