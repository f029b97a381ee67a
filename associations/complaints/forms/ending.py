"""Forms of the finding, of closing, of handing on, and of the register's entries about a complaint."""

from __future__ import annotations

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from associations.complaints import services
from associations.complaints.forms.fields import YuanField, day_field, line_field, words_field
from associations.complaints.forms.steps import StepForm
from associations.complaints.states import Outcome
from associations.discipline.forms.opening import entries


class FindForm(StepForm):
    outcome = forms.ChoiceField(
        label=pgettext_lazy("complaint", "Finding"), choices=Outcome, widget=forms.RadioSelect
    )
    reasons = words_field(_("Facts found and reasons"), help_text=_("Both sides read them."))
    counted_elsewhere = forms.BooleanField(
        label=_("A platform's monthly figures hold this complaint already"),
        required=False,
        help_text=_("Then it is not counted a second time in the member's rating."),
    )
    on = day_field(_("Found on"))

    def prepare(self) -> None:
        self.fields["counted_elsewhere"].initial = self.file.complaint.origin == "platform"

    def save(self) -> None:
        services.find(**self.told)


class CloseForm(StepForm):
    note = words_field(_("How it ended"), rows=3, help_text=_("The complainant reads it."))
    on = day_field(_("Closed on"))

    def save(self) -> None:
        services.close(**self.told)


class LeadForm(StepForm):
    receiver = line_field(_("Authority"), 120)
    receipt = line_field(_("Number of its receipt"), 120)
    reasons = words_field(_("What points to a breach of the law"))
    on = day_field(_("Handed over on"))

    def save(self) -> None:
        services.lead(**self.told)


class ReferForm(StepForm):
    code = forms.TypedChoiceField(label=_("Catalogue entry"), choices=entries, coerce=int)
    occurred_on = day_field(
        _("Date of the act"), initial=None, help_text=_("By it the law in force is chosen.")
    )
    reasons = words_field(_("What points to a violation"))
    on = day_field(_("Handed over on"))

    def prepare(self) -> None:
        self.fields["occurred_on"].initial = self.file.complaint.occurred_on

    def save(self) -> None:
        services.refer(**self.told)


class MoneyForm(StepForm):
    """An entry of the register. The token makes sending it twice one entry."""

    amount = YuanField(label=_("Amount in yuan"))
    proof = line_field(_("Document"), 120, help_text=_("Number of the transfer or the receipt."))
    note = words_field(_("Note"), rows=3, required=False)
    on = day_field(_("Date"))
    token = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def prepare(self) -> None:
        self.fields["token"].initial = secrets.token_urlsafe(16)


class AdvanceForm(MoneyForm):
    def save(self) -> None:
        services.advance(**self.told)


class RecoverForm(MoneyForm):
    def save(self) -> None:
        services.recover(**self.told)


class WriteOffForm(MoneyForm):
    note = words_field(_("Reasons"), rows=3)

    def save(self) -> None:
        services.write_off(**self.told)
