from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import TenantModel


class Association(models.Model):
    """An industry association 行业协会: the tenant. Its register entry is public."""

    wall: ClassVar[Wall] = Wall(app="SIU", console="S", engine="S")

    class Reach(models.TextChoices):
        CITY = "city", _("City")
        PROVINCE = "province", _("Province")
        PARK = "park", _("Industry park")

    public_id = PublicIdField()
    slug = models.SlugField(_("short name in addresses"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    name_en = models.CharField(_("English name"), max_length=160)
    uscc = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    reach = models.CharField(_("reach"), max_length=10, choices=Reach)
    region = models.CharField(_("region"), max_length=60)
    number = models.PositiveSmallIntegerField(_("number in certificates"), unique=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("associations")
        constraints = [
            models.CheckConstraint(
                name="association_number_three_digits", condition=Q(number__range=(1, 999))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CharterVersion(TenantModel):
    """A version of the charter's disciplinary articles. Append-only.

    `articles` is a list of {"article": "第二十一条", "text": …, "measures": [1, …, 6]}; the quorum and the
    majorities are counts out of `quorum_of`: present ≥ quorum_numerator/quorum_of of those due.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    version = models.CharField(_("version"), max_length=20)
    adopted_on = models.DateField(_("adopted on"))
    effective_on = models.DateField(_("in force from"))
    articles = models.JSONField(_("articles"))
    quorum_numerator = models.PositiveSmallIntegerField(default=2)
    quorum_of = models.PositiveSmallIntegerField(default=3)
    text_sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("charter version")
        verbose_name_plural = _("charter versions")
        constraints = [
            models.UniqueConstraint(fields=["association", "version"], name="charter_version_once"),
            models.CheckConstraint(
                name="charter_quorum_is_a_share",
                condition=Q(quorum_of__gt=0, quorum_numerator__gt=0)
                & Q(quorum_numerator__lte=models.F("quorum_of")),
            ),
        ]

    def __str__(self) -> str:
        return self.version
