from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.conduct.states import FactKind
from core.public_ids import OwnPublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import AssociationOf, TenantKey, TenantModel, TenantOneToOne

# What a kind must carry, as the rating's evaluator demands it.
PART_OF_WHOLE = (FactKind.MEDIATION, FactKind.COMMITMENT, FactKind.ROSTER)  # b is a part of a
YES_OR_NO = (FactKind.CHECK, FactKind.EXAM, FactKind.CONTROL)
COUNTED = (FactKind.TRAINING, FactKind.CONTRIBUTION)
RARE_FROM = FactKind.VIOLATION.value
MOST_ORDERS = 10**11
MOST = 10**6


class Fact(TenantModel):
    """One conduct fact. Append-only. The table is partitioned by association (docs/adr/0009).

    `code` is a catalogue number (violations), a checklist item or a control; `a`–`e` are the quantities of
    the kind, as `FactKind` says; `ref` is the fact this one reverses, repairs, stays or corrects;
    `key` makes recording it twice impossible; `digest` is SHA-256 of its canonical JSON. `source`
    names where it comes from, `source_ref` the public id of the record there.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    association = AssociationOf("membership")
    public_id = OwnPublicIdField()
    membership = TenantKey("associations.Membership", related_name="facts", db_index=False)
    kind = models.SmallIntegerField(_("kind"), choices=FactKind)
    code = models.SmallIntegerField(default=0)
    severity = models.SmallIntegerField(default=0)
    occurred_on = models.DateField(_("date"))
    recorded_on = models.DateField(_("recorded on"), default=timezone.localdate)
    recorded_at = models.DateTimeField(default=timezone.now)
    a = models.BigIntegerField(null=True)
    b = models.IntegerField(null=True)
    c = models.IntegerField(null=True)
    d = models.IntegerField(null=True)
    e = models.IntegerField(null=True)
    until_on = models.DateField(null=True)
    ref = TenantKey("self", null=True, related_name="later", db_index=False)
    source = models.CharField(_("source"), max_length=60)
    source_ref = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("conduct fact")
        verbose_name_plural = _("conduct facts")
        constraints = [
            models.UniqueConstraint(fields=["association", "key"], name="fact_once"),
            models.UniqueConstraint(fields=["association", "public_id"], name="fact_public_id_once"),
            models.CheckConstraint(name="fact_severity", condition=Q(severity__range=(0, 4))),
            models.CheckConstraint(
                name="fact_of_a_known_kind", condition=Q(kind__in=FactKind.values, code__gte=0)
            ),
            models.CheckConstraint(
                name="fact_violation_is_graded",
                condition=~Q(kind=FactKind.VIOLATION) | Q(severity__gte=1, code__gte=1),
            ),
            models.CheckConstraint(
                name="fact_correction_names_its_fact",
                condition=Q(kind__lt=20, ref=None) | Q(kind__gte=20, ref__isnull=False),
            ),
            models.CheckConstraint(
                name="fact_possible_day",
                condition=Q(occurred_on__range=(date(1949, 10, 1), date(2999, 12, 31))),
            ),
            models.CheckConstraint(
                name="fact_quantities_of_its_kind",
                # "is not null" is said each time: a CHECK lets pass what is neither true nor false
                condition=(
                    Q(kind=FactKind.FIGURES, a__range=(0, MOST_ORDERS), d__lte=F("c"), e__lte=F("c"))
                    & Q(b__range=(0, MOST), c__range=(0, MOST), d__gte=0, e__gte=0)
                    & Q(a__isnull=False, b__isnull=False, c__isnull=False, d__isnull=False, e__isnull=False)
                )
                | Q(
                    kind__in=PART_OF_WHOLE,
                    a__range=(0, MOST),
                    b__range=(0, F("a")),
                    a__isnull=False,
                    b__isnull=False,
                )
                | Q(kind__in=YES_OR_NO, a__in=(0, 1), a__isnull=False)
                | Q(kind__in=COUNTED, a__range=(0, MOST), a__isnull=False)
                | Q(kind=FactKind.LICENCE, until_on__isnull=False)
                | ~Q(kind__in=[FactKind.FIGURES, *PART_OF_WHOLE, *YES_OR_NO, *COUNTED, FactKind.LICENCE]),
            ),
        ]
        indexes = [
            # with all that a rating reads of a fact: a member's facts lie apart in the table, here side by side
            models.Index(
                fields=["association", "membership", "occurred_on", "id"],
                include=["kind", "code", "until_on", "digest", "a", "b", "c", "d", "e"],
                name="fact_of_member",
            ),
            models.Index(
                fields=["association", "membership"], condition=Q(kind__gte=RARE_FROM), name="fact_rare"
            ),
            models.Index(
                fields=["association", "ref"], condition=Q(ref__isnull=False), name="fact_about_another"
            ),
            models.Index(fields=["association", "id"], condition=Q(kind=FactKind.BAN), name="fact_ban"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.occurred_on}"


class ConductDue(TenantModel):
    """The queue to the rating: one row a membership, claimed with SKIP LOCKED, removed when rated."""

    wall: ClassVar[Wall] = Wall(console="SIU", engine="SIUD", tenant=True)

    association = AssociationOf("membership")
    membership = TenantOneToOne("associations.Membership", related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["since"], name="due_oldest_first")]

    def __str__(self) -> str:
        return str(self.membership_id)
