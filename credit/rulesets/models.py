from __future__ import annotations

import json
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD, Wall
from core.walls.models import TenantModel
from credit.rulesets.states import DATED, VersionState

LEAD_DAYS = 7
"""A change of rules is public so many days before it takes effect (E-commerce Law, Article 34; SCORING)."""

NOT_APPROVED = (VersionState.DRAFT, VersionState.CONSULTATION, VersionState.CONSULTED, VersionState.WITHDRAWN)


class RuleSetVersion(models.Model):
    """A version of the method as published. `association` none: the default for all. Append-only."""

    wall: ClassVar[Wall] = Wall(app="S", console="S", engine="SI", append_only=True)

    association = models.ForeignKey("associations.Association", models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=40)
    sha256 = models.BinaryField(max_length=32, unique=True)
    canonical = models.BinaryField()
    effective_on = models.DateField(_("in force from"))
    adopted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")

    def __str__(self) -> str:
        return self.name


class OwnVersion(TenantModel):
    """An association's own version of the method, from its first draft until it is superseded.

    `source` is the text as handed in, with its comments; `canonical` the bytes that `sha256` names. Both stand
    still once the version leaves the draft, and everything else is written once: a trigger sees to it.
    `until_on` is the last day the text itself gives (none: until further notice); `ends_on` is the last day in
    fact, the day before the next version begins at the latest.
    """

    wall: ClassVar[Wall] = OWN_RECORD

    public_id = PublicIdField()
    name = models.CharField(_("name"), max_length=40)
    number = models.PositiveIntegerField(_("version"), null=True)
    state = models.CharField(
        _("state"), max_length=12, choices=VersionState, default=VersionState.DRAFT, db_index=False
    )
    source = models.TextField()
    canonical = models.BinaryField()
    sha256 = models.BinaryField(max_length=32)
    begins_on = models.DateField(_("in force from"), null=True)
    until_on = models.DateField(null=True)
    ends_on = models.DateField(_("in force until"), null=True)
    author = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("author"))
    drafted_at = models.DateTimeField(default=timezone.now)
    consult_from = models.DateField(_("consultation from"), null=True)
    consult_until = models.DateField(_("consultation until"), null=True)
    announced_in = models.TextField(_("announced in"), blank=True)
    consulted_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    comments = models.PositiveIntegerField(_("comments received"), null=True)
    outcome = models.TextField(_("outcome"), blank=True)
    closed_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField(null=True)
    approved_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    published_on = models.DateField(null=True)
    published_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    withdrawn_why = models.TextField(_("reasons"), blank=True)

    class Meta:
        verbose_name = _("own version")
        verbose_name_plural = _("own versions")
        constraints = [
            models.CheckConstraint(
                name="own_version_consulted_in_public",
                condition=Q(state__in=(VersionState.DRAFT, VersionState.WITHDRAWN))
                | Q(consult_from__isnull=False, consult_until__gt=F("consult_from"), begins_on__isnull=False)
                & ~Q(announced_in=""),
            ),
            models.CheckConstraint(
                name="own_version_approved_after_consultation",
                condition=Q(state__in=NOT_APPROVED)
                | Q(
                    comments__isnull=False,
                    approved_by__isnull=False,
                    approved_on__isnull=False,
                    approved_on__gt=F("consult_until"),
                )
                & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="own_version_approved_by_another",
                condition=Q(approved_by=None) | ~Q(approved_by=F("author")),
            ),
            models.CheckConstraint(
                name="own_version_public_seven_days_before",
                condition=~Q(state__in=DATED)
                | Q(published_by__isnull=False, published_on__isnull=False, begins_on__isnull=False)
                & Q(published_on__gte=F("approved_on"))
                & Q(
                    GreaterThanOrEqual(
                        F("begins_on"),
                        models.ExpressionWrapper(
                            F("published_on") + Value(LEAD_DAYS), output_field=models.DateField()
                        ),
                    )
                ),
            ),
            models.CheckConstraint(
                name="own_version_withdrawn_for_reasons",
                condition=Q(withdrawn_on=None) & ~Q(state=VersionState.WITHDRAWN)
                | Q(withdrawn_on__isnull=False, state=VersionState.WITHDRAWN) & ~Q(withdrawn_why=""),
            ),
            models.CheckConstraint(
                name="own_version_ends_after_it_begins",
                condition=Q(ends_on=None) | Q(begins_on__isnull=False, ends_on__gte=F("begins_on")),
            ),
            ExclusionConstraint(
                name="own_versions_one_at_a_time",
                expressions=[
                    (
                        Func(F("association"), F("association"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("begins_on"),
                            F("ends_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=DATED),
            ),
        ]
        indexes = [models.Index(fields=["association", "begins_on"], name="own_version_by_day")]

    def __str__(self) -> str:
        return self.name

    @property
    def data(self) -> dict[str, Any]:
        """The rule set as plain data."""
        told: dict[str, Any] = json.loads(bytes(self.canonical))
        return told
