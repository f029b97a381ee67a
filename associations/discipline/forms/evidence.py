"""What a clerk puts into the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from associations.discipline import services
from associations.evidence.forms import EvidenceField

if TYPE_CHECKING:
    from associations.discipline.models import Case
    from core.accounts.models import User


class EvidenceForm(forms.Form):
    """A file, and what it shows."""

    file = EvidenceField()
    shows = forms.CharField(
        label=_("What it shows"),
        max_length=200,
        help_text=_("One sentence: “price page of 1 April with the crossed-out price”."),
    )

    def save(self, *, case: Case, by: User) -> None:
        """Call the verb. Raises Denied."""
        services.add_evidence(
            case=case, upload=self.cleaned_data["file"], shows=self.cleaned_data["shows"], by=by
        )
