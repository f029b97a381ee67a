"""Forms of the second half: handing over, closing, reversing, dropping."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from associations.discipline import services
from associations.discipline.forms.step import StepForm, day_field, words_field


class ServeForm(StepForm):
    """The decision as handed over."""

    served_on = day_field(_("Handed over on"))
    method = forms.CharField(label=_("How served"), max_length=60)
    proof = forms.CharField(
        label=_("Proof of service"),
        max_length=200,
        help_text=_("Receipt number, signed copy, notary's record."),
    )
    told_of_publication = forms.BooleanField(
        label=_("The member was told that the decision will be published"),
        required=False,
        help_text=_("Without this the decision takes effect but is not published."),
    )

    def save(self) -> None:
        services.serve_decision(case=self.file.case, **self.cleaned_data, by=self.user)


class CloseForm(StepForm):
    """The measure has been carried out."""

    note = words_field(_("How the measure was carried out"))
    on = day_field(_("Closed on"))

    def save(self) -> None:
        services.close_case(case=self.file.case, **self.cleaned_data, by=self.user)


class ReverseForm(StepForm):
    """The decision is set aside."""

    reasons = words_field(_("Reasons"))
    on = day_field(_("Reversed on"))

    def save(self) -> None:
        services.reverse(case=self.file.case, **self.cleaned_data, by=self.user)


class DropForm(StepForm):
    """The case is dropped."""

    reasons = words_field(_("Reasons"))
    on = day_field(_("Dropped on"))

    def save(self) -> None:
        services.drop(case=self.file.case, **self.cleaned_data, by=self.user)
