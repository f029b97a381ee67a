from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField
from core.walls.declared import PUBLISHED, Wall
from core.walls.models import TenantKey, TenantModel
from credit.publication.states import CandidateState, RecordKind, Withdrawn


class Candidate(TenantModel):
    """A record on its way through the gate: what it lacks, who approved it, until when it may stand.

    `record_ref` is the public id of the membership (a rating), the decision or the bar. `version` names what
    was last considered (empty: look again), `edition` counts what was published. `asks_for` is what an approval
    would be for, `approved_for` what the last one was for: another grade asks again. `public_source` is the
    lawful public source an officer named. Kept when the public row is gone.
    """

    wall: ClassVar[Wall] = Wall(console="SU", engine="SIU", tenant=True)

    public_id = PublicIdField()
    kind = models.CharField(_("kind"), max_length=8, choices=RecordKind)
    membership = TenantKey("associations.Membership", related_name="candidates")
    record_ref = models.CharField(max_length=22)
    version = models.CharField(max_length=64, blank=True)
    edition = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=9, choices=CandidateState)
    missing = models.JSONField(default=list)
    checked_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_for = models.CharField(max_length=64, blank=True)
    asks_for = models.CharField(max_length=64, blank=True)
    public_source = models.URLField(_("lawful public source"), max_length=300, blank=True)
    held = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    withdraw_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_for = models.CharField(max_length=13, choices=Withdrawn, blank=True)
    withdrawn_why = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("publication candidate")
        verbose_name_plural = _("publication candidates")
        constraints = [
            models.UniqueConstraint(fields=["association", "kind", "record_ref"], name="candidate_once"),
            models.CheckConstraint(
                name="candidate_public_lacks_nothing",
                condition=~models.Q(state="published")
                | models.Q(missing=[], held=False, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="candidate_approved_by_someone",
                condition=models.Q(approved_by=None, approved_at=None, approved_for="")
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="candidate_withdrawn_for_a_reason",
                condition=~models.Q(state="withdrawn")
                | models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_for=""),
            ),
        ]
        indexes = [
            models.Index(fields=["association", "state", "-checked_at"], name="candidate_by_state"),
            models.Index(fields=["membership"], name="candidate_of_member"),
            models.Index(fields=["withdraw_on"], name="candidate_to_withdraw"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_ref}"


class PublishedAssociation(models.Model):
    """An association as the public sees it: its figures, and `stamp`, which moves with every publication."""

    wall: ClassVar[Wall] = PUBLISHED

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)
    figures = models.JSONField(default=dict)
    etag = models.CharField(max_length=64)
    stamp = models.BigIntegerField(default=0)
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PublishedAccount(models.Model):
    """An association's public account of itself. `version` names what it was counted from (`account.version_of`)."""

    wall: ClassVar[Wall] = PUBLISHED

    association_slug = models.CharField(max_length=40, unique=True)
    version = models.CharField(max_length=100)
    payload = models.JSONField()
    etag = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.association_slug


class PublishedRuleSet(models.Model):
    """A rule set as the public reads it. Never changed: another version is another row.

    `association_slug`: whose own version it is; empty for the default of all. `ends_on` is its last day, none:
    until further notice; it moves when a next version is announced, or the announcement is withdrawn.
    """

    wall: ClassVar[Wall] = PUBLISHED

    association_slug = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=40)
    effective_on = models.DateField()
    ends_on = models.DateField(null=True)
    payload = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256", "association_slug"], name="published_rule_set_once")
        ]

    def __str__(self) -> str:
        return self.name


class PublishedRating(models.Model):
    """A published rating: searchable columns, and the whole record as `payload`.

    `name_key` is the matching key, spaces and dots left out; `terms` are those of
    `core.subjects.names.search_terms`; `pinyin` and `initials` hold every likely reading, a space between
    them. `changed_on` is the day score or grade last moved, `grade_before` and `score_before` what they
    were (none: first rating).
    """

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
    changed_on = models.DateField()
    grade_before = models.SmallIntegerField(null=True)
    score_before = models.IntegerField(null=True)
    name_key = models.TextField(db_collation="C")
    terms = ArrayField(models.TextField())
    pinyin = models.TextField()
    initials = models.TextField()
    payload = models.JSONField()
    etag = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        indexes = [
            # fastupdate off: a search must not read through a pending list after a batch.
            GinIndex(fields=["terms"], name="published_rating_terms", fastupdate=False),
            models.Index(OpClass("code", "varchar_pattern_ops"), name="published_rating_code"),
            models.Index(fields=["name_key"], name="published_rating_name"),
            models.Index(fields=["-changed_on", "public_id"], name="published_rating_latest"),
            models.Index(
                fields=["association_slug", "-changed_on", "public_id"], name="published_rating_of_assoc"
            ),
            models.Index(fields=["association_slug", "grade"], name="published_rating_grade"),
            models.Index(fields=["published_at", "public_id"], name="published_rating_changes"),
        ]

    def __str__(self) -> str:
        return self.name


class PublishedBundle(models.Model):
    """The evidence bundle of a published rating. `content`: its canonical bytes, deflated, with nothing where the
    rule set goes, which is that of `PublishedRuleSet`; `sha256` that of the whole file. Goes with the rating.
    """

    wall: ClassVar[Wall] = PUBLISHED

    public_id = models.CharField(max_length=22, unique=True)
    ruleset_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    issued_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class PublishedWithdrawal(models.Model):
    """A record that was public and is no more: all that its feed may go on telling, for three years."""

    wall: ClassVar[Wall] = PUBLISHED

    public_id = models.CharField(max_length=22, unique=True)
    kind = models.CharField(max_length=8, choices=RecordKind)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["at"], name="published_withdrawal_time")]

    def __str__(self) -> str:
        return self.public_id


class PublishedBar(models.Model):
    """A published bar."""

    wall: ClassVar[Wall] = PUBLISHED

    public_id = models.CharField(max_length=22, unique=True)
    association_slug = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=18, blank=True)
    category = models.SmallIntegerField()
    for_life = models.BooleanField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    review_on = models.DateField()
    withdraw_on = models.DateField()
    name_key = models.TextField(db_collation="C")
    terms = ArrayField(models.TextField())
    pinyin = models.TextField()
    initials = models.TextField()
    payload = models.JSONField()
    etag = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        indexes = [
            GinIndex(fields=["terms"], name="published_bar_terms", fastupdate=False),
            models.Index(fields=["-from_on", "public_id"], name="published_bar_latest"),
            models.Index(fields=["published_at", "public_id"], name="published_bar_changes"),
        ]

    def __str__(self) -> str:
        return self.name


class PublishedDecision(models.Model):
    """A published decision, until `withdraw_on`, that day not included."""

    wall: ClassVar[Wall] = PUBLISHED

    public_id = models.CharField(max_length=22, unique=True)
    rating_public_id = models.CharField(max_length=22)
    association_slug = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    category = models.SmallIntegerField()
    decided_on = models.DateField()
    measure = models.SmallIntegerField()
    severity = models.SmallIntegerField()
    code = models.CharField(max_length=8)
    withdraw_on = models.DateField()
    name_key = models.TextField(db_collation="C")
    terms = ArrayField(models.TextField())
    pinyin = models.TextField()
    initials = models.TextField()
    payload = models.JSONField()
    etag = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        indexes = [
            GinIndex(fields=["terms"], name="published_decision_terms", fastupdate=False),
            models.Index(fields=["-decided_on", "public_id"], name="published_decision_latest"),
            models.Index(fields=["published_at", "public_id"], name="published_decision_changes"),
        ]

    def __str__(self) -> str:
        return self.number
