from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.imports.states import Paper, RunState
from core.public_ids import PublicIdField
from core.walls.declared import Wall
from core.walls.models import TenantKey, TenantModel


class Run(TenantModel):
    """One file on its way in, with its lease and its counts.

    `content` is sealed while the run waits and dropped when it ends: the file holds personal data.
    """

    wall: ClassVar[Wall] = Wall(console="SIU", engine="SU", tenant=True)

    public_id = PublicIdField()
    paper = models.CharField(_("kind"), max_length=10, choices=Paper)
    filename = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.PREVIEW)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=dict)
    refusal = models.JSONField(default=dict)
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["state", "lease_until"], name="run_waiting")]

    def __str__(self) -> str:
        return self.filename


class Refusal(TenantModel):
    """A row that was not taken in: which, which column, why. Values of persons are masked."""

    wall: ClassVar[Wall] = Wall(console="SI", engine="S", tenant=True)

    run = TenantKey(Run, related_name="refusals")
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=60)
    code = models.CharField(max_length=40)
    value = models.CharField(_("value"), max_length=120, blank=True)
    params = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.row} {self.code}"
