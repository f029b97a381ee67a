"""The own statement beside a record, and the queue to publication."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.remedies.models.about import About, by_another
from associations.remedies.states import StatementState
from core.walls.declared import Wall
from core.walls.models import TenantModel, TenantOneToOne

MOST_CHARACTERS = 1000


class OwnStatement(About):
    """What the subject says beside a record. An officer looks for unlawful content only, with reasons."""

    text = models.TextField(_("own statement"), max_length=MOST_CHARACTERS)
    state = models.CharField(
        _("state"), max_length=10, choices=StatementState, default=StatementState.WRITTEN
    )
    reasons = models.TextField(_("reasons"), blank=True)
    checked_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("own statement")
        verbose_name_plural = _("own statements")
        constraints = [
            models.CheckConstraint(
                name="statement_of_a_thousand",
                condition=~Q(text="") & Q(LessThanOrEqual(Length("text"), MOST_CHARACTERS)),
            ),
            models.UniqueConstraint(
                fields=["association", "membership", "thing", "ref"],
                condition=~Q(state="taken_back"),
                name="statement_one_beside_a_record",
            ),
            by_another("statement_checked_by_another", "checked_by"),
            models.CheckConstraint(
                name="statement_checked_with_reasons",
                condition=Q(state="written", checked_by=None, checked_at=None)
                | Q(state="taken_back", taken_back_at__isnull=False)
                | Q(state__in=["passed", "withheld"], checked_by__isnull=False, checked_at__isnull=False)
                & ~Q(reasons=""),
            ),
        ]
        indexes = [models.Index(fields=["association", "state"], name="statement_by_state")]


class MarksDue(TenantModel):
    """The queue to publication: whose marks have changed. One row a membership, removed when it was looked at."""

    wall: ClassVar[Wall] = Wall(console="SIU", engine="SIUD", tenant=True)

    membership = TenantOneToOne("associations.Membership", related_name="+")
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.membership_id)
