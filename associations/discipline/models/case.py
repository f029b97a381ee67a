"""A case: what is alleged, who is what to it, every step, more time, and its end without a decision."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.conduct.states import Severity
from associations.discipline.states import EXITS, CaseState, Origin, Side, Step, Weight
from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import TenantKey, TenantModel, TenantOneToOne


class Case(TenantModel):
    """A disciplinary case against one member under one catalogue entry.

    `occurred_on` is the day of the act, by which the law is chosen; paper may not tell it. `imported` cases
    are past ones: they have a decision, and no notice, statement or panel of their own. `since` and `due_on` are the
    clock that runs (`clocks`). `reported` and `hearing_owed` are what a decision may rely on: it copies them.
    `continues` is the case whose decision was sent back on appeal.
    """

    public_id = PublicIdField()
    number = models.CharField(_("case number"), max_length=40)
    membership = TenantKey("associations.Membership", related_name="cases")
    code = models.SmallIntegerField(_("catalogue entry"))
    severity = models.SmallIntegerField(_("severity"), choices=Severity)
    allegation = models.TextField(_("facts alleged"))
    basis = models.TextField(_("basis"))
    occurred_on = models.DateField(_("date of the act"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=CaseState, default=CaseState.FILED)
    opened_on = models.DateField(_("opened on"), default=timezone.localdate)
    opened_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    origin = models.CharField(_("comes from"), max_length=10, choices=Origin, default=Origin.PATROL)
    origin_ref = models.CharField(_("its number there"), max_length=80, blank=True)
    filed_on = models.DateField(_("filed on"), null=True)
    investigator = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    reported = models.BooleanField(default=False)
    hearing_owed = models.BooleanField(default=False)
    since = models.DateField(null=True)
    due_on = models.DateField(_("due on"), null=True)
    continues = TenantOneToOne("self", null=True, related_name="continued_by")
    imported = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.UniqueConstraint(fields=["association", "number"], name="case_number_once"),
            models.CheckConstraint(
                name="case_opened_by_someone",
                condition=Q(imported=True, opened_by=None)
                | Q(imported=False, opened_by__isnull=False, occurred_on__isnull=False),
            ),
            models.CheckConstraint(
                name="case_opened_after_the_act",
                condition=Q(occurred_on=None) | Q(opened_on__gte=F("occurred_on")),
            ),
            models.CheckConstraint(
                name="case_reported_by_its_investigator",
                condition=Q(imported=True) | Q(reported=False) | Q(investigator__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["association", "state", "id"], name="case_by_state"),
            models.Index(fields=["association", "membership"], name="case_of_member"),
            models.Index(
                fields=["association", "due_on"], condition=Q(due_on__isnull=False), name="case_by_clock"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseEvent(TenantModel):
    """A step of a case, and the day it was taken. Append-only: with the states table this is its history."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantKey(Case, related_name="events")
    before = models.CharField(max_length=10, choices=CaseState, blank=True)
    after = models.CharField(max_length=10, choices=CaseState)
    step = models.CharField(max_length=20, choices=Step)
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["association", "case", "id"], name="event_of_case"),
            models.Index(fields=["at"], name="event_by_time"),
        ]

    def __str__(self) -> str:
        return self.get_step_display()


class Part(TenantModel):
    """What somebody is to a case: one thing and no other. Append-only.

    Whoever judges, approves or reviews points to a row here, so that two of these are never the same person.
    `opened_by` and `imported` are the case's, copies the database holds equal.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantKey(Case, related_name="parts", copies=("opened_by", "imported"))
    opened_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    imported = models.BooleanField(default=False)
    user = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=Side)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["association", "case", "user"], name="part_one_a_person"),
            models.CheckConstraint(
                name="part_of_who_opened_is_to_accuse",
                condition=Q(imported=True, opened_by=None)
                | (Q(imported=False, opened_by__isnull=False) & (Q(side="accuse") | ~Q(user=F("opened_by")))),
            ),
        ]

    def __str__(self) -> str:
        return self.get_side_display()


class Circumstance(TenantModel):
    """A circumstance that weighs on the measure, and by what it is known. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantKey(Case, related_name="circumstances")
    kind = models.CharField(_("circumstance"), max_length=10, choices=Weight)
    words = models.TextField(_("by what it is known"))
    found_on = models.DateField()
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["association", "case", "kind"], name="circumstance_once"),
            models.CheckConstraint(name="circumstance_is_known_by_something", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Extension(TenantModel):
    """More time for a clock: once, with reasons. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantKey(Case, related_name="extensions")
    clock = models.CharField(max_length=10)
    days = models.PositiveSmallIntegerField()
    reasons = models.TextField(_("reasons"))
    on = models.DateField()
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["association", "case", "clock"], name="extension_once_a_clock"),
            models.CheckConstraint(name="extension_has_reasons", condition=~Q(reasons="")),
        ]

    def __str__(self) -> str:
        return f"{self.clock} +{self.days}"


class Ending(TenantModel):
    """How a case ended without a decision, why, and to whom it went. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantOneToOne(Case, related_name="ending")
    kind = models.CharField(max_length=20, choices=[(step.value, step.label) for step in EXITS])
    ended_on = models.DateField(_("ended on"))
    reasons = models.TextField(_("reasons"))
    receiver = models.CharField(_("handed to"), max_length=160, blank=True)
    receipt = models.CharField(_("receipt"), max_length=200, blank=True)
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="ending_has_reasons", condition=~Q(reasons="")),
            models.CheckConstraint(
                name="ending_elsewhere_has_a_receipt",
                condition=~Q(kind="transfer") | (~Q(receiver="") & ~Q(receipt="")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
