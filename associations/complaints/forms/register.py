"""A payment into the compensation fund."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from associations.complaints import services
from associations.complaints.forms.fields import YuanField, day_field, line_field, words_field

if TYPE_CHECKING:
    from core.accounts.models import User


class DepositForm(forms.Form):
    """The token makes sending it twice one entry."""

    amount = YuanField(label=_("Amount in yuan"))
    proof = line_field(_("Document"), 120, help_text=_("Number of the transfer or the receipt."))
    note = words_field(_("Note"), rows=2, required=False)
    on = day_field(_("Date"))
    token = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["token"].initial = secrets.token_urlsafe(16)

    def save(self, *, by: User) -> None:
        """Enter it. Raises Denied."""
        services.deposit(**self.cleaned_data, by=by)
