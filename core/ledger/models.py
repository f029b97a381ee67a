from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.walls.declared import Wall
from core.walls.models import TenantModel


class Entry(TenantModel):
    """One act. Append-only.

    `seq` counts from 1 without gaps in each association; `hash` = SHA-256(previous ‖ canonical JSON).
    """

    wall: ClassVar[Wall] = Wall(console="SI", engine="SI", tenant=True, append_only=True)

    seq = models.BigIntegerField(_("number"))
    at = models.DateTimeField(_("time"))
    act = models.CharField(_("act"), max_length=60)
    actor = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(_("by"), max_length=60)
    thing = models.CharField(_("object"), max_length=40)
    thing_id = models.CharField(max_length=64)
    why = models.TextField(_("reason"), blank=True)
    detail = models.JSONField(default=dict)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        constraints = [
            models.UniqueConstraint(fields=["association", "seq"], name="entry_numbered_once"),
        ]
        indexes = [models.Index(fields=["association", "thing", "thing_id"], name="entry_of_thing")]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"
