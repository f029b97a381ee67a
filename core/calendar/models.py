from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.walls.declared import Wall

READ_BY_ALL = Wall(app="SIUD", console="S", engine="S")


class DayOverride(models.Model):
    """A day that is worked, or not, whatever the package or the weekday says."""

    wall: ClassVar[Wall] = READ_BY_ALL

    day = models.DateField(_("day"), unique=True)
    working = models.BooleanField(_("working day"))
    source = models.CharField(
        _("source"), max_length=200, help_text=_("The announcement this is taken from.")
    )

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day}"


class EnteredYear(models.Model):
    """A year whose announced holidays and exchanged weekends have all been entered as overrides."""

    wall: ClassVar[Wall] = READ_BY_ALL

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    source = models.CharField(
        _("source"), max_length=200, help_text=_("The announcement this is taken from.")
    )

    class Meta:
        verbose_name = _("calendar year")
        verbose_name_plural = _("calendar years")
        ordering = ("-year",)
        constraints = [
            models.CheckConstraint(name="year_has_four_digits", condition=Q(year__range=(2000, 2200))),
        ]

    def __str__(self) -> str:
        return f"{self.year}"
