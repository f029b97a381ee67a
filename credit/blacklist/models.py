from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField
from core.walls.declared import JUDGEMENT_KEPT, Wall
from core.walls.models import TenantKey, TenantModel, TenantOneToOne
from credit.blacklist.states import BECAME, BarState


class Bar(TenantModel):
    """A bar of one association against one subject. `until_on` none: for life, reviewed all the same.

    `involved`: row numbers of the users who had a part in the case, as they were when it was listed: none of them
    reviews it.
    """

    wall: ClassVar[Wall] = Wall(console="SU", engine="SIU", tenant=True)

    public_id = PublicIdField()
    membership = TenantKey("associations.Membership", related_name="bars")
    subject = models.ForeignKey("core.Subject", models.PROTECT, related_name="+")
    fact = TenantOneToOne("associations.Fact", related_name="bar")
    decision_ref = models.CharField(max_length=22)
    involved = ArrayField(models.BigIntegerField(), default=list)
    ground = models.TextField(_("ground"))
    for_life = models.BooleanField(_("for life"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True)
    review_on = models.DateField(_("review on"))
    state = models.CharField(_("state"), max_length=10, choices=BarState, default=BarState.LISTED)

    class Meta:
        verbose_name = _("bar")
        verbose_name_plural = _("bars")
        constraints = [
            models.CheckConstraint(
                name="bar_for_life_has_no_end",
                condition=Q(for_life=True, until_on=None) | Q(for_life=False, until_on__gt=F("from_on")),
            ),
            models.CheckConstraint(
                name="bar_for_life_never_expires", condition=Q(for_life=False) | ~Q(state="expired")
            ),
            models.CheckConstraint(name="bar_is_reviewed", condition=Q(review_on__gt=F("from_on"))),
            models.CheckConstraint(name="bar_states_its_ground", condition=~Q(ground="")),
        ]

    def __str__(self) -> str:
        return self.public_id


class BarEvent(TenantModel):
    """Listed, reviewed, suspended, lifted, expired. Append-only."""

    wall: ClassVar[Wall] = Wall(console="SI", engine="SI", tenant=True, append_only=True)

    bar = TenantKey(Bar, related_name="events")
    before = models.CharField(max_length=10, choices=BarState, blank=True)
    after = models.CharField(max_length=10, choices=BarState)
    at = models.DateTimeField(default=timezone.now)
    reasons = models.TextField(blank=True)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.after


class BarReview(TenantModel):
    """A review: the bar is kept by one person, lifted by two. `agreed` is what the second said; None: not yet.

    `involved` is a copy of the bar's, which the database holds equal: neither of the two had a part in the case.
    """

    wall: ClassVar[Wall] = Wall(console="SIU", engine="S", tenant=True)

    public_id = PublicIdField()
    bar = TenantKey(Bar, related_name="reviews", copies=("involved",))
    involved = ArrayField(models.BigIntegerField(), default=list)
    keep = models.BooleanField()
    reasons = models.TextField(_("reasons"))
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    agreed = models.BooleanField(null=True)
    second = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    second_reasons = models.TextField(_("reasons"), blank=True)
    second_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="review_has_reasons", condition=~Q(reasons="")),
            models.CheckConstraint(
                name="review_by_people_not_involved",
                condition=~Q(involved__contains=[F("by")]) & ~Q(involved__contains=[F("second")]),
            ),
            models.CheckConstraint(
                name="review_lifts_by_two",
                condition=Q(agreed=None, second=None, second_at=None)
                | (
                    Q(keep=False, agreed__isnull=False, second__isnull=False, second_at__isnull=False)
                    & ~Q(second=F("by"))
                    & ~Q(second_reasons="")
                ),
            ),
            models.UniqueConstraint(
                fields=["association", "bar"],
                condition=Q(keep=False, agreed=None),
                name="review_lifting_once",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class BarNews(TenantModel):
    """Told to another association in which the barred subject is a member: that a bar exists, no more. Append-only."""

    wall: ClassVar[Wall] = JUDGEMENT_KEPT

    membership = TenantKey("associations.Membership", related_name="+")
    bar_public_id = models.CharField(max_length=22)
    set_by = models.ForeignKey("associations.Association", models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["association", "membership", "bar_public_id"], name="news_once"),
        ]

    def __str__(self) -> str:
        return self.bar_public_id


class Inquiry(TenantModel):
    """The register of who asked about a bar, kept by the association that set it. Append-only."""

    wall: ClassVar[Wall] = Wall(console="S", engine="SI", tenant=True, append_only=True)

    public_id = PublicIdField()
    bar = TenantKey(Bar, related_name="inquiries")
    asked_by = models.ForeignKey("associations.Association", models.PROTECT, related_name="+")
    officer = models.CharField(_("asked by"), max_length=60)
    question = models.TextField(_("question"))
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="inquiry_asks_something", condition=~Q(question="")),
            models.CheckConstraint(name="inquiry_from_elsewhere", condition=~Q(asked_by=F("association"))),
        ]
        indexes = [models.Index(fields=["association", "bar", "-id"], name="inquiry_of_bar")]

    def __str__(self) -> str:
        return self.public_id


class InquiryAnswer(TenantModel):
    """What the association that set the bar answered, and who. Append-only."""

    wall: ClassVar[Wall] = Wall(console="SI", engine="S", tenant=True, append_only=True)

    inquiry = TenantOneToOne(Inquiry, related_name="answer")
    text = models.TextField(_("answer"))
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(name="inquiry_answer_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text[:40]


class OwnInquiry(TenantModel):
    """What this association asked another about its bar, and what it was told. `public_id` is the inquiry's there."""

    wall: ClassVar[Wall] = Wall(console="S", engine="SIU", tenant=True)

    public_id = models.CharField(max_length=22, unique=True)
    bar_public_id = models.CharField(max_length=22)
    set_by = models.ForeignKey("associations.Association", models.PROTECT, related_name="+")
    question = models.TextField(_("question"))
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="own_inquiry_answered_whole",
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["association", "bar_public_id"], name="own_inquiry_of_bar")]

    def __str__(self) -> str:
        return self.public_id


class BarChange(TenantModel):
    """Told to an association that had received word of a bar in the last three years: what has become of it."""

    wall: ClassVar[Wall] = Wall(console="SU", engine="SI", tenant=True)

    bar_public_id = models.CharField(max_length=22)
    set_by = models.ForeignKey("associations.Association", models.PROTECT, related_name="+")
    became = models.CharField(_("state"), max_length=10, choices=BECAME)
    at = models.DateTimeField()
    seen_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["association", "bar_public_id", "at"], name="bar_change_told_once"
            ),
            models.CheckConstraint(
                name="bar_change_seen_by_somebody",
                condition=Q(seen_by=None, seen_at=None) | Q(seen_by__isnull=False, seen_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bar_public_id} {self.became}"
