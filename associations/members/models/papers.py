from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.members.models.membership import Membership
from associations.members.states import Item, Purpose
from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import AssociationOf, TenantKey, TenantModel


class AgencyLink(TenantModel):
    """A streamer signed with an agency from a day to a day. A sanction never spreads over it."""

    association = AssociationOf("agency")
    public_id = PublicIdField()
    agency = TenantKey(Membership, related_name="streamer_links", db_index=False)
    streamer = TenantKey(Membership, related_name="agency_links", db_index=False)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("agency link")
        verbose_name_plural = _("agency links")
        constraints = [
            models.CheckConstraint(
                name="link_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            ExclusionConstraint(
                name="link_once_at_a_time",
                expressions=[
                    ("association", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    ("streamer", RangeOperators.EQUAL),
                    (
                        Func(
                            F("since"),
                            F("until"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["association", "agency"], name="link_of_agency"),
            models.Index(fields=["association", "streamer"], name="link_of_streamer"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}–{self.streamer_id}"


class Check(TenantModel):
    """One checklist item verified, or found missing, on a day. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    association = AssociationOf("membership")
    membership = TenantKey(Membership, related_name="checks", db_index=False)
    item = models.SmallIntegerField(_("item"), choices=Item)
    passed = models.BooleanField(_("in order"))
    checked_on = models.DateField(_("checked on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["association", "membership", "item"], name="check_of_member")]

    def __str__(self) -> str:
        return self.get_item_display()


class Consent(TenantModel):
    """A consent given or withdrawn, per purpose; the latest decides. Append-only (PIPL Art. 14–15)."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    association = AssociationOf("membership")
    membership = TenantKey(Membership, related_name="consents", db_index=False)
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    receiver = models.CharField(_("receiver"), max_length=120, blank=True)
    given = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)
    method = models.CharField(_("how"), max_length=60)
    text_version = models.CharField(_("version of the text"), max_length=20)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["association", "membership", "purpose"], name="consent_of_member"),
            models.Index(
                fields=["association", "membership"], condition=Q(given=False), name="consent_withdrawn"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="consent_to_share_names_receiver", condition=~Q(purpose="share") | ~Q(receiver="")
            ),
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()


class PlatformAccount(TenantModel):
    """A streamer's account on a platform: sealed, found by its keyed hash, shown only with consent."""

    association = AssociationOf("membership")
    membership = TenantKey(Membership, related_name="accounts", db_index=False)
    platform = models.CharField(_("platform"), max_length=60)
    account_sealed = models.BinaryField()
    account_index = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["association", "membership", "account_index"], name="account_once"
            ),
        ]

    def __str__(self) -> str:
        return self.platform
