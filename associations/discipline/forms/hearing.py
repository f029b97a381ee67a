"""Forms of the first half: opening, notice, statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from associations.conduct.catalogue import catalogue
from associations.conduct.states import Severity
from associations.discipline import services
from associations.discipline.forms.step import StepForm, choice_field, day_field, measures, words_field
from associations.members.models import Membership
from core.subjects.identifiers import normalise
from core.subjects.names import matching_key

if TYPE_CHECKING:
    from associations.discipline.models import Case
    from core.accounts.models import User

MANY = 5


def entries() -> list[tuple[int, str]]:
    """The catalogue as choices, in the language of the page."""
    language = get_language() or ""
    return [(entry.number, f"{entry.code} {entry.told(language)}") for entry in catalogue()]


class OpenForm(forms.Form):
    """A new case. The member is named by number, name or code; `found` is who that is."""

    member = forms.CharField(
        label=_("Member"),
        max_length=200,
        help_text=_("Member number, full name, or unified social credit code."),
    )
    code = choice_field(_("Catalogue entry"), entries)
    severity = choice_field(
        _("Severity"),
        [("", _("as the catalogue has it")), *[each for each in Severity.choices if each[0]]],
        required=False,
    )
    occurred_on = day_field(
        _("Date of the act"), initial=None, help_text=_("By it the law in force is chosen.")
    )
    opened_on = day_field(_("Opened on"))
    allegation = words_field(_("Facts alleged"))
    basis = words_field(
        _("Basis"), required=False, help_text=_("Left empty: the legal basis of the catalogue entry.")
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        self.user = user
        super().__init__(*args, **options)

    def clean_member(self) -> Membership:
        """The one member meant."""
        text = self.cleaned_data["member"].strip()
        meant = Q(number=text) | Q(code=normalise(text)) & ~Q(code="") | Q(name_key=matching_key(text))
        found = list(Membership.objects.filter(meant, left_on=None).order_by("number")[: MANY + 1])
        if not found:
            raise ValidationError(
                _("No member has this number, name or code. Look it up in the list of members.")
            )
        if len(found) > 1:
            numbers = ", ".join(member.number for member in found[:MANY])
            raise ValidationError(
                _("Several members are called so: %(numbers)s. Enter one of these numbers."),
                params={"numbers": numbers},
            )
        return found[0]

    def save(self) -> Case:
        """Open the case. Raises Denied."""
        told = dict(self.cleaned_data)
        return services.open_case(membership=told.pop("member"), **told, by=self.user)


class NoticeForm(StepForm):
    """The prior notice as served."""

    served_on = day_field(_("Served on"))
    measure = choice_field(_("Measure intended"), measures)
    text = words_field(
        _("Text of the notice"),
        help_text=_("Facts, reasons, basis, the measure intended and its term, and how to answer."),
    )
    method = forms.CharField(label=_("How served"), max_length=60)
    proof = forms.CharField(
        label=_("Proof of service"),
        max_length=200,
        help_text=_("Receipt number, signed copy, notary's record."),
    )
    answer_until = day_field(
        _("Statement due by"),
        required=False,
        initial=None,
        help_text=_("Left empty: ten working days. Never fewer than five."),
    )

    def prepare(self) -> None:
        self.fields["text"].initial = self.file.case.allegation

    def save(self) -> None:
        services.serve_notice(case=self.file.case, **self.cleaned_data, by=self.user)


class StatementForm(StepForm):
    """The member's statement."""

    received_on = day_field(_("Received on"))
    text = words_field(_("What the member says"))

    def save(self) -> None:
        services.take_statement(case=self.file.case, **self.cleaned_data, by=self.user)


class WaiveForm(StepForm):
    """The member's waiver."""

    received_on = day_field(_("Declared on"))
    text = words_field(_("How it was declared"), help_text=_("Who declared it, and where the paper is kept."))

    def save(self) -> None:
        services.waive(case=self.file.case, **self.cleaned_data, by=self.user)


class LapseForm(StepForm):
    """No statement has come."""

    on = day_field(_("Closed on"), help_text=_("The day after the last day for the statement, or later."))

    def save(self) -> None:
        services.lapse(case=self.file.case, **self.cleaned_data, by=self.user)
