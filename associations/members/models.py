from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.members.states import (
    ApplicationState,
    Category,
    Item,
    MembershipState,
    Purpose,
    ScreeningAnswer,
)
from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import TenantKey, TenantModel


class Membership(TenantModel):
    """One subject in one association.

    Name, keys and code are the association's own copy, so that its lists and searches touch no row that
    others share. `code` is a firm's USCC, empty for persons; `code_masked` is what may be shown.
    """

    wall: ClassVar[Wall] = Wall(console="SIU", engine="S", tenant=True)

    public_id = PublicIdField()
    subject = models.ForeignKey("core.Subject", models.PROTECT, related_name="+")
    number = models.CharField(_("member number"), max_length=20)
    category = models.SmallIntegerField(_("category"), choices=Category)
    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=200)
    pinyin = models.CharField(max_length=600)
    initials = models.CharField(max_length=200)
    code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    code_masked = models.CharField(_("code"), max_length=24)
    is_person = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=10, choices=MembershipState, default=MembershipState.ACTIVE)
    joined_on = models.DateField(_("joined on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    verified_on = models.DateField(_("identity last verified on"), null=True, blank=True)
    contact_sealed = models.BinaryField(null=True)
    contribution_opt_out = models.BooleanField(_("no commendations to be recorded"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                fields=["association", "subject"], condition=Q(left_on=None), name="member_once"
            ),
            models.UniqueConstraint(fields=["association", "number"], name="member_number_once"),
            models.CheckConstraint(
                name="member_left_after_joining", condition=Q(left_on=None) | Q(left_on__gte=F("joined_on"))
            ),
            models.CheckConstraint(
                name="member_left_on_says_so",
                condition=Q(state__in=["active", "suspended"], left_on=None)
                | Q(state__in=["left", "expelled"], left_on__isnull=False),
            ),
            models.CheckConstraint(
                name="member_person_shows_no_code", condition=Q(is_person=False) | Q(code="")
            ),
        ]
        indexes = [
            models.Index(fields=["association", "name_key"], name="member_by_name"),
            models.Index(fields=["association", "code"], name="member_by_code"),
            models.Index(fields=["association", "verified_on"], name="member_by_verified"),
            models.Index(fields=["association", "category", "id"], name="member_by_category"),
            models.Index(fields=["subject"], name="member_by_subject"),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipEvent(TenantModel):
    """A change of a membership: joined, renamed, suspended, left. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    membership = TenantKey(Membership, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=MembershipState)
    on = models.DateField()
    change = models.CharField(max_length=40)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["association", "membership"], name="event_of_member")]

    def __str__(self) -> str:
        return self.change


class Application(TenantModel):
    """A request to join, screened against every bar in force before anyone may accept it."""

    public_id = PublicIdField()
    subject = models.ForeignKey("core.Subject", models.PROTECT, related_name="+")
    category = models.SmallIntegerField(_("category"), choices=Category)
    name = models.CharField(_("name"), max_length=200)
    code_masked = models.CharField(_("code"), max_length=24)
    received_at = models.DateTimeField(default=timezone.now)
    screened_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=ApplicationState, default=ApplicationState.RECEIVED)
    reason = models.TextField(_("reason"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    membership = TenantKey(Membership, null=True, related_name="applications")

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.CheckConstraint(
                name="application_answered_by_someone",
                condition=Q(state__in=["received", "question"], answered_at=None, answered_by=None)
                | Q(state__in=["accepted", "refused"], answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="application_accepted_after_screening",
                condition=~Q(state="accepted") | Q(screened_at__isnull=False, membership__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScreeningQuestion(TenantModel):
    """A mark of a new subject equals one under which a bar stands: a question for a person.

    `bar_public_id` and `set_by` say where to ask; the reasons stay with the association that set the bar.
    """

    public_id = PublicIdField()
    subject = models.ForeignKey("core.Subject", models.PROTECT, related_name="+")
    application = TenantKey(Application, null=True, related_name="questions")
    membership = TenantKey(Membership, null=True, related_name="questions")
    name = models.CharField(max_length=200)
    mark_kind = models.SmallIntegerField()
    bar_public_id = models.CharField(max_length=22)
    set_by = models.ForeignKey("associations.Association", models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=14, choices=ScreeningAnswer, default=ScreeningAnswer.OPEN)
    reasons = models.TextField(_("reasons"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("screening question")
        verbose_name_plural = _("screening questions")
        constraints = [
            models.CheckConstraint(
                name="screening_answered_with_reasons",
                condition=Q(answer="open", answered_at=None, answered_by=None)
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="open") & ~Q(reasons="")),
            ),
            models.UniqueConstraint(
                fields=["association", "subject", "bar_public_id", "mark_kind"], name="screening_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgencyLink(TenantModel):
    """A streamer signed with an agency from a day to a day. A sanction never spreads over it."""

    agency = TenantKey(Membership, related_name="streamer_links")
    streamer = TenantKey(Membership, related_name="agency_links")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("agency link")
        verbose_name_plural = _("agency links")
        constraints = [
            models.CheckConstraint(
                name="link_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            ExclusionConstraint(
                name="link_once_at_a_time",
                expressions=[
                    ("association", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    ("streamer", RangeOperators.EQUAL),
                    (
                        Func(
                            F("since"),
                            F("until"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}–{self.streamer_id}"


class Check(TenantModel):
    """One checklist item verified, or found missing, on a day. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    membership = TenantKey(Membership, related_name="checks")
    item = models.SmallIntegerField(_("item"), choices=Item)
    passed = models.BooleanField(_("in order"))
    checked_on = models.DateField(_("checked on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["association", "membership", "item"], name="check_of_member")]

    def __str__(self) -> str:
        return self.get_item_display()


class Consent(TenantModel):
    """A consent given or withdrawn, per purpose; the latest decides. Append-only (PIPL Art. 14–15)."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    membership = TenantKey(Membership, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    receiver = models.CharField(_("receiver"), max_length=120, blank=True)
    given = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)
    method = models.CharField(_("how"), max_length=60)
    text_version = models.CharField(_("version of the text"), max_length=20)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["association", "membership", "purpose"], name="consent_of_member")]
        constraints = [
            models.CheckConstraint(
                name="consent_to_share_names_receiver", condition=~Q(purpose="share") | ~Q(receiver="")
            ),
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()


class PlatformAccount(TenantModel):
    """A streamer's account on a platform: sealed, found by its keyed hash, shown only with consent."""

    membership = TenantKey(Membership, related_name="accounts")
    platform = models.CharField(_("platform"), max_length=60)
    account_sealed = models.BinaryField()
    account_index = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["association", "membership", "account_index"], name="account_once"
            ),
        ]

    def __str__(self) -> str:
        return self.platform
