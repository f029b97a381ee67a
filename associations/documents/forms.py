"""What an administrator types in, and what the public asks by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from associations.documents import services
from associations.documents.states import SPECS
from associations.documents.wording import MOST_LETTERS

if TYPE_CHECKING:
    from typing import Any

    from associations.documents.selectors import Wording
    from core.accounts.models import User

CODE = re.compile(r"[\w-]{22}")
SHA256 = re.compile(r"[0-9a-f]{64}")


class TemplateForm(forms.Form):
    """The text and numbering of a kind."""

    text = forms.CharField(
        label=_("Text"), max_length=MOST_LETTERS, strip=False, widget=forms.Textarea(attrs={"rows": 18})
    )
    pattern = forms.CharField(
        label=_("Numbering"), max_length=40, help_text=_("Such as 云直协告〔{year}〕{number}号.")
    )

    def __init__(self, data: Any = None, *, wording: Wording) -> None:
        self.kind = wording.kind
        super().__init__(data, initial={"text": wording.text, "pattern": wording.pattern})
        if not SPECS[self.kind].word:
            del self.fields["pattern"]

    def save(self, *, by: User) -> None:
        """Call the verb. Raises Denied; a `TemplateRefused` names each problem."""
        services.settle_template(kind=self.kind, **self.cleaned_data, by=by)


class AskForm(forms.Form):
    """A code from a document, or the SHA-256 of its file."""

    q = forms.CharField(
        label=_("Code or SHA-256"),
        max_length=200,
        help_text=_(
            "The 22 letters at the end of the address on the document, or its file's SHA-256 of 64 digits."
        ),
    )

    def clean_q(self) -> dict[str, str]:
        asked = self.cleaned_data["q"].strip().rstrip("/").rpartition("/")[2]
        if CODE.fullmatch(asked):
            return {"code": asked}
        if SHA256.fullmatch(asked.lower()):
            return {"sha256": asked.lower()}
        raise ValidationError(
            _("This is neither a code of 22 letters nor a SHA-256 of 64 digits. Copy it whole.")
        )


class HashForm(forms.Form):
    """The SHA-256 of the file somebody has, to be compared."""

    sha256 = forms.CharField(label=_("SHA-256 of your file"), max_length=100)

    def clean_sha256(self) -> str:
        asked = "".join(self.cleaned_data["sha256"].lower().split())
        if not SHA256.fullmatch(asked):
            raise ValidationError(_("A SHA-256 has 64 digits from 0 to 9 and a to f. Copy it whole."))
        return asked


class WithdrawForm(forms.Form):
    """Why a document stands no more."""

    reasons = forms.CharField(label=_("Reasons"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}))
