"""What becomes of a decision: handed over, appealed against, performed, set aside."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from associations.conduct.states import Severity
from associations.discipline.models.case import Case, Part
from associations.discipline.models.judgement import Decision
from associations.discipline.states import Measure, Outcome, ProposalState, Side
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import TenantKey, TenantModel, TenantOneToOne


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


class Appeal(TenantModel):
    """An appeal 复核 against a decision, in its time. Append-only. `measure` is the decision's, a copy."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantOneToOne(Case, related_name="appeal")
    decision = TenantOneToOne(Decision, related_name="appeal", copies=("case", "measure"))
    measure = models.SmallIntegerField(choices=Measure)
    filed_on = models.DateField(_("received on"))
    until = models.DateField(_("appeal until"))
    grounds = models.TextField(_("grounds"))
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="appeal_in_time", condition=Q(filed_on__lte=F("until"))),
            models.CheckConstraint(name="appeal_has_grounds", condition=~Q(grounds="")),
        ]

    def __str__(self) -> str:
        return f"{self.filed_on}"


class AppealOpinion(TenantModel):
    """What one reviewer holds of an appeal. Append-only: who thinks again gives another; the latest counts."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    appeal = TenantKey(Appeal, related_name="opinions", copies=("case",))
    case = TenantKey(Case, related_name="+")
    part = TenantKey(Part, related_name="+", copies=("case", "user", "side"))
    user = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, default=Side.REVIEW)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    measure = models.SmallIntegerField(_("measure"), choices=Measure, null=True)
    reasons = models.TextField(_("reasons"))
    given_on = models.DateField(_("given on"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="opinion_by_a_reviewer", condition=Q(side="review")),
            models.CheckConstraint(name="opinion_has_reasons", condition=~Q(reasons="")),
            models.CheckConstraint(
                name="opinion_to_lighten_names_the_measure",
                condition=Q(outcome="lighten", measure__isnull=False)
                | (~Q(outcome="lighten") & Q(measure=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class AppealDecision(TenantModel):
    """How an appeal was decided: two reviewers, neither involved before, hold the same. Append-only.

    `original` is the measure appealed against; `measure` the lighter one, `severity` its class, `ends_on` its end.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    appeal = TenantOneToOne(Appeal, related_name="decided", copies=("original=measure",))
    original = models.SmallIntegerField(choices=Measure)
    first = TenantKey(AppealOpinion, related_name="+", copies=("appeal", "outcome", "first_by=user"))
    second = TenantKey(AppealOpinion, related_name="+", copies=("appeal", "outcome", "second_by=user"))
    first_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    second_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    measure = models.SmallIntegerField(_("measure"), choices=Measure, null=True)
    severity = models.SmallIntegerField(_("severity"), choices=Severity, null=True)
    ends_on = models.DateField(_("measure ends on"), null=True)
    reasons = models.TextField(_("reasons"))
    decided_on = models.DateField(_("decided on"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="appeal_decided_by_two", condition=~Q(first_by=F("second_by"))),
            models.CheckConstraint(name="appeal_decision_has_reasons", condition=~Q(reasons="")),
            models.CheckConstraint(
                name="appeal_makes_nothing_worse",
                condition=Q(outcome="lighten", measure__lt=F("original"), severity__isnull=False)
                | (~Q(outcome="lighten") & Q(measure=None, severity=None, ends_on=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class AppealService(TenantModel):
    """A decision on appeal handed over: when, how, with what proof. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    decided = TenantOneToOne(AppealDecision, related_name="service", copies=("decided_on",))
    decided_on = models.DateField()
    served_on = models.DateField(_("served on"))
    method = models.CharField(_("how served"), max_length=60)
    proof = models.CharField(_("proof of service"), max_length=200)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="appeal_service_is_proven", condition=~Q(proof="")),
            models.CheckConstraint(
                name="appeal_served_once_decided", condition=Q(served_on__gte=F("decided_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.served_on}"


class Performance(TenantModel):
    """Whether a measure in force was carried out, and how that is known. Append-only; the latest counts."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantKey(Case, related_name="performances")
    performed = models.BooleanField(_("carried out"))
    note = models.TextField(_("how it was carried out, or what is missing"))
    on = models.DateField()
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="performance_says_how", condition=~Q(note=""))]

    def __str__(self) -> str:
        return f"{self.on}"


class ReversalProposal(TenantModel):
    """One reviewer holds that an expulsion or a bar is to be set aside; another approves that, or does not.

    `answered_by` is that other; who takes the proposal back answers it themselves.
    """

    case = TenantKey(Case, related_name="reversal_proposals")
    decision = TenantKey(Decision, related_name="reversal_proposals", copies=("case",))
    part = TenantKey(Part, related_name="+", copies=("case", "by=user", "side"))
    side = models.CharField(max_length=8, default=Side.REVIEW)
    reasons = models.TextField(_("reasons"))
    proposed_on = models.DateField(_("proposed on"))
    answer_by = models.DateField(_("to be answered by"))
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=9, choices=ProposalState, default=ProposalState.OPEN)
    answer = models.TextField(_("reasons of the answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True)
    answered_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("proposal to reverse")
        verbose_name_plural = _("proposals to reverse")
        constraints = [
            models.UniqueConstraint(
                fields=["association", "decision"],
                condition=Q(state__in=["open", "approved"]),
                name="proposal_one_at_a_time",
            ),
            models.CheckConstraint(name="proposal_by_a_reviewer", condition=Q(side="review")),
            models.CheckConstraint(name="proposal_has_reasons", condition=~Q(reasons="")),
            models.CheckConstraint(
                name="proposal_answered_by_another",
                condition=Q(state="open", answered_by=None, answered_on=None)
                | Q(state="overtaken", answered_by=None, answered_on__isnull=False)
                | (Q(answered_by__isnull=False, answered_on__isnull=False) & ~Q(answer=""))
                & (
                    Q(state="dropped", answered_by=F("by"))
                    | (Q(state__in=["approved", "refused"]) & ~Q(answered_by=F("by")))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class Reversal(TenantModel):
    """A decision set aside, with reasons, by somebody who neither took it nor opened the case. Append-only.

    An expulsion or a bar (`measure`, a copy) is set aside on appeal, where two have agreed, or on a proposal of
    another (`proposed_by`) that was approved by who sets it aside; `approved` is `earlier` where it was done before two
    were asked for.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    decision = TenantOneToOne(
        Decision, related_name="reversal", copies=("opened_by", "decided_by", "imported", "measure")
    )
    measure = models.SmallIntegerField(choices=Measure)
    proposal = TenantOneToOne(
        ReversalProposal,
        null=True,
        related_name="reversal",
        copies=("decision", "proposed_by=by", "by=answered_by", "approved=state"),
    )
    proposed_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    approved = models.CharField(max_length=9, blank=True, default="")
    on_appeal = TenantOneToOne(AppealDecision, null=True, related_name="reversal", copies=("outcome",))
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default="")
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
            models.CheckConstraint(
                name="reversal_of_the_gravest_by_two",
                condition=Q(measure__lt=5)
                | Q(on_appeal__isnull=False, outcome__in=["allow", "send_back"])
                | (
                    Q(proposal__isnull=False, proposed_by__isnull=False, approved="approved")
                    & ~Q(proposed_by=F("by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reversed_on}"
