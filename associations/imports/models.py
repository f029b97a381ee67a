from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.imports.states import Paper, RunState
from core.public_ids import PublicIdField
from core.walls.declared import Wall
from core.walls.models import AssociationOf, TenantKey, TenantModel


class Run(TenantModel):
    """One file on its way in, with its lease and its counts.

    `content` is sealed while the run waits and dropped when it ends: the file holds personal data. `summary`
    counts the reasons, `refusal` says why the file as a whole was not taken ({"code", "params"}). `started_at`
    names the worker that has the run: whoever claims it anew sets it anew.
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
        indexes = [
            models.Index(
                fields=["state", "lease_until"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="run_waiting",
            ),
            models.Index(fields=["association", "-id"], name="run_latest_first"),
        ]

    def __str__(self) -> str:
        return self.filename


class Refusal(TenantModel):
    """A row that was not taken in, or a note about one that was: which, which column, why.

    `message` is a msgid that `params` fill; values of persons are masked. Found anew when the run is carried
    out, since what stood in the way may be gone by then.
    """

    wall: ClassVar[Wall] = Wall(console="SID", engine="S", tenant=True)

    association = AssociationOf("run")
    run = TenantKey(Run, related_name="refusals", db_index=False)
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=60)
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=300)
    refused = models.BooleanField(default=True)
    value = models.CharField(_("value"), max_length=120, blank=True)
    params = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("refused row")
        verbose_name_plural = _("refused rows")
        indexes = [models.Index(fields=["association", "run", "id"], name="refusal_of_run")]

    def __str__(self) -> str:
        return f"{self.row} {self.code}"
