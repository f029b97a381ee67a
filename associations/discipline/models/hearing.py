"""What is found, told and answered: the report, the prior notice, the statement, the hearing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from associations.discipline.models.case import Case, Part
from associations.discipline.states import Measure, Side, StatementKind
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import TenantKey, TenantModel, TenantOneToOne

if TYPE_CHECKING:
    from datetime import date

HEARING_NOTICE_DAYS = 7


class InvestigationReport(TenantModel):
    """What the investigator found, and proposes. Append-only. Who investigates accuses, and does nothing else."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantOneToOne(Case, related_name="report")
    part = TenantKey(Part, related_name="+", copies=("case", "user", "side"))
    user = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, default=Side.ACCUSE)
    findings = models.TextField(_("facts found, and by what they are proven"))
    proposal = models.TextField(_("proposal"), blank=True)
    reported_on = models.DateField(_("reported on"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="report_by_an_investigator", condition=Q(side="accuse")),
            models.CheckConstraint(name="report_finds_something", condition=~Q(findings="")),
        ]

    def __str__(self) -> str:
        return f"{self.reported_on}"


class NoticeLaid(TenantModel):
    """A prior notice laid out at the desk of a member who has agreed to be served there: what it says. Append-only.

    It is no notice yet: opening it makes it one, and so does its service on paper.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantOneToOne(Case, related_name="laid")
    text = models.TextField(_("facts, reasons, basis and measure intended"))
    measure = models.SmallIntegerField(_("measure intended"), choices=Measure)
    laid_on = models.DateField(_("laid out on"))
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="notice_laid_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.laid_on}"


class Notice(TenantModel):
    """Prior notice 事先告知 served on the member: when, how, with what proof. Append-only.

    `hearing_until` is empty on older notices; then `answer_until` stands for it.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantOneToOne(Case, related_name="notice")
    served_on = models.DateField(_("served on"))
    method = models.CharField(_("how served"), max_length=60)
    proof = models.CharField(_("proof of service"), max_length=200)
    text = models.TextField(_("facts, reasons, basis and measure intended"))
    measure = models.SmallIntegerField(_("measure intended"), choices=Measure)
    answer_until = models.DateField(_("statement due by"))
    hearing_until = models.DateField(_("hearing to be asked for by"), null=True)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="notice_is_proven", condition=~Q(proof="")),
            models.CheckConstraint(name="notice_gives_time", condition=Q(answer_until__gt=F("served_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.served_on}"

    @property
    def ask_hearing_until(self) -> date:
        return self.hearing_until or self.answer_until


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


class Hearing(TenantModel):
    """A hearing 听证 asked for by the member. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantOneToOne(Case, related_name="hearing")
    asked_on = models.DateField(_("asked for on"))
    words = models.TextField(_("what the member says"), blank=True)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.asked_on}"


class HearingCall(TenantModel):
    """Notice of a hearing: day, place, who is in the chair; seven days ahead at the least. Append-only.

    A hearing that is moved is called again; the latest call holds.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    hearing = TenantKey(Hearing, related_name="calls", copies=("case",))
    case = TenantKey(Case, related_name="+")
    part = TenantKey(Part, related_name="+", copies=("case", "chair=user", "side"))
    chair = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, default=Side.JUDGE)
    served_on = models.DateField(_("served on"))
    held_on = models.DateField(_("day of the hearing"))
    place = models.CharField(_("time and place"), max_length=200)
    method = models.CharField(_("how served"), max_length=60)
    proof = models.CharField(_("proof of service"), max_length=200)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="hearing_chair_judges", condition=Q(side="judge")),
            models.CheckConstraint(name="hearing_call_is_proven", condition=~Q(proof="")),
            models.CheckConstraint(
                name="hearing_called_in_time",
                condition=Q(held_on__gte=F("served_on") + timedelta(days=HEARING_NOTICE_DAYS)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}"


class Minutes(TenantModel):
    """Minutes 笔录 of a hearing, on the day it was called for. Append-only. `attended`: the member came."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    call = TenantOneToOne(HearingCall, related_name="minutes", copies=("held_on",))
    held_on = models.DateField(_("held on"))
    attended = models.BooleanField(_("the member attended"))
    text = models.TextField(_("minutes"))
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="minutes_say_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.held_on}"
