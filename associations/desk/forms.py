"""What a member's buttons send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from associations.desk import services
from associations.members.states import Purpose

if TYPE_CHECKING:
    from associations.members.models import Membership
    from core.accounts.models import User


class ConsentForm(forms.Form):
    """One press: a purpose (and receiver), given or withdrawn."""

    purpose = forms.TypedChoiceField(choices=Purpose.choices, coerce=Purpose)
    receiver = forms.CharField(max_length=120, required=False)
    given = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda word: word == "yes")

    def save(self, *, membership: Membership, by: User) -> bool:
        """Give or withdraw; True when given."""
        services.consent(membership=membership, **self.cleaned_data, by=by)
        return bool(self.cleaned_data["given"])
