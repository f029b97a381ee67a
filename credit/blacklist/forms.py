"""How a bar is reviewed, and how the list of bars is asked."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.subjects.names import matching_key

KEEP, LIFT = "keep", "lift"
MOST = 4000


class ReviewForm(forms.Form):
    """Keep or lift, and why. The reasons are kept in the bar's history and in the audit trail."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[
            (KEEP, _("Keep the bar: reviewed again in three years")),
            (LIFT, _("Lift the bar: it leaves every list, the rating is reckoned without it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the bar is kept or lifted.")},
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_(
            "What has happened since, what the subject said, why the bar is still needed or no longer."
        ),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write the reasons; a review without reasons does not count.")},
    )


class BarFilters(forms.Form):
    """Name or member number, and for how long."""

    q = forms.CharField(
        label=_("Name or number"), required=False, max_length=120, widget=forms.TextInput(attrs={"size": 14})
    )
    term = forms.ChoiceField(
        label=_("Term"),
        required=False,
        choices=[("", _("any")), ("term", _("for a term")), ("life", _("for life"))],
    )

    def clean_q(self) -> str:
        return matching_key(self.cleaned_data["q"])
