"""Forms of the beginning: filing, investigation, circumstances, more time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from associations.discipline import services
from associations.discipline.forms.step import StepForm, choice_field, day_field, words_field
from associations.discipline.selectors import clerks
from associations.discipline.states import Weight

if TYPE_CHECKING:
    from core.accounts.models import User


class _Investigated(StepForm):
    """Names an investigator among the clerks who have no other part in the case."""

    investigator = choice_field(_("Investigator"), ())

    def prepare(self) -> None:
        case = self.file.case
        out = {key for key, side in self.file.parts.items() if side != "accuse"}
        self.may_be: dict[int, User] = {
            user.pk: user for user in clerks(case.association_id) if user.pk not in out
        }
        choices = [(key, user.name) for key, user in self.may_be.items() if key != case.investigator_id]
        self.fields["investigator"].choices = choices  # type: ignore[attr-defined]


class FileForm(_Investigated):
    """The lead becomes a case."""

    on = day_field(_("Filed on"))

    def save(self) -> None:
        named = self.may_be[self.cleaned_data["investigator"]]
        services.file_case(case=self.file.case, investigator=named, on=self.cleaned_data["on"], by=self.user)


class ReassignForm(_Investigated):
    """Another investigates."""

    reason = words_field(_("Reason"))
    on = day_field(_("Named on"))

    def save(self) -> None:
        told = dict(self.cleaned_data)
        named = self.may_be[told.pop("investigator")]
        services.reassign(case=self.file.case, investigator=named, **told, by=self.user)


class ReportForm(StepForm):
    """What the investigation found."""

    findings = words_field(_("Facts found, and by what they are proven"))
    proposal = words_field(_("Proposal"), required=False)
    on = day_field(_("Reported on"))

    def prepare(self) -> None:
        self.fields["findings"].initial = self.file.case.allegation

    def save(self) -> None:
        services.report(case=self.file.case, **self.cleaned_data, by=self.user)


class WeighForm(StepForm):
    """A circumstance that weighs on the measure."""

    kind = forms.ChoiceField(label=_("Circumstance"), choices=Weight)
    words = words_field(_("By what it is known"))
    on = day_field(_("Noted on"))

    def save(self) -> None:
        services.weigh(case=self.file.case, **self.cleaned_data, by=self.user)


class ExtendForm(StepForm):
    """More time, once."""

    reasons = words_field(_("Reasons"))
    on = day_field(_("Extended on"))

    def save(self) -> None:
        services.extend(case=self.file.case, **self.cleaned_data, by=self.user)
