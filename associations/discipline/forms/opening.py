"""The form of opening: a lead to be checked, or a case filed at once."""

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
from associations.discipline.forms.step import choice_field, day_field, words_field
from associations.discipline.states import Origin
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

    origin = forms.ChoiceField(label=_("Comes from"), choices=Origin, required=False)
    origin_ref = forms.CharField(label=_("Its number there"), max_length=80, required=False)
    lead = forms.BooleanField(
        label=_("A lead, to be checked first"),
        required=False,
        help_text=_("Within fifteen working days it is filed, or found to be no case."),
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
        """Open the case, or take in the lead. Raises Denied."""
        told = dict(self.cleaned_data)
        verb = services.open_lead if told.pop("lead") else services.open_case
        told["origin"] = told["origin"] or Origin.PATROL
        return verb(membership=told.pop("member"), **told, by=self.user)
