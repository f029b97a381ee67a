from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.walls.declared import JUDGEMENT, JUDGEMENT_KEPT, Wall
from core.walls.models import AssociationOf, TenantKey, TenantModel, TenantOneToOne
from credit.scoring.states import Grade, State


class Rating(TenantModel):
    """A rating as it was given. Score in milli-points, dimensions and confidence in millionths.

    It is a row of `Standing` as long as it stands, and the same row of `FormerRating` from then on (docs/adr/0019).
    """

    membership_id: int  # the key differs: one row a member, and any number

    id = models.BigAutoField(primary_key=True)
    as_of = models.DateField(_("as of"))
    rated_at = models.DateTimeField(default=timezone.now)
    score = models.IntegerField(_("score"))
    d1 = models.IntegerField()
    d2 = models.IntegerField()
    d3 = models.IntegerField()
    d4 = models.IntegerField()
    d5 = models.IntegerField()
    d6 = models.IntegerField()
    confidence = models.IntegerField(_("confidence"))
    n = models.IntegerField(_("facts counted"))
    state = models.SmallIntegerField(_("state"), choices=State)
    grade = models.SmallIntegerField(choices=Grade)
    shown = models.SmallIntegerField(_("grade"), choices=Grade)
    ceiling = models.SmallIntegerField(_("ceiling"), choices=Grade)
    mask = models.IntegerField(default=0)
    next_change_on = models.DateField(_("next change on"), null=True)
    up_on = models.DateField(null=True)
    last_fact_id = models.BigIntegerField(null=True)
    inputs_sha = models.BinaryField(max_length=32)
    ruleset_sha = models.BinaryField(max_length=32)
    engine = models.CharField(max_length=12)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(class)s_score", condition=Q(score__range=(0, 1_000_000))),
            models.CheckConstraint(
                name="%(class)s_shown_never_better_than_ceiling_of_veto",
                condition=~Q(state=State.BARRED) | Q(shown=10),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_shown_display()} {self.as_of}"


class Standing(Rating):
    """The rating of each membership that stands. What lists show, what the night scans. Partitioned by association.

    A change gives it the figures and the number of a new rating, and the database puts the one before among the
    former ones; it lets nobody remove a row, or change it without a later number.
    """

    wall: ClassVar[Wall] = JUDGEMENT

    association = AssociationOf("membership")
    membership = TenantOneToOne("associations.Membership", related_name="standing", at_once=True)

    class Meta(Rating.Meta):
        indexes = [
            models.Index(fields=["association", "state", "shown"], name="standing_by_grade"),
            models.Index(fields=["association", "score", "membership"], name="standing_by_score"),
            models.Index(fields=["association", "next_change_on", "membership"], name="standing_by_change"),
        ]


class FormerRating(Rating):
    """A rating that stood, with the number it had then. Append-only, written by the database as the next one takes
    its place. Partitioned by association.
    """

    wall: ClassVar[Wall] = JUDGEMENT_KEPT

    association = AssociationOf("membership")
    membership = TenantKey(  # the key in the database is of association, membership and number
        "associations.Membership", related_name="former_ratings", db_index=False, at_once=True
    )


class GateDue(TenantModel):
    """The queue to the gate: who was rated and not looked at since by publication. One row a membership."""

    wall: ClassVar[Wall] = Wall(console="S", engine="SIUD", tenant=True)

    association = AssociationOf("membership")
    membership = TenantOneToOne("associations.Membership", related_name="+")
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.membership_id)


class Stretch(TenantModel):
    """Members of one association, `first_id` to `last_id`, to be rated whatever they wait for; a task's work.

    Those of one `run` never overlap. What a worker does with one is one transaction: killed in the middle, it is
    still to be done, and nothing was written.
    """

    wall: ClassVar[Wall] = Wall(console="SI", engine="SIU", tenant=True)

    run = models.CharField(max_length=22)
    as_of = models.DateField(_("as of"))
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    members = models.IntegerField(_("members"))
    asked_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    changed = models.IntegerField(null=True)

    class Meta:
        verbose_name = _("stretch of members to be rated")
        verbose_name_plural = _("stretches of members to be rated")
        constraints = [
            models.UniqueConstraint(fields=["association", "run", "first_id"], name="stretch_once"),
            models.CheckConstraint(
                name="stretch_has_members", condition=Q(members__gt=0, first_id__lte=F("last_id"))
            ),
            models.CheckConstraint(
                name="stretch_done_says_what",
                condition=Q(done_at=None, changed=None)
                | Q(done_at__isnull=False, changed__isnull=False, changed__gte=0),
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(done_at=None), name="stretch_to_do")]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id}"
