"""The fields by which other rooms' forms take files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from associations.evidence.inspection import inspect
from associations.evidence.refusals import EvidenceRefused

if TYPE_CHECKING:
    from associations.evidence.inspection import Inspected

ACCEPTED = (
    ".pdf,.ofd,.docx,.xlsx,.pptx,.doc,.xls,.ppt,.txt,.csv,.png,.jpg,.jpeg,.gif,.webp,.heic,"
    ".mp4,.mov,.m4a,.mp3,.wav,.amr"
)
MOST_FILES = 10


class EvidenceField(forms.FileField):
    """One file. Its value is `Inspected`, for `services.keep`; what is refused stands beside the field in words."""

    default_error_messages = {
        "required": _("Choose a file: it must be chosen anew after each try."),
        "empty": _("The file is empty. Choose the file anew."),
        "max_length": _("The file's name is too long. Give it a shorter one."),
    }

    def __init__(self, **options: Any) -> None:
        told: dict[str, Any] = {
            "label": _("File"),
            "max_length": 255,
            "help_text": _("PDF, picture, recording, document or text."),
            "widget": _Chooser(),
        }
        super().__init__(**told | options)

    def clean(self, data: Any, initial: Any = None) -> Inspected | None:
        upload = super().clean(data, initial)
        return _inspected(upload) if upload else None


class EvidenceFilesField(EvidenceField):
    """Several files at once, `MOST_FILES` at the most. Its value is a list of `Inspected`, maybe an empty one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": _("Files"), "widget": _Chooser(many=True)} | options)

    def clean(self, data: Any, initial: Any = None) -> list[Inspected]:  # type: ignore[override]
        uploads = [each for each in data or [] if each]
        if not uploads:
            super().clean(None, initial)
        if len(uploads) > MOST_FILES:
            raise ValidationError(
                _("At most %(most)d files at a time. Send the others afterwards."),
                params={"most": MOST_FILES},
            )
        return [found for each in uploads if (found := super(EvidenceFilesField, self).clean(each, initial))]


class _Chooser(forms.FileInput):
    """A file input that names what is taken."""

    def __init__(self, *, many: bool = False) -> None:
        self.allow_multiple_selected = many
        super().__init__(attrs={"accept": ACCEPTED})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002 - Django's signature
        return files.getlist(name) if self.allow_multiple_selected else files.get(name)


def _inspected(upload: Any) -> Inspected:
    try:
        return inspect(upload)
    except EvidenceRefused as refused:
        raise ValidationError(str(refused), code=refused.code) from None
