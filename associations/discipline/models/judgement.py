"""The second half: who judged and how, what was decided, handed over, set aside."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.conduct.states import Severity
from associations.discipline.models.case import Case
from associations.discipline.states import Lack, Measure, StatementKind
from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import TenantKey, TenantModel, TenantOneToOne


class Seat(TenantModel):
    """A panel member's seat in a case. Whoever opened the case has none.

    `opened_by` is a copy the database holds equal to the case's, so that the check below means what it says.
    """

    wall: ClassVar[Wall] = Wall(console="SIU", engine="S", tenant=True)

    case = TenantKey(Case, related_name="seats", copies=("opened_by",))
    user = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    opened_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    chair = models.BooleanField(default=False)
    seated_on = models.DateField()
    replaces = TenantOneToOne("self", null=True, related_name="replaced_by")
    recused = models.BooleanField(default=False)
    recused_on = models.DateField(null=True)
    recusal_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["association", "case", "user"], name="seat_once"),
            models.UniqueConstraint(
                fields=["association", "case"],
                condition=Q(chair=True, recused=False),
                name="seat_one_chair",
            ),
            models.CheckConstraint(name="seat_not_for_who_opened", condition=~Q(user=F("opened_by"))),
            models.CheckConstraint(
                name="seat_recused_with_reasons",
                condition=Q(recused=False, recused_on=None)
                | (Q(recused=True, recused_on__isnull=False) & ~Q(recusal_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class Vote(TenantModel):
    """One vote of a panel member. Append-only.

    `measure` is what a vote in favour asks for; it also carries every milder one. `recused` is a copy of the
    seat's and never true: a recused member cannot vote, and who has voted can no longer be recused.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    seat = TenantOneToOne(Seat, related_name="vote", copies=("recused",))
    recused = models.BooleanField(default=False)
    in_favour = models.BooleanField(_("in favour"))
    measure = models.SmallIntegerField(_("measure"), choices=Measure, null=True)
    reasons = models.TextField(_("reasons"), blank=True)
    cast_on = models.DateField(_("cast on"))
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="vote_not_by_the_recused", condition=Q(recused=False)),
            models.CheckConstraint(
                name="vote_in_favour_names_measure",
                condition=Q(in_favour=True, measure__isnull=False) | Q(in_favour=False, measure=None),
            ),
        ]

    def __str__(self) -> str:
        return "+" if self.in_favour else "-"


class Decision(TenantModel):
    """What was decided. Append-only. `lacks` lists why it does not count; a decision that counts lacks nothing.

    Votes and seats are counts; for an imported decision they are what the paper says. `opened_by` and `imported`
    are the case's, the quorum is the charter's: copies the database holds equal. Only an imported decision may
    lack something, or tell its time for appeal; any other's runs from the day it is handed over.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    public_id = PublicIdField()
    case = TenantOneToOne(Case, related_name="decision", copies=("opened_by", "imported"))
    opened_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    imported = models.BooleanField(default=False)
    number = models.CharField(_("decision number"), max_length=40)
    decided_on = models.DateField(_("decided on"))
    measure = models.SmallIntegerField(_("measure"), choices=Measure)
    severity = models.SmallIntegerField(_("severity"), choices=Severity)
    reasons = models.TextField(_("facts found and reasons"))
    basis = models.TextField(_("basis"))
    charter = TenantKey(
        "associations.CharterVersion", null=True, related_name="+", copies=("quorum_numerator", "quorum_of")
    )
    charter_article = models.CharField(_("charter article"), max_length=40, blank=True)
    quorum_numerator = models.PositiveSmallIntegerField(default=2)
    quorum_of = models.PositiveSmallIntegerField(default=3)
    members_due = models.PositiveSmallIntegerField(_("members due"))
    members_present = models.PositiveSmallIntegerField(_("members present"))
    votes_in_favour = models.PositiveSmallIntegerField(_("votes in favour"))
    notice_served_on = models.DateField(_("notice served on"), null=True)
    statement = models.CharField(max_length=10, choices=StatementKind, blank=True)
    statement_due_on = models.DateField(null=True)
    appeal_until = models.DateField(_("appeal until"), null=True)
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
                name="decision_counts_only_after_defence",
                condition=Q(counts=False)
                | Q(statement="waived")
                | Q(statement_due_on__isnull=False, statement_due_on__lt=F("decided_on")),
            ),
            models.CheckConstraint(
                name="decision_counts_only_with_majority",
                condition=Q(counts=False) | Q(members_present__lt=F("votes_in_favour") * 2),
            ),
            models.CheckConstraint(
                name="decision_counts_only_with_quorum",
                condition=Q(counts=False)
                | Q(
                    GreaterThanOrEqual(
                        F("members_present") * F("quorum_of"), F("members_due") * F("quorum_numerator")
                    )
                ),
            ),
            models.CheckConstraint(
                name="decision_of_three_at_least", condition=Q(imported=True) | Q(members_due__gte=3)
            ),
            models.CheckConstraint(
                name="decision_made_here_counts",
                condition=Q(imported=True) | Q(counts=True, appeal_until=None),
            ),
            models.CheckConstraint(
                name="decision_not_by_who_opened",
                condition=Q(imported=True, decided_by=None, opened_by=None)
                | (
                    Q(imported=False, decided_by__isnull=False, opened_by__isnull=False)
                    & ~Q(decided_by=F("opened_by"))
                ),
            ),
            models.CheckConstraint(
                name="decision_bar_for_life_has_no_end", condition=~Q(measure=6) | Q(ends_on=None)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Service(TenantModel):
    """A decision handed over: when, how, with what proof, and until when it may be appealed. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    decision = TenantOneToOne(Decision, related_name="service")
    served_on = models.DateField(_("served on"))
    method = models.CharField(_("how served"), max_length=60)
    proof = models.CharField(_("proof of service"), max_length=200)
    told_of_publication = models.BooleanField(_("told that it will be published"))
    appeal_until = models.DateField(_("appeal until"))
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="service_is_proven", condition=~Q(proof="")),
            models.CheckConstraint(
                name="service_leaves_time_to_appeal", condition=Q(appeal_until__gt=F("served_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.served_on}"


class Reversal(TenantModel):
    """A decision set aside, with reasons, by somebody who neither took it nor opened the case. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    decision = TenantOneToOne(
        Decision, related_name="reversal", copies=("opened_by", "decided_by", "imported")
    )
    opened_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    imported = models.BooleanField(default=False)
    reversed_on = models.DateField(_("reversed on"))
    reasons = models.TextField(_("reasons"))
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reversal_by_another",
                condition=Q(imported=True, decided_by=None, opened_by=None)
                | (
                    Q(imported=False, decided_by__isnull=False, opened_by__isnull=False)
                    & ~Q(by=F("decided_by"))
                    & ~Q(by=F("opened_by"))
                ),
            ),
            models.CheckConstraint(name="reversal_has_reasons", condition=~Q(reasons="")),
        ]

    def __str__(self) -> str:
        return f"{self.reversed_on}"
