"""How a bar is reviewed, and how the list of bars is asked."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.subjects.names import matching_key

KEEP, LIFT = "keep", "lift"
AGREE, REFUSE = "agree", "refuse"
MOST = 4000


class ReviewForm(forms.Form):
    """Keep or lift, and why. The reasons are kept in the bar's history and in the audit trail."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[
            (KEEP, _("Keep the bar: reviewed again in three years")),
            (LIFT, _("Propose to lift it: with a second person's agreement it leaves every list")),
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


class AgreeForm(forms.Form):
    """What the second person says of a lifting, and why."""

    outcome = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            (AGREE, _("I agree: the bar is lifted, the rating is reckoned without it")),
            (REFUSE, _("I do not agree: the bar stays")),
        ],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the reasons; a review without reasons does not count.")},
    )


class AskForm(forms.Form):
    """A question to the association that set a bar."""

    text = forms.CharField(
        label=_("Question"),
        help_text=_("The officer's name and this question stand in that association's register for good."),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    """The answer to an association that asked."""

    text = forms.CharField(
        label=_("Answer"),
        help_text=_(
            "Of a natural person say no more than whether it is the same person and whether the bar stands, unless "
            "the person consented to sharing with this association."
        ),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
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
