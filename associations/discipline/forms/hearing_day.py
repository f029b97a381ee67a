"""What is asked for a hearing day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.discipline.selectors import reviewers
from associations.discipline.services import slots
from associations.tenancy import scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from associations.discipline.models import Case
    from associations.discipline.services.hearing_day import Slot
    from core.accounts.models import User

MOST = 30


class HearingDayForm(forms.Form):
    """The cases, the day, and when each begins."""

    cases = forms.MultipleChoiceField(
        label=_("Cases"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one case.")},
    )
    held_on = forms.DateField(
        label=_("Day of the hearing"),
        help_text=_("Seven days after the service, or later."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    begins = forms.TimeField(
        label=_("The first begins at"),
        initial="09:00",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    minutes = forms.IntegerField(label=_("Minutes for each"), min_value=10, max_value=480, initial=60)
    place = forms.CharField(label=_("Place"), max_length=120)
    chair = forms.TypedChoiceField(label=_("In the chair"), coerce=int)
    served_on = forms.DateField(
        label=_("Served on"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    method = forms.CharField(label=_("How served"), max_length=60)
    proof = forms.CharField(label=_("Proof of service"), max_length=200)

    def __init__(self, *args: Any, owed: Iterable[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owed = {case.public_id: case for case in owed}
        self.chairs = {user.pk: user for user in reviewers(scope.association_id())}
        self.fields["cases"].choices = [  # type: ignore[attr-defined]
            (key, f"{case.number} {case.membership.name}") for key, case in self.owed.items()
        ]
        self.fields["chair"].choices = [(key, user.name) for key, user in self.chairs.items()]  # type: ignore[attr-defined]

    def clean_cases(self) -> list[Case]:
        chosen = [self.owed[key] for key in self.cleaned_data["cases"]]
        if len(chosen) > MOST:
            raise forms.ValidationError(_("At most %(most)s cases a day.") % {"most": MOST})
        return sorted(chosen, key=lambda case: (case.opened_on, case.pk))

    def clean_chair(self) -> User:
        return self.chairs[self.cleaned_data["chair"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if {"cases", "begins", "minutes"} <= set(given):
            begins = datetime.combine(timezone.localdate(), given["begins"])
            ends = begins + timedelta(minutes=given["minutes"] * len(given["cases"]))
            if ends.date() > begins.date():
                self.add_error(
                    "minutes", _("The last would end after midnight. Choose fewer cases, or less time.")
                )
        return given

    @property
    def planned(self) -> list[Slot]:
        """Case and time, once the form is valid."""
        return slots(self.cleaned_data["cases"], self.cleaned_data["begins"], self.cleaned_data["minutes"])

    @property
    def terms(self) -> dict[str, Any]:
        """What all have in common."""
        names = ("held_on", "place", "chair", "method", "proof", "served_on")
        return {name: self.cleaned_data[name] for name in names}
