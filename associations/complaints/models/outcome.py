"""What became of a complaint: an agreement, a finding, what was handed to others."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from associations.complaints.models.complaint import MOST_FEN, Complaint
from associations.complaints.states import Answer, Outcome
from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import TenantKey, TenantModel, TenantOneToOne


class Settlement(TenantModel):
    """A mediation agreement: proposed, answered by both sides, made when both say yes; performed or not.

    A proposal ends (`ended_on`) when a side refuses it or mediation fails; one at a time stands.
    `committee`: made before a registered people's mediation committee 人民调解委员会; only then may both sides ask a
    court to confirm it, within thirty days (人民调解法 Art. 33). `amount` in fen.
    """

    public_id = PublicIdField()
    complaint = TenantKey(Complaint, related_name="settlements")
    terms = models.TextField(_("terms"))
    amount = models.BigIntegerField(_("amount"), null=True)
    due_on = models.DateField(_("to be performed by"))
    committee = models.BooleanField(_("before a registered mediation committee"), default=False)
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    complainant_says = models.CharField(max_length=3, choices=Answer, blank=True)
    member_says = models.CharField(max_length=3, choices=Answer, blank=True)
    ended_on = models.DateField(null=True)
    made_on = models.DateField(null=True)
    performed_on = models.DateField(null=True)
    defaulted_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("mediation agreement")
        verbose_name_plural = _("mediation agreements")
        constraints = [
            models.UniqueConstraint(
                fields=["association", "complaint"],
                condition=Q(ended_on=None),
                name="settlement_one_stands",
            ),
            models.CheckConstraint(
                name="settlement_refused_has_ended",
                condition=Q(ended_on__isnull=False, made_on=None)
                | (Q(ended_on=None) & ~Q(complainant_says="no") & ~Q(member_says="no")),
            ),
            models.CheckConstraint(
                name="settlement_amount_is_money", condition=Q(amount=None) | Q(amount__range=(1, MOST_FEN))
            ),
            models.CheckConstraint(name="settlement_says_something", condition=~Q(terms="")),
            models.CheckConstraint(name="settlement_gives_time", condition=Q(due_on__gte=F("proposed_on"))),
            models.CheckConstraint(
                name="settlement_made_by_both",
                condition=Q(made_on=None)
                | Q(complainant_says="yes", member_says="yes", made_on__gte=F("proposed_on")),
            ),
            models.CheckConstraint(
                name="settlement_made_before_performed",
                condition=Q(performed_on=None, defaulted_on=None) | Q(made_on__isnull=False),
            ),
            models.CheckConstraint(
                name="settlement_default_after_its_day",
                condition=Q(defaulted_on=None) | Q(defaulted_on__gt=F("due_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposed_on}"


class Finding(TenantModel):
    """Whether the complaint was upheld, with reasons, by somebody who did not handle it. Append-only.

    `owner` is the complaint's: a copy the database holds equal. `counted_elsewhere`: a platform's monthly figures hold
    this complaint, so the association's own do not count it again.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    complaint = TenantOneToOne(Complaint, related_name="finding", copies=("owner",))
    owner = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    outcome = models.CharField(_("finding"), max_length=10, choices=Outcome)
    reasons = models.TextField(_("reasons"))
    counted_elsewhere = models.BooleanField(default=False)
    found_on = models.DateField(_("found on"))
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="finding_has_reasons", condition=~Q(reasons="")),
            models.CheckConstraint(name="finding_not_by_who_handled", condition=~Q(by=F("owner"))),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class Handover(TenantModel):
    """A lead handed on: to an authority against its receipt, or to the association's own discipline. Append-only.

    `receiver` empty: the association's discipline, whose `case` began with this lead.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    public_id = PublicIdField()
    complaint = TenantKey(Complaint, related_name="handovers")
    case = TenantOneToOne("associations.Case", null=True, related_name="+")
    receiver = models.CharField(_("authority"), max_length=120, blank=True)
    receipt = models.CharField(_("number of the receipt"), max_length=120, blank=True)
    reasons = models.TextField(_("what points to a violation"))
    on = models.DateField()
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handover_to_an_authority_has_a_receipt",
                condition=Q(receiver="", receipt="", case__isnull=False)
                | (Q(case=None) & ~Q(receiver="") & ~Q(receipt="")),
            ),
            models.UniqueConstraint(
                fields=["association", "complaint"],
                condition=Q(receiver=""),
                name="handover_to_discipline_once",
            ),
        ]

    def __str__(self) -> str:
        return self.receiver or "discipline"
