"""The judgement: who judges and how, what the board says, who approves a bar, what was decided."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.conduct.states import Severity
from associations.discipline.models.case import Case, Part
from associations.discipline.states import Lack, Measure, Side, StatementKind
from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import TenantKey, TenantModel, TenantOneToOne


class Seat(TenantModel):
    """A panel member's seat in a case. Whoever opened or investigated the case has none: `part` says so."""

    wall: ClassVar[Wall] = Wall(console="SIU", engine="S", tenant=True)

    case = TenantKey(Case, related_name="seats")
    part = TenantOneToOne(Part, related_name="+", copies=("case", "user", "side"))
    user = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, default=Side.JUDGE)
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
            models.CheckConstraint(name="seat_is_to_judge", condition=Q(side="judge")),
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


class BoardVote(TenantModel):
    """A vote of the board 理事会 on an expulsion or a bar: who was due, present, in favour. Append-only.

    `carried` needs the charter's quorum and a majority of those present.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantKey(Case, related_name="board_votes")
    charter = TenantKey(
        "associations.CharterVersion", related_name="+", copies=("quorum_numerator", "quorum_of")
    )
    quorum_numerator = models.PositiveSmallIntegerField()
    quorum_of = models.PositiveSmallIntegerField()
    measure = models.SmallIntegerField(_("measure"), choices=Measure)
    held_on = models.DateField(_("held on"))
    due = models.PositiveSmallIntegerField(_("members due"))
    present = models.PositiveSmallIntegerField(_("members present"))
    in_favour = models.PositiveSmallIntegerField(_("votes in favour"))
    carried = models.BooleanField()
    record = models.CharField(_("where it is recorded"), max_length=200)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="board_votes_on_the_gravest", condition=Q(measure__gte=5)),
            models.CheckConstraint(name="board_vote_is_on_record", condition=~Q(record="")),
            models.CheckConstraint(
                name="board_vote_carries_with_quorum",
                condition=Q(carried=False)
                | Q(
                    GreaterThanOrEqual(F("present") * F("quorum_of"), F("due") * F("quorum_numerator")),
                    due__gt=0,
                    present__lte=F("due"),
                    in_favour__lte=F("present"),
                    present__lt=F("in_favour") * 2,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.in_favour}/{self.present}/{self.due}"


class Approval(TenantModel):
    """One of the two approvals a bar for life needs, by somebody who neither accused nor judged. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantKey(Case, related_name="approvals")
    part = TenantOneToOne(Part, related_name="+", copies=("case", "user", "side"))
    user = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, default=Side.APPROVE)
    ground = models.TextField(_("ground"))
    approved_on = models.DateField(_("approved on"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="approval_is_nothing_else", condition=Q(side="approve")),
            models.CheckConstraint(name="approval_states_its_ground", condition=~Q(ground="")),
        ]

    def __str__(self) -> str:
        return f"{self.approved_on}"


class Decision(TenantModel):
    """What was decided. Append-only. `lacks` lists why it does not count; a decision that counts lacks nothing.

    Votes and seats are counts; for an imported decision they are what the paper says. `opened_by` and `imported`
    are the case's, the quorum is the charter's: copies the database holds equal. Only an imported decision may
    lack something, or tell its time for appeal; any other's runs from the day it is handed over. `departure` says
    why the measure lies outside the range the guideline gives, which is kept beside.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    public_id = PublicIdField()
    case = TenantOneToOne(
        Case, related_name="decision", copies=("opened_by", "imported", "reported", "hearing_owed")
    )
    opened_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    imported = models.BooleanField(default=False)
    reported = models.BooleanField(default=True)
    hearing_owed = models.BooleanField(default=False)
    part = TenantKey(Part, null=True, related_name="+", copies=("case", "decided_by=user", "side"))
    side = models.CharField(max_length=8, default=Side.JUDGE)
    board = TenantOneToOne(
        BoardVote, null=True, related_name="decision", copies=("case", "measure", "board_carried=carried")
    )
    board_carried = models.BooleanField(default=True)
    approval = TenantKey(Approval, null=True, related_name="+", copies=("case",))
    second_approval = TenantKey(Approval, null=True, related_name="+", copies=("case",))
    number = models.CharField(_("decision number"), max_length=40)
    decided_on = models.DateField(_("decided on"))
    measure = models.SmallIntegerField(_("measure"), choices=Measure)
    severity = models.SmallIntegerField(_("severity"), choices=Severity)
    reasons = models.TextField(_("facts found and reasons"))
    basis = models.TextField(_("basis"))
    range_least = models.SmallIntegerField(choices=Measure, null=True)
    range_most = models.SmallIntegerField(choices=Measure, null=True)
    departure = models.TextField(_("reasons for leaving the usual range"), blank=True)
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
                name="decision_signed_by_a_judge",
                condition=Q(imported=True) | Q(part__isnull=False, side="judge"),
            ),
            models.CheckConstraint(
                name="decision_outside_the_range_says_why",
                condition=Q(range_least=None)
                | Q(measure__gte=F("range_least"), measure__lte=F("range_most"))
                | ~Q(departure=""),
            ),
            models.CheckConstraint(name="decision_after_investigation", condition=Q(reported=True)),
            models.CheckConstraint(name="decision_after_the_hearing", condition=Q(hearing_owed=False)),
            models.CheckConstraint(
                name="decision_expels_by_vote_of_the_board",
                condition=Q(imported=True)
                | Q(measure__lt=5)
                | (Q(board__isnull=False, board_carried=True) & ~Q(statement="")),
            ),
            models.CheckConstraint(
                name="decision_bars_for_life_with_two_approvals",
                condition=Q(imported=True)
                | Q(measure__lt=6)
                | (
                    Q(approval__isnull=False, second_approval__isnull=False)
                    & ~Q(approval=F("second_approval"))
                ),
            ),
            models.CheckConstraint(
                name="decision_bar_for_life_has_no_end", condition=~Q(measure=6) | Q(ends_on=None)
            ),
        ]

    def __str__(self) -> str:
        return self.number
