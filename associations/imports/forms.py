"""What an officer uploads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from associations.imports import services
from associations.imports.states import Paper
from core.paperwork.refusals import PaperworkRefused

if TYPE_CHECKING:
    from associations.imports.models import Run
    from core.accounts.models import User

MOST_BYTES = 40 << 20


class UploadForm(forms.Form):
    """A file, and what kind of paperwork it is. Whoever does not say lets the headings tell."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        help_text=_("xlsx, xls, csv or jsonl, as it is: title rows, notes and totals are passed over."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.tsv,.jsonl,.ndjson"}),
        error_messages={
            "required": _("Choose a file: it must be chosen anew after each try."),
            "empty": _("The file is empty. Choose the file that holds the rows."),
            "max_length": _("The file's name is too long. Give it a shorter one."),
        },
    )
    paper = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("Recognise by the headings")), *Paper.choices],
        error_messages={"invalid_choice": _("There is no such kind. Choose one from the list.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(
                _(
                    "The file has %(megabytes)d MB; at most %(most)d MB are taken here. Divide it into several files."
                ),
                params={"megabytes": file.size >> 20, "most": MOST_BYTES >> 20},
            )
        return file

    def preview(self, *, by: User) -> Run | None:
        """Preview what the file would change; None, with the field marked, when it cannot be read."""
        file = self.cleaned_data["file"]
        try:
            return services.preview(file=file, filename=file.name, paper=self.cleaned_data["paper"], by=by)
        except PaperworkRefused as refused:
            self.add_error("file", ValidationError(str(refused), code=refused.code))
            return None
