"""The day a rating is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credit.scoring.as_of import DayRefused, check_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class AsOfForm(forms.Form):
    """A past day of a membership; stands in the address as `as_of`."""

    as_of = forms.DateField(
        label=_("As of"),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": _("Choose a day, such as 2026-11-22."),
            "invalid": _("This is no day of the calendar. Write year, month and day, such as 2026-11-22."),
        },
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, joined_on: date) -> None:
        super().__init__(data)
        self.joined_on = joined_on
        limits = {"min": joined_on.isoformat(), "max": timezone.localdate().isoformat()}
        self.fields["as_of"].widget.attrs |= limits

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        try:
            check_day(day, self.joined_on)
        except DayRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return day


def asked_day(asked: Mapping[str, Any], *, joined_on: date) -> AsOfForm:
    """The form of an address: bound where the address names a day, however badly."""
    return AsOfForm(asked if "as_of" in asked else None, joined_on=joined_on)
