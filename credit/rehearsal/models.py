from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField
from core.walls.declared import Wall
from core.walls.models import TenantKey, TenantModel
from credit.rehearsal.states import RehearsalState


class Rehearsal(TenantModel):
    """A rule set run over the members of one association. `report` is the sum of the parts, once all are done.

    `group_ids` are the memberships of a group to be compared with the others, named by whoever asked.
    """

    wall: ClassVar[Wall] = Wall(console="SI", engine="SU", tenant=True)

    public_id = PublicIdField()
    name = models.CharField(_("name"), max_length=40)
    version = models.IntegerField(_("version"))
    sha256 = models.BinaryField(max_length=32)
    canonical = models.BinaryField()
    as_of = models.DateField(_("as of"))
    members = models.IntegerField(_("members"))
    group_name = models.CharField(_("group"), max_length=40, blank=True)
    group_ids = ArrayField(models.BigIntegerField(), default=list)
    asked_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(_("state"), max_length=8, choices=RehearsalState, default=RehearsalState.RUNNING)
    done_at = models.DateTimeField(null=True)
    report = models.JSONField(null=True)

    class Meta:
        verbose_name = _("rehearsal")
        verbose_name_plural = _("rehearsals")
        constraints = [
            models.CheckConstraint(
                name="rehearsal_done_has_report",
                condition=Q(state=RehearsalState.RUNNING, done_at=None, report__isnull=True)
                | Q(state=RehearsalState.DONE, done_at__isnull=False, report__isnull=False)
                | Q(state=RehearsalState.FAILED, done_at__isnull=False, report__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["association", "-id"], name="rehearsal_latest")]

    def __str__(self) -> str:
        return self.name


class RehearsalPart(TenantModel):
    """Members `first_id` to `last_id` of a rehearsal: a task's work, one transaction.

    `tallies` is what it found, until the report has taken it in.
    """

    wall: ClassVar[Wall] = Wall(console="SI", engine="SU", tenant=True)

    rehearsal = TenantKey(Rehearsal, related_name="parts")
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    members = models.IntegerField(_("members"))
    done_at = models.DateTimeField(null=True)
    tallies = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["association", "rehearsal", "first_id"], name="rehearsalpart_once"
            ),
            models.CheckConstraint(
                name="rehearsalpart_has_members", condition=Q(members__gt=0, first_id__lte=F("last_id"))
            ),
            models.CheckConstraint(
                name="rehearsalpart_tallies_when_done",
                condition=Q(done_at__isnull=False) | Q(tallies__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(done_at=None), name="rehearsalpart_to_do")]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id}"
