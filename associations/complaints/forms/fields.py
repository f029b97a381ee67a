"""The fields the room's forms share."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.complaints.states import Topic
from core.subjects.identifiers import normalise

if TYPE_CHECKING:
    from datetime import date

MOST_WORDS = 5_000
PHONE = re.compile(r"\+?\d{7,15}")


class PlainCharField(forms.CharField):
    """Text; a zero byte, which no database keeps, is left out rather than refused with a riddle."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.validators = [each for each in self.validators if "Null" not in type(each).__name__]

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return text.replace("\x00", "") if isinstance(text, str) else text


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A date, today unless told otherwise."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is no date. Write it as 2026-03-12.")},
        **{"initial": timezone.localdate, **options},
    )


def words_field(label: Any, *, most: int = MOST_WORDS, rows: int = 6, **options: Any) -> forms.CharField:
    return PlainCharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


def line_field(label: Any, most: int, **options: Any) -> forms.CharField:
    return PlainCharField(label=label, max_length=most, **options)


class YuanField(forms.DecimalField):
    """An amount typed in yuan, kept in fen."""

    def __init__(self, **options: Any) -> None:
        shared = {"max_digits": 13, "decimal_places": 2, "min_value": Decimal("0.01")}
        super().__init__(**{**shared, "widget": forms.TextInput(attrs={"inputmode": "decimal"}), **options})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip().removeprefix("¥").removeprefix("￥").removesuffix("元").replace(",", "")
        return super().to_python(value)

    def clean(self, value: Any) -> Any:
        yuan = super().clean(value)
        return None if yuan is None else int(yuan * 100)


def past_day(on: date | None) -> date | None:
    """The day, unless it has not come."""
    if on and on > timezone.localdate():
        raise ValidationError(_("This day lies in the future. Enter the day on which it happened."))
    return on


def reachable(contact: str) -> str:
    """A telephone number or a mail address, as it is compared."""
    text = contact.strip()
    if "@" in text:
        try:
            validate_email(text)
        except ValidationError:
            raise ValidationError(_("This is no mail address. Write it as name@example.com.")) from None
        return text
    number = normalise(text)
    if not PHONE.fullmatch(number):
        raise ValidationError(
            _("Enter a telephone number of 7 to 15 digits, or a mail address, so that we can reach you.")
        )
    return number


def topics() -> list[tuple[str, Any]]:
    return [("", _("choose"))] + [(each.value, each.label) for each in Topic]
