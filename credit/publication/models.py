from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField
from core.walls.declared import PUBLISHED, Wall
from core.walls.models import TenantKey, TenantModel
from credit.publication.states import CandidateState, RecordKind


class Candidate(TenantModel):
    """A record on its way through the gate: what it lacks, who approved it, until when it may stand."""

    wall: ClassVar[Wall] = Wall(console="SU", engine="SIU", tenant=True)

    public_id = PublicIdField()
    kind = models.CharField(_("kind"), max_length=8, choices=RecordKind)
    membership = TenantKey("associations.Membership", related_name="candidates")
    record_ref = models.CharField(max_length=22)
    version = models.CharField(max_length=64)
    state = models.CharField(max_length=9, choices=CandidateState)
    missing = models.JSONField(default=list)
    checked_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    withdraw_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("publication candidate")
        verbose_name_plural = _("publication candidates")
        constraints = [
            models.UniqueConstraint(fields=["association", "kind", "record_ref"], name="candidate_once"),
            models.CheckConstraint(
                name="candidate_public_lacks_nothing",
                condition=~models.Q(state="published") | models.Q(missing=[], published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_ref}"


class PublishedAssociation(models.Model):
    """An association as the public sees it."""

    wall: ClassVar[Wall] = PUBLISHED

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)
    figures = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


class PublishedRating(models.Model):
    """A published rating: searchable columns, and the whole record as `payload`."""

    wall: ClassVar[Wall] = PUBLISHED

    public_id = models.CharField(max_length=22, unique=True)
    association_slug = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=18, blank=True)
    category = models.SmallIntegerField()
    state = models.SmallIntegerField()
    grade = models.SmallIntegerField()
    score = models.IntegerField()
    as_of = models.DateField()
    terms = ArrayField(models.CharField(max_length=64))
    pinyin = models.CharField(max_length=600)
    initials = models.CharField(max_length=200)
    payload = models.JSONField()
    etag = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        indexes = [
            GinIndex(fields=["terms"], name="published_rating_terms"),
            models.Index(fields=["code"], name="published_rating_code"),
            models.Index(fields=["association_slug", "grade"], name="published_rating_grade"),
        ]

    def __str__(self) -> str:
        return self.name


class PublishedStep(models.Model):
    """One step of a published rating's history."""

    wall: ClassVar[Wall] = PUBLISHED

    rating_public_id = models.CharField(max_length=22)
    as_of = models.DateField()
    score = models.IntegerField()
    grade = models.SmallIntegerField()
    state = models.SmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rating_public_id", "as_of"], name="published_step_once")]

    def __str__(self) -> str:
        return f"{self.rating_public_id} {self.as_of}"


class PublishedBar(models.Model):
    """A published bar."""

    wall: ClassVar[Wall] = PUBLISHED

    public_id = models.CharField(max_length=22, unique=True)
    association_slug = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=18, blank=True)
    for_life = models.BooleanField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    terms = ArrayField(models.CharField(max_length=64))
    payload = models.JSONField()
    etag = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        indexes = [GinIndex(fields=["terms"], name="published_bar_terms")]

    def __str__(self) -> str:
        return self.name


class PublishedDecision(models.Model):
    """A published decision."""

    wall: ClassVar[Wall] = PUBLISHED

    public_id = models.CharField(max_length=22, unique=True)
    association_slug = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    decided_on = models.DateField()
    measure = models.SmallIntegerField()
    code = models.CharField(max_length=8)
    withdraw_on = models.DateField()
    payload = models.JSONField()
    etag = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number
