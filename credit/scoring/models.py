from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField
from core.walls.declared import JUDGEMENT, JUDGEMENT_KEPT, Wall
from core.walls.models import TenantKey, TenantModel, TenantOneToOne
from credit.scoring.states import Grade, State


class RatingFigures(TenantModel):
    """The columns a rating and a standing share. Score in milli-points, dimensions and confidence in millionths."""

    as_of = models.DateField(_("as of"))
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


class Rating(RatingFigures):
    """A rating as it was given. Append-only: a change is a new row."""

    wall: ClassVar[Wall] = JUDGEMENT_KEPT

    public_id = PublicIdField()
    membership = TenantKey("associations.Membership", related_name="ratings")
    rated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.CheckConstraint(name="rating_score", condition=Q(score__range=(0, 1_000_000))),
            models.CheckConstraint(
                name="rating_shown_never_better_than_ceiling_of_veto",
                condition=~Q(state=State.BARRED) | Q(shown=10),
            ),
        ]
        indexes = [models.Index(fields=["association", "membership", "-id"], name="rating_of_member")]

    def __str__(self) -> str:
        return f"{self.get_shown_display()} {self.as_of}"


class Standing(RatingFigures):
    """The latest rating of each membership: what lists show, what the night scans."""

    wall: ClassVar[Wall] = JUDGEMENT

    membership = TenantOneToOne("associations.Membership", related_name="standing")
    rating = TenantKey(Rating, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["next_change_on"], name="standing_next_change"),
            models.Index(fields=["association", "state", "shown"], name="standing_by_grade"),
            models.Index(fields=["association", "score", "membership"], name="standing_by_score"),
            models.Index(fields=["association", "next_change_on", "membership"], name="standing_by_change"),
        ]

    def __str__(self) -> str:
        return self.get_shown_display()
