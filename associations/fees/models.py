from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.walls.declared import Wall
from core.walls.models import AssociationOf, TenantKey, TenantModel

KEPT_FROM_RATING = Wall(console="SI", tenant=True, append_only=True)
"""No letter for the engine: whoever rates cannot read what was paid."""
MOST = 10**11


class FeeTable(TenantModel):
    """A version of the fee table. Append-only.

    `items` is a list of {"name": "理事单位", "amount": 500000}, in fen a year.
    """

    wall: ClassVar[Wall] = KEPT_FROM_RATING

    version = models.CharField(_("version"), max_length=20)
    adopted_on = models.DateField(_("adopted on"))
    effective_on = models.DateField(_("in force from"))
    basis = models.CharField(_("adopted by"), max_length=200)
    items = models.JSONField(_("items"))
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("fee table")
        verbose_name_plural = _("fee tables")
        constraints = [
            models.UniqueConstraint(fields=["association", "version"], name="fee_table_version_once"),
            models.CheckConstraint(name="fee_table_says_by_whom", condition=~Q(basis="")),
            models.CheckConstraint(
                name="fee_table_adopted_first", condition=Q(effective_on__gte=F("adopted_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.version


class FeePaid(TenantModel):
    """Money received from a member for a year, in fen; negative: given back, with the reason. Append-only."""

    wall: ClassVar[Wall] = KEPT_FROM_RATING

    membership = TenantKey("associations.Membership", related_name="+")
    association = AssociationOf("membership")
    year = models.SmallIntegerField(_("for the year"))
    amount = models.BigIntegerField(_("amount"))
    paid_on = models.DateField(_("paid on"))
    receipt = models.CharField(_("receipt number"), max_length=40)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("fee payment")
        verbose_name_plural = _("fee payments")
        constraints = [
            models.UniqueConstraint(fields=["association", "receipt"], name="fee_receipt_once"),
            models.CheckConstraint(name="fee_has_its_receipt", condition=~Q(receipt="")),
            models.CheckConstraint(
                name="fee_is_some_amount", condition=Q(amount__range=(-MOST, MOST)) & ~Q(amount=0)
            ),
            models.CheckConstraint(
                name="fee_given_back_with_reason", condition=Q(amount__gt=0) | ~Q(reason="")
            ),
            models.CheckConstraint(name="fee_possible_year", condition=Q(year__range=(1990, 2100))),
        ]
        indexes = [
            models.Index(fields=["association", "membership", "year"], name="fee_of_member"),
            models.Index(fields=["association", "year", "-id"], name="fee_by_year"),
        ]

    def __str__(self) -> str:
        return self.receipt
