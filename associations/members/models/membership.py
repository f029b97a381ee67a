from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.members.states import VERIFIED_FOR_DAYS, Category, Change, MembershipState
from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import AssociationOf, TenantKey, TenantModel


class Membership(TenantModel):
    """One subject in one association.

    Name, keys and code are the association's own copy, so that its lists and searches touch no row that
    others share. `code` is a firm's USCC, empty for persons; `code_masked` is what may be shown.
    `pinyin` and `initials` hold every likely reading, the best first, separated by spaces. What is searched
    by its beginning is kept in the C collation, where a beginning is a range. `verify_by` is worked out by
    the database: 180 days after the identity was last verified (令117 Art. 8), the day of joining if never.
    """

    wall: ClassVar[Wall] = Wall(console="SIU", engine="S", tenant=True)

    public_id = PublicIdField()
    subject = models.ForeignKey("core.Subject", models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(_("member number"), max_length=20, db_collation="C")
    category = models.SmallIntegerField(_("category"), choices=Category)
    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=200, db_collation="C")
    pinyin = models.CharField(max_length=600, db_collation="C")
    initials = models.CharField(max_length=200)
    code = models.CharField(_("unified social credit code"), max_length=18, db_collation="C", blank=True)
    code_masked = models.CharField(_("code"), max_length=24)
    is_person = models.BooleanField(default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=MembershipState, default=MembershipState.ACTIVE
    )
    joined_on = models.DateField(_("joined on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    verified_on = models.DateField(_("identity last verified on"), null=True, blank=True)
    verify_by = models.GeneratedField(
        verbose_name=_("identity to be verified by"),
        expression=Coalesce(
            Func(F("verified_on"), template=f"%(expressions)s + {VERIFIED_FOR_DAYS}"), F("joined_on")
        ),
        output_field=models.DateField(),
        db_persist=True,
    )
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
            models.Index(fields=["association", "pinyin", "id"], name="member_by_pinyin"),
            models.Index(fields=["association", "joined_on", "id"], name="member_by_joined"),
            models.Index(
                fields=["association", "verify_by", "id"],
                condition=Q(left_on=None),
                name="member_by_verify_by",
            ),
            models.Index(
                fields=["association", "number"], condition=Q(state="suspended"), name="member_suspended"
            ),
            models.Index(fields=["association", "category", "number"], name="member_by_category"),
            models.Index(
                fields=["association", "number"], condition=Q(left_on__isnull=False), name="member_former"
            ),
            models.Index(fields=["subject"], name="member_by_subject"),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipEvent(TenantModel):
    """A change of a membership: joined, renamed, suspended, left. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    association = AssociationOf("membership")
    membership = TenantKey(Membership, related_name="events", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=MembershipState)
    on = models.DateField()
    change = models.CharField(max_length=40, choices=Change)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["association", "membership"], name="event_of_member")]

    def __str__(self) -> str:
        return self.get_change_display()


class LastNumber(TenantModel):
    """The last member number an association gave out: one row, locked while numbers are taken."""

    wall: ClassVar[Wall] = Wall(console="SIU", tenant=True)

    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["association"], name="last_number_one_row")]

    def __str__(self) -> str:
        return str(self.last)
