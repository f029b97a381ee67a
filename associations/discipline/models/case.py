"""The first half of a case: what is alleged, what the member was told and answered, every step."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.conduct.states import Severity
from associations.discipline.states import CaseState, Measure, StatementKind, Step
from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import TenantKey, TenantModel, TenantOneToOne


class Case(TenantModel):
    """A disciplinary case against one member under one catalogue entry.

    `occurred_on` is the day of the act, by which the law is chosen; paper may not tell it. `imported` cases
    are past ones: they have a decision, and no notice, statement or panel of their own.
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
        ]
        indexes = [
            models.Index(fields=["association", "state", "id"], name="case_by_state"),
            models.Index(fields=["association", "membership"], name="case_of_member"),
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


class Notice(TenantModel):
    """Prior notice 事先告知 served on the member: when, how, with what proof. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantOneToOne(Case, related_name="notice")
    served_on = models.DateField(_("served on"))
    method = models.CharField(_("how served"), max_length=60)
    proof = models.CharField(_("proof of service"), max_length=200)
    text = models.TextField(_("facts, reasons, basis and measure intended"))
    measure = models.SmallIntegerField(_("measure intended"), choices=Measure)
    answer_until = models.DateField(_("statement due by"))
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="notice_is_proven", condition=~Q(proof="")),
            models.CheckConstraint(name="notice_gives_time", condition=Q(answer_until__gt=F("served_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.served_on}"


class Statement(TenantModel):
    """The member's statement and defence, its waiver, or the lapse of its time. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantOneToOne(Case, related_name="statement")
    kind = models.CharField(max_length=10, choices=StatementKind)
    received_on = models.DateField()
    text = models.TextField(_("statement"), blank=True)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="statement_submitted_says_it", condition=~Q(kind="submitted") | ~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
