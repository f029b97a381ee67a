"""What an officer says about a candidate, and how the queue is filtered."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from credit.publication.states import CandidateState, RecordKind


class QueueFilters(forms.Form):
    """By state and kind."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), *CandidateState.choices]
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *RecordKind.choices]
    )


class ConfirmForm(forms.Form):
    """What was looked at, and a lawful public source where there is no consent."""

    asks_for = forms.CharField(widget=forms.HiddenInput, max_length=64)
    public_source = forms.URLField(
        label=_("Lawful public source"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("The address of an official publication. Only needed without the person's consent."),
    )


class WithdrawForm(forms.Form):
    """Why a record leaves the portal."""

    why = forms.CharField(label=_("Reasons"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
