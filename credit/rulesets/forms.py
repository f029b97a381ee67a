"""What an officer hands in with each step of an association's own version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from credit.rulesets import services
from credit.rulesets.validation import REMEDIES, RuleSetRefusedError
from credit.rulesets.validation.source import MOST_BYTES

if TYPE_CHECKING:
    from core.accounts.models import User
    from credit.rulesets.models import OwnVersion

MOST_WORDS = 20_000


class StepForm(forms.Form):
    """The form of one verb on one version. `user` is who fills it in."""

    def __init__(self, *args: Any, version: OwnVersion | None = None, user: User, **options: Any) -> None:
        self.version, self.user = version, user
        super().__init__(*args, **options)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the version."""

    def save(self) -> OwnVersion:
        """Call the verb. Raises Denied."""
        verb = self.verb()
        return verb(version=self.version, **self.cleaned_data, by=self.user)

    def verb(self) -> Any:
        raise NotImplementedError


class SourceForm(StepForm):
    """The text of a version, uploaded or pasted. What no machine can read is refused here, in words."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        max_length=200,
        help_text=_("TOML (comments allowed) or JSON, at most 128 kB."),
        widget=forms.FileInput(attrs={"accept": ".toml,.json,.txt"}),
        error_messages={
            "empty": _("The file is empty. Choose the file that holds the rule set."),
            "max_length": _("The file's name is too long. Give it a shorter one."),
        },
    )
    text = forms.CharField(
        label=_("or the text itself"),
        required=False,
        strip=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 18, "class": "code", "spellcheck": "false"}),
        error_messages={"null_characters_not_allowed": _("The text holds a control character.")},
    )

    def prepare(self) -> None:
        if self.version:
            self.fields["text"].initial = self.version.source

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        file, text = told.get("file"), told.get("text", "")
        if self.errors:
            return told
        if file is None and not text.strip():
            raise ValidationError(_("Choose a file, or paste the text."))
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", _("The rule set is larger than %(limit)s bytes.") % {"limit": MOST_BYTES})
            return told
        told["source"] = file.read() if file is not None else text
        return told

    def save(self) -> OwnVersion:
        """Draft or revise. Raises Denied, and ValidationError for what cannot be read."""
        source, field = self.cleaned_data["source"], "file" if self.cleaned_data.get("file") else "text"
        try:
            if self.version:
                return services.revise(version=self.version, source=source, by=self.user)
            return services.draft(source=source, by=self.user)
        except RuleSetRefusedError as refused:
            language = get_language() or ""
            words = [
                f"{problem.field} {problem.text(_now, language)} {_now(REMEDIES[problem.code])}".strip()
                for problem in refused.problems
            ]
            raise ValidationError({field: words}) from None


class ConsultForm(StepForm):
    """From when until when, and where everybody may read it."""

    begins = forms.DateField(
        label=_("From"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is no date. Write it as 2026-03-12.")},
    )
    until = forms.DateField(
        label=_("Until"),
        help_text=_("That day included. More than seven days before the version is to take effect."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is no date. Write it as 2026-03-12.")},
    )
    announced_in = forms.CharField(
        label=_("Announced in"),
        max_length=MOST_WORDS,
        help_text=_("Where everybody it concerns can read the draft and how they can comment."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def verb(self) -> Any:
        return services.consult


class OutcomeForm(StepForm):
    """What the consultation brought."""

    comments = forms.IntegerField(label=_("Comments received"), min_value=0, max_value=1_000_000)
    outcome = forms.CharField(
        label=_("What came of it"),
        max_length=MOST_WORDS,
        help_text=_("What was said, what was taken up, what was not and why."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def verb(self) -> Any:
        return services.close_consultation


class ApproveForm(StepForm):
    """Nothing is asked but the signature."""

    def verb(self) -> Any:
        return services.approve


class PublishForm(StepForm):
    """Nothing is asked but the signature."""

    def verb(self) -> Any:
        return services.publish


class WithdrawForm(StepForm):
    """Why it is withdrawn."""

    why = forms.CharField(label=_("Reasons"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 4}))

    def verb(self) -> Any:
        return services.withdraw
