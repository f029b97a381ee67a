from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.walls.declared import Wall


class RuleSetVersion(models.Model):
    """A version of the method as published. `association` none: the default for all. Append-only."""

    wall: ClassVar[Wall] = Wall(app="S", console="S", engine="SI", append_only=True)

    association = models.ForeignKey("associations.Association", models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=40)
    sha256 = models.BinaryField(max_length=32, unique=True)
    canonical = models.BinaryField()
    effective_on = models.DateField(_("in force from"))
    adopted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")

    def __str__(self) -> str:
        return self.name
