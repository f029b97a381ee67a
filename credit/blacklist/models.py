from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField
from core.walls.declared import JUDGEMENT_KEPT, Wall
from core.walls.models import TenantKey, TenantModel, TenantOneToOne
from credit.blacklist.states import BarState


class Bar(TenantModel):
    """A bar of one association against one subject. `until_on` none: for life, reviewed all the same."""

    wall: ClassVar[Wall] = Wall(console="SU", engine="SIU", tenant=True)

    public_id = PublicIdField()
    membership = TenantKey("associations.Membership", related_name="bars")
    subject = models.ForeignKey("core.Subject", models.PROTECT, related_name="+")
    fact = TenantOneToOne("associations.Fact", related_name="bar")
    decision_ref = models.CharField(max_length=22)
    ground = models.TextField(_("ground"))
    for_life = models.BooleanField(_("for life"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True)
    review_on = models.DateField(_("review on"))
    state = models.CharField(_("state"), max_length=10, choices=BarState, default=BarState.LISTED)

    class Meta:
        verbose_name = _("bar")
        verbose_name_plural = _("bars")
        constraints = [
            models.CheckConstraint(
                name="bar_for_life_has_no_end",
                condition=Q(for_life=True, until_on=None) | Q(for_life=False, until_on__gt=F("from_on")),
            ),
            models.CheckConstraint(
                name="bar_for_life_never_expires", condition=Q(for_life=False) | ~Q(state="expired")
            ),
            models.CheckConstraint(name="bar_is_reviewed", condition=Q(review_on__gt=F("from_on"))),
        ]

    def __str__(self) -> str:
        return self.public_id


class BarEvent(TenantModel):
    """Listed, reviewed, suspended, lifted, expired. Append-only."""

    wall: ClassVar[Wall] = Wall(console="SI", engine="SI", tenant=True, append_only=True)

    bar = TenantKey(Bar, related_name="events")
    before = models.CharField(max_length=10, choices=BarState, blank=True)
    after = models.CharField(max_length=10, choices=BarState)
    at = models.DateTimeField(default=timezone.now)
    reasons = models.TextField(blank=True)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.after


class BarNews(TenantModel):
    """Told to another association in which the barred subject is a member: that a bar exists, no more. Append-only."""

    wall: ClassVar[Wall] = JUDGEMENT_KEPT

    membership = TenantKey("associations.Membership", related_name="+")
    bar_public_id = models.CharField(max_length=22)
    set_by = models.ForeignKey("associations.Association", models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["association", "membership", "bar_public_id"], name="news_once"),
        ]

    def __str__(self) -> str:
        return self.bar_public_id
