from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.evidence.states import FileKind
from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import TenantKey, TenantModel


class Evidence(TenantModel):
    """One file as it was handed in. Append-only.

    `name` is what the sender called it, cleaned, with the ending of what it is; it may name persons, so it stands in
    no log and not in the ledger. `by` is empty for what the public or the register itself handed in. `scanned_by`
    names the scanner that found nothing, empty where none is set. `pieces` is how many rows hold the bytes.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    public_id = PublicIdField()
    name = models.CharField(_("file"), max_length=120)
    kind = models.CharField(_("kind"), max_length=4, choices=FileKind)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    pieces = models.PositiveIntegerField()
    scanned_by = models.CharField(_("scanned by"), max_length=80, blank=True)
    kept_on = models.DateField(_("kept since"), default=timezone.localdate)
    keep_until = models.DateField(_("kept until at least"))
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(name="evidence_is_something", condition=Q(size__gt=0, pieces__gt=0)),
            models.CheckConstraint(
                name="evidence_has_its_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(name="evidence_is_kept", condition=Q(keep_until__gt=F("kept_on"))),
        ]
        indexes = [
            # Answers the quota without reading the table.
            models.Index(fields=["association"], include=["size"], name="evidence_sizes"),
        ]

    def __str__(self) -> str:
        return self.public_id


class EvidencePiece(TenantModel):
    """A stretch of a file's bytes, sealed for this file and this place.

    A trigger refuses every UPDATE, and DELETE before `keep_until` of its file has passed: that day is a copy the
    database holds equal.
    """

    wall: ClassVar[Wall] = Wall(console="SI", engine="SD", tenant=True)

    evidence = TenantKey(Evidence, related_name="stretches", copies=("keep_until",))
    keep_until = models.DateField()
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["association", "evidence", "number"], name="evidence_piece_once"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.number}"


class EvidenceLink(TenantModel):
    """What ties a file to a thing of another room: that room adds its key, and no more. Append-only.

    class CaseEvidence(EvidenceLink):
        case = TenantKey(Case, related_name="evidence")
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    evidence = TenantKey(Evidence, related_name="+")
    shows = models.CharField(_("what it shows"), max_length=200, blank=True)
    added_on = models.DateField(_("added on"), default=timezone.localdate)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.shows or str(self.evidence_id)
