"""The base of the verbs' forms, and the fields they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.discipline.states import Measure

if TYPE_CHECKING:
    from associations.discipline.selectors import CaseFile
    from core.accounts.models import User


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A date, today unless told otherwise."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is no date. Write it as 2026-03-12.")},
        **{"initial": timezone.localdate, **options},
    )


def words_field(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}), **options
    )


def choice_field(label: Any, choices: Any, **options: Any) -> forms.TypedChoiceField:
    """A choice of whole numbers."""
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=int, **{"empty_value": None, **options}
    )


def measures() -> list[tuple[int, str]]:
    """The ladder as choices: L2 Warning, correction ordered."""
    return [(measure.value, f"L{measure.value} {measure.label}") for measure in Measure]


class StepForm(forms.Form):
    """The form of one verb on one case. `user` is who fills it in."""

    def __init__(self, *args: Any, file: CaseFile, user: User, **options: Any) -> None:
        self.file, self.user = file, user
        super().__init__(*args, **options)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the case."""

    def save(self) -> None:
        """Call the verb. Raises Denied."""
        raise NotImplementedError
