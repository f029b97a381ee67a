"""What like cases got, across associations: counts, and nothing else."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from associations.discipline.states import Measure
from core.walls.declared import Wall


class LikeCases(models.Model):
    """How many decisions of all associations gave a measure for an entry, a severity and a direction.

    No row names an association or a case, and a group is told only when nobody can be inferred from it
    (`selectors.like.told`). `measure` 0 holds the measures given too seldom to be told apart. Counted every night.
    """

    wall: ClassVar[Wall] = Wall(console="S", engine="SIUD")

    code = models.SmallIntegerField(_("catalogue entry"))
    severity = models.SmallIntegerField(_("severity"))
    direction = models.SmallIntegerField(_("circumstances"))
    measure = models.SmallIntegerField(_("measure"), choices=[(0, _("another")), *Measure.choices])
    count = models.PositiveIntegerField(_("decisions"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "severity", "direction", "measure"], name="like_cases_once"
            ),
            models.CheckConstraint(name="like_cases_some", condition=Q(count__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.count}"
