"""What a clerk types in about fees: one item, one payment a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from associations.fees import rules, services
from associations.fees.models import MOST, FeeTable
from associations.fees.services import Payment
from core.paperwork import dates
from core.paperwork.cells import CellProblem

if TYPE_CHECKING:
    from core.accounts.models import User

YUAN = re.compile(r"(-?)¥?([0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]{1,9})(?:\.([0-9]{1,2}))?元?")
MOST_LINES = 2000


def fen(written: str) -> int:
    """An amount in yuan as fen: 3000, 3,000.50, -200, 3000元. Raises ValueError."""
    found = YUAN.fullmatch(written.strip().replace("−", "-").replace("－", "-"))
    if found is None:
        raise ValueError(f"no amount: {written}")
    sign, whole, rest = found.groups()
    amount = int(re.sub("[,，]", "", whole)) * 100 + int((rest or "0").ljust(2, "0"))
    if amount > MOST:
        raise ValueError(f"no amount: {written}")
    return -amount if sign else amount


def _lines(text: str) -> list[tuple[int, str]]:
    """The lines in which something stands, with their numbers."""
    return [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


class TableForm(forms.Form):
    """A version of the fee table."""

    version = forms.CharField(label=_("Version"), max_length=20)
    adopted_on = _day(_("Adopted on"))
    effective_on = _day(_("In force from"))
    basis = forms.CharField(
        label=_("Adopted by"), max_length=200, help_text=_("The meeting and its resolution.")
    )
    items = forms.CharField(
        label=_("Items"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line: the name, a space, yuan a year. Such as: 理事单位 5000"),
    )

    def clean_version(self) -> str:
        version: str = self.cleaned_data["version"].strip()
        if FeeTable.objects.filter(version=version).exists():
            raise forms.ValidationError(_("This version is kept already: give the new one its own name."))
        return version

    def clean_items(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for number, line in _lines(self.cleaned_data["items"]):
            name, _gap, amount = line.strip().rpartition(" ")
            try:
                cost = fen(amount)
            except ValueError:
                cost = -1
            if not name.strip() or cost < 0:
                raise forms.ValidationError(
                    _now("Line %(number)s: write the name, a space and the yuan a year.") % {"number": number}
                )
            found.append({"name": name.strip(), "amount": cost})
        verdict = rules.no_fee_for_rating(each["name"] for each in found)
        if not verdict:
            raise forms.ValidationError(verdict.reason)  # type: ignore[arg-type]  # lazy text is text
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, then = given.get("adopted_on"), given.get("effective_on")
        if first and then and then < first:
            self.add_error("effective_on", _("A fee table is not in force before it is adopted."))
        return given

    def save(self, *, by: User) -> FeeTable:
        return services.adopt_table(**self.cleaned_data, by=by)


class PaymentsForm(forms.Form):
    """What came in for a year."""

    year = forms.IntegerField(label=_("For the year"), min_value=1990, max_value=2100)
    lines = forms.CharField(
        label=_("Payments"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One a line, a space between: member number, yuan, day, receipt number. Given back: a negative amount, "
            "and behind the receipt the reason. Such as: M00012 3000 2026-03-02 SJ-0012"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = timezone.localdate().year

    def clean_lines(self) -> list[Payment]:
        lines = _lines(self.cleaned_data["lines"])
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                _now("Enter at most %(most)s lines at a time.") % {"most": MOST_LINES}
            )
        wrong, found = [], []
        for number, line in lines:
            try:
                found.append(_payment(line))
            except (ValueError, CellProblem):
                wrong.append(number)
        if wrong:
            raise forms.ValidationError(
                _now(
                    "Not understood: line %(numbers)s. Write number, yuan, day, receipt; behind a negative amount's "
                    "receipt also the reason."
                )
                % {"numbers": ", ".join(map(str, wrong[:20]))}
            )
        return found

    def save(self, *, by: User) -> int:
        return len(services.keep_payments(**self.cleaned_data, by=by))


def _payment(line: str) -> Payment:
    """Raises ValueError, CellProblem."""
    member, amount, day, receipt, *rest = re.split(r"[\s\t;；]+", line.strip(), maxsplit=4)
    paid = fen(amount)
    reason = rest[0] if rest else ""
    if paid == 0 or len(receipt) > 40 or len(reason) > 200 or (paid < 0 and not reason):  # noqa: PLR2004 - the columns' widths
        raise ValueError(line)
    return Payment(member.upper(), paid, dates.day(day), receipt, reason)
