from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.conduct.states import Severity
from associations.discipline.states import CaseState, Lack, Measure, StatementKind
from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import TenantKey, TenantModel, TenantOneToOne


class Case(TenantModel):
    """A disciplinary case against one member under one catalogue entry."""

    public_id = PublicIdField()
    number = models.CharField(_("case number"), max_length=40)
    membership = TenantKey("associations.Membership", related_name="cases")
    code = models.SmallIntegerField(_("catalogue entry"))
    severity = models.SmallIntegerField(_("severity"), choices=Severity)
    allegation = models.TextField(_("facts alleged"))
    basis = models.TextField(_("basis"))
    state = models.CharField(_("state"), max_length=10, choices=CaseState, default=CaseState.FILED)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    imported = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.UniqueConstraint(fields=["association", "number"], name="case_number_once"),
            models.CheckConstraint(
                name="case_opened_by_someone", condition=Q(imported=True) | Q(opened_by__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["association", "state"], name="case_by_state"),
            models.Index(fields=["association", "membership"], name="case_of_member"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseEvent(TenantModel):
    """A step of a case. Append-only: with the states table this is the case's history."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantKey(Case, related_name="events")
    before = models.CharField(max_length=10, choices=CaseState, blank=True)
    after = models.CharField(max_length=10, choices=CaseState)
    verb = models.CharField(max_length=30)
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["association", "case", "at"], name="event_of_case")]

    def __str__(self) -> str:
        return self.verb


class Notice(TenantModel):
    """Prior notice 事先告知 served on the member: when, how, with what proof. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantOneToOne(Case, related_name="notice")
    served_on = models.DateField(_("served on"))
    method = models.CharField(_("how served"), max_length=60)
    proof = models.CharField(_("proof of service"), max_length=200)
    text = models.TextField(_("facts, reasons, basis and measure intended"))
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
            models.CheckConstraint(name="statement_submitted_says_it", condition=~Q(kind="submitted") | ~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Seat(TenantModel):
    """A panel member's seat in a case. Whoever opened the case has none (also a constraint below)."""

    wall: ClassVar[Wall] = Wall(console="SIU", engine="S", tenant=True)

    case = TenantKey(Case, related_name="seats")
    user = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    opened_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    chair = models.BooleanField(default=False)
    recused_at = models.DateTimeField(null=True)
    recusal_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["association", "case", "user"], name="seat_once"),
            models.UniqueConstraint(
                fields=["association", "case"], condition=Q(chair=True, recused_at=None), name="seat_one_chair"
            ),
            models.CheckConstraint(name="seat_not_for_who_opened", condition=~Q(user=F("opened_by"))),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class Vote(TenantModel):
    """One vote of a panel member. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    seat = TenantOneToOne(Seat, related_name="vote")
    in_favour = models.BooleanField(_("in favour"))
    measure = models.SmallIntegerField(_("measure"), choices=Measure)
    reasons = models.TextField(_("reasons"), blank=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return "+" if self.in_favour else "-"


class Decision(TenantModel):
    """What was decided. `lacks` lists why it does not count; a decision that counts lacks nothing.

    Votes and seats are counts; for an imported decision they are what the paper says.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    public_id = PublicIdField()
    case = TenantOneToOne(Case, related_name="decision")
    number = models.CharField(_("decision number"), max_length=40)
    decided_on = models.DateField(_("decided on"))
    measure = models.SmallIntegerField(_("measure"), choices=Measure)
    severity = models.SmallIntegerField(_("severity"), choices=Severity)
    reasons = models.TextField(_("facts found and reasons"))
    basis = models.TextField(_("basis"))
    charter = TenantKey("associations.CharterVersion", null=True, related_name="+")
    charter_article = models.CharField(_("charter article"), max_length=40, blank=True)
    members_due = models.PositiveSmallIntegerField(_("members due"))
    members_present = models.PositiveSmallIntegerField(_("members present"))
    votes_in_favour = models.PositiveSmallIntegerField(_("votes in favour"))
    notice_served_on = models.DateField(_("notice served on"), null=True)
    statement = models.CharField(max_length=10, choices=StatementKind, blank=True)
    statement_due_on = models.DateField(null=True)
    appeal_until = models.DateField(_("appeal until"))
    ends_on = models.DateField(_("measure ends on"), null=True)
    lacks = ArrayField(models.CharField(max_length=16, choices=Lack), default=list)
    counts = models.BooleanField(_("counts"))
    decided_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(fields=["association", "number"], name="decision_number_once"),
            models.CheckConstraint(
                name="decision_counts_only_if_complete",
                condition=Q(counts=False)
                | Q(
                    lacks=[],
                    notice_served_on__isnull=False,
                    notice_served_on__lt=F("decided_on"),
                    charter__isnull=False,
                    members_due__gt=0,
                    members_present__lte=F("members_due"),
                    votes_in_favour__lte=F("members_present"),
                )
                & ~Q(statement="")
                & ~Q(charter_article=""),
            ),
            models.CheckConstraint(
                name="decision_counts_only_with_majority",
                condition=Q(counts=False) | Q(members_present__lt=F("votes_in_favour") * 2),
            ),
            models.CheckConstraint(
                name="decision_counts_only_with_two_thirds",
                condition=Q(counts=False) | Q(members_present__gte=(F("members_due") * 2 + 2) / 3),
            ),
            models.CheckConstraint(
                name="decision_bar_for_life_has_no_end", condition=~Q(measure=6) | Q(ends_on=None)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Service(TenantModel):
    """A decision handed over: when, how, with what proof. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    decision = TenantOneToOne(Decision, related_name="service")
    served_on = models.DateField(_("served on"))
    method = models.CharField(_("how served"), max_length=60)
    proof = models.CharField(_("proof of service"), max_length=200)
    told_of_publication = models.BooleanField(_("told that it will be published"))
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.served_on}"


class Reversal(TenantModel):
    """A decision set aside, with reasons, by somebody who did not take it. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    decision = TenantOneToOne(Decision, related_name="reversal")
    reversed_on = models.DateField(_("reversed on"))
    reasons = models.TextField(_("reasons"))
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reversal_by_another", condition=Q(decided_by=None) | ~Q(by=F("decided_by"))
            ),
            models.CheckConstraint(name="reversal_has_reasons", condition=~Q(reasons="")),
        ]

    def __str__(self) -> str:
        return f"{self.reversed_on}"
