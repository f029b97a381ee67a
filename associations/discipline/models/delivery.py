"""Letters seen: when, and by whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.discipline.models.case import Case
from associations.discipline.states import Letter
from core.walls.declared import OWN_RECORD_KEPT, Wall
from core.walls.models import AssociationOf, TenantKey, TenantModel


class LetterOpened(TenantModel):
    """The first time somebody who acts for the member opened a letter at the desk. Append-only.

    `ref` is the row number of what the letter tells: the notice, the call of the hearing, the decision, how the appeal
    was decided.
    """

    wall: ClassVar[Wall] = OWN_RECORD_KEPT

    case = TenantKey(Case, related_name="letters_opened")
    association = AssociationOf("case")
    letter = models.CharField(_("letter"), max_length=8, choices=Letter)
    ref = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("letter opened")
        verbose_name_plural = _("letters opened")
        constraints = [
            models.UniqueConstraint(
                fields=["association", "case", "letter", "ref", "by"], name="letter_opened_once_by_each"
            ),
        ]

    def __str__(self) -> str:
        return self.get_letter_display()
