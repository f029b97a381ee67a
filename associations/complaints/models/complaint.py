"""What was complained of, by whom, and every step since."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.complaints.states import (
    ComplaintState,
    Origin,
    Satisfaction,
    Side,
    SignKind,
    Step,
    Topic,
)
from associations.evidence.models import EvidenceLink
from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import TenantKey, TenantModel

MOST_FEN = 10**13


class Pattern(TenantModel):
    """Several like complaints about one member: same topic, near-same words, within a window.

    `note` says what was done about it; failing to is what peers weigh most.
    """

    public_id = PublicIdField()
    membership = TenantKey("associations.Membership", related_name="complaint_patterns")
    topic = models.CharField(_("topic"), max_length=14, choices=Topic)
    opened_on = models.DateField(_("seen on"), default=timezone.localdate)
    note = models.TextField(_("what was done about it"), blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pattern_answered_with_words",
                condition=Q(answered_on=None, answered_by=None, note="")
                | (Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(note="")),
            ),
        ]
        indexes = [
            models.Index(fields=["association", "membership", "topic"], name="pattern_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()} {self.opened_on}"


class Complaint(TenantModel):
    """A complaint. `membership` None: the room or account is only named in `about`, an officer finds the member.

    The complainant is known by `tracking` (told at once, its first digits are the association's number) and a code of
    which only a keyed hash is kept; name and contact are sealed, found by `contact_index` alone. `token_index` is the
    form's, so that sending twice is sending once. `owner` is who first took it up. `amount` in fen.
    """

    public_id = PublicIdField()
    number = models.CharField(_("number"), max_length=40)
    tracking = models.CharField(_("tracking number"), max_length=16)
    code_index = models.BinaryField(max_length=32)
    token_index = models.BinaryField(max_length=32)
    origin = models.CharField(_("from"), max_length=10, choices=Origin)
    source = models.CharField(_("source"), max_length=120, blank=True)
    source_number = models.CharField(_("its own number"), max_length=80, blank=True)
    complainant = TenantKey("associations.Membership", null=True, related_name="complaints_made")
    membership = TenantKey("associations.Membership", null=True, related_name="complaints")
    about = models.CharField(_("member, room or account"), max_length=200)
    topic = models.CharField(_("topic"), max_length=14, choices=Topic)
    facts = models.TextField(_("what happened"))
    facts_digest = models.BinaryField(max_length=32)
    occurred_on = models.DateField(_("date of the purchase or the act"), null=True)
    order_number = models.CharField(_("order number"), max_length=80, blank=True)
    amount = models.BigIntegerField(_("amount"), null=True)
    wish = models.CharField(_("what is asked for"), max_length=400)
    person_sealed = models.BinaryField(null=True)
    contact_sealed = models.BinaryField(null=True)
    contact_index = models.BinaryField(null=True, max_length=32)
    consent = models.BooleanField(_("contact may be handed to the member"), default=False)
    state = models.CharField(
        _("state"), max_length=12, choices=ComplaintState, default=ComplaintState.RECEIVED
    )
    aside = models.BooleanField(_("set aside"), default=False)
    owner = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    pattern = TenantKey(Pattern, null=True, related_name="complaints")
    likeness = models.JSONField(default=dict)
    received_at = models.DateTimeField(default=timezone.now)
    received_on = models.DateField(_("received on"), default=timezone.localdate)
    accepted_on = models.DateField(null=True)
    reply_until = models.DateField(null=True)
    replied_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    satisfaction = models.CharField(max_length=14, choices=Satisfaction, blank=True)

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints = [
            models.UniqueConstraint(fields=["association", "number"], name="complaint_number_once"),
            models.UniqueConstraint(fields=["association", "tracking"], name="complaint_tracking_once"),
            models.UniqueConstraint(fields=["association", "token_index"], name="complaint_sent_once"),
            models.CheckConstraint(
                name="complaint_amount_is_money", condition=Q(amount=None) | Q(amount__range=(1, MOST_FEN))
            ),
            models.CheckConstraint(
                name="complaint_names_its_source",
                condition=Q(origin=Origin.PUBLIC, complainant=None)
                | Q(origin=Origin.MEMBER, complainant__isnull=False)
                | (Q(origin__in=[Origin.PLATFORM, Origin.AUTHORITY], complainant=None) & ~Q(source="")),
            ),
            models.CheckConstraint(
                name="complaint_not_about_oneself",
                condition=Q(complainant=None) | Q(membership=None) | ~Q(complainant=F("membership")),
            ),
            models.CheckConstraint(
                name="complaint_can_be_answered",
                condition=~Q(origin=Origin.PUBLIC)
                | Q(person_sealed__isnull=False, contact_sealed__isnull=False, contact_index__isnull=False),
            ),
            models.CheckConstraint(
                name="complaint_taken_up_has_an_owner",
                condition=Q(state__in=["received", "withdrawn", "transferred"]) | Q(owner__isnull=False),
            ),
            models.CheckConstraint(
                name="complaint_accepted_names_member_and_clock",
                condition=Q(state__in=["received", "acknowledged", "refused", "withdrawn", "transferred"])
                | Q(
                    membership__isnull=False,
                    accepted_on__isnull=False,
                    reply_until__isnull=False,
                    aside=False,
                ),
            ),
            models.CheckConstraint(
                name="complaint_over_has_its_day",
                condition=Q(
                    state__in=["closed", "refused", "withdrawn", "transferred"], closed_on__isnull=False
                )
                | (~Q(state__in=["closed", "refused", "withdrawn", "transferred"]) & Q(closed_on=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["association", "state", "id"], name="complaint_by_state"),
            models.Index(fields=["association", "membership", "topic"], name="complaint_of_member"),
            models.Index(fields=["association", "facts_digest"], name="complaint_by_words"),
            models.Index(fields=["association", "contact_index"], name="complaint_by_contact"),
            models.Index(fields=["association", "received_on", "id"], name="complaint_by_day"),
        ]

    def __str__(self) -> str:
        return self.number


class ComplaintEvent(TenantModel):
    """A step of a complaint, the day it was taken, and its words. Append-only.

    `side` is who took it; `by` the user, None for the complainant and for the system. What steps the complainant is
    told of stands in `states.INTERNAL`.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    complaint = TenantKey(Complaint, related_name="events")
    before = models.CharField(max_length=12, choices=ComplaintState, blank=True)
    after = models.CharField(max_length=12, choices=ComplaintState)
    step = models.CharField(max_length=12, choices=Step)
    side = models.CharField(max_length=12, choices=Side)
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["association", "complaint", "id"], name="event_of_complaint")]

    def __str__(self) -> str:
        return self.get_step_display()


class Sign(TenantModel):
    """A reason to look at a complaint twice, with what it was seen by: numbers, never a person's. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    complaint = TenantKey(Complaint, related_name="signs")
    kind = models.CharField(max_length=12, choices=SignKind)
    detail = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["association", "complaint", "kind"], name="sign_once"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class ComplaintEvidence(EvidenceLink):
    """A file handed in for a complaint; `by` None: by the complainant. Append-only."""

    complaint = TenantKey(Complaint, related_name="evidence")
