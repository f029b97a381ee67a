from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField
from core.subjects.states import Kind, MarkKind
from core.walls.declared import Wall


class Subject(models.Model):
    """A firm or a person, once, whoever registered it first.

    `name` is a firm's registered name or a person's stage name; a person's legal name and identity number are
    sealed (`encryption.seal`), the number found by its keyed hash alone.
    """

    wall: ClassVar[Wall] = Wall(engine="SIU")

    public_id = PublicIdField()
    kind = models.SmallIntegerField(_("kind"), choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    uscc = models.CharField(_("unified social credit code"), max_length=18, null=True, unique=True)
    identity_index = models.BinaryField(null=True, unique=True, max_length=32)
    identity_sealed = models.BinaryField(null=True)
    legal_name_sealed = models.BinaryField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("credit subject")
        verbose_name_plural = _("credit subjects")
        constraints = [
            models.CheckConstraint(
                name="subject_has_its_identifier",
                condition=Q(kind=Kind.ORGANISATION, uscc__isnull=False, identity_index=None)
                | Q(kind=Kind.PERSON, uscc=None, identity_index__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Mark(models.Model):
    """A subject's keyed hash of one kind: what screening compares. `index` is 32 bytes."""

    wall: ClassVar[Wall] = Wall(engine="SI")

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="marks")
    kind = models.SmallIntegerField(choices=MarkKind)
    index = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "index", "subject"], name="mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {bytes(self.index).hex()[:8]}"


class WatchMark(models.Model):
    """A mark under which a bar stands somewhere: all that other associations' screening may compare with.

    Written by the blacklist when a bar is listed, taken out of force when it ends. It names the bar by its
    public id and the association that set it, never the reasons.
    """

    wall: ClassVar[Wall] = Wall(engine="SIU")

    kind = models.SmallIntegerField(choices=MarkKind)
    index = models.BinaryField(max_length=32)
    bar_public_id = models.CharField(max_length=22)
    set_by = models.ForeignKey("associations.Association", models.PROTECT, related_name="+")
    in_force = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "index", "bar_public_id"], name="watch_mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.bar_public_id}"
