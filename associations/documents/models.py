from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.documents.states import DocumentKind
from associations.evidence.models import Evidence
from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import TenantKey, TenantModel, TenantOneToOne


class Template(TenantModel):
    """An association's own text and numbering for a kind; the newest version is in use. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    kind = models.CharField(_("kind"), max_length=10, choices=DocumentKind)
    version = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"))
    pattern = models.CharField(_("numbering"), max_length=40, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["association", "kind", "version"], name="template_version_once"),
            models.CheckConstraint(
                name="template_numbers_what_is_numbered",
                condition=Q(kind="guide", pattern="")
                | (~Q(kind="guide") & Q(pattern__contains="{year}") & Q(pattern__contains="{number}")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class Document(TenantModel):
    """A paper issued under its number; its bytes lie with the evidence. Append-only.

    `public_id` is the code on the paper by which anybody verifies it. `sha256` is a copy the database holds equal.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    public_id = PublicIdField()
    kind = models.CharField(_("kind"), max_length=10, choices=DocumentKind)
    year = models.PositiveSmallIntegerField(_("year"))
    running = models.PositiveIntegerField(_("running number"))
    number = models.CharField(_("number"), max_length=60)
    issued_on = models.DateField(_("issued on"))
    template = TenantKey(Template, null=True, related_name="+")
    guide = TenantKey(Template, null=True, related_name="+")
    paper = TenantOneToOne(Evidence, related_name="document", copies=("sha256",))
    sha256 = models.CharField("SHA-256", max_length=64)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(
                fields=["association", "kind", "year", "running"], name="document_running_once"
            ),
            models.UniqueConstraint(fields=["association", "number"], name="document_number_once"),
            models.CheckConstraint(
                name="document_is_numbered", condition=Q(running__gt=0) & ~Q(kind="guide")
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="document_by_hash")]

    def __str__(self) -> str:
        return self.number


class DocumentWithdrawal(TenantModel):
    """A document that stands no more, and why. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    document = TenantOneToOne(Document, related_name="withdrawal")
    withdrawn_on = models.DateField(_("withdrawn on"), default=timezone.localdate)
    reasons = models.TextField(_("reasons"))
    by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="document_withdrawn_with_reasons", condition=~Q(reasons="")),
        ]

    def __str__(self) -> str:
        return str(self.document_id)


class DocumentLink(TenantModel):
    """What ties a document to the thing it is about: the room of that thing adds its key. Append-only."""

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    document = TenantOneToOne(Document, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.document_id)
