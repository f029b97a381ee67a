"""What an officer rehearses, on which day, and which group is to be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.paperwork.cells import text
from core.paperwork.reading import read
from core.paperwork.refusals import PaperworkRefused
from core.paperwork.schemas import Column, Schema
from credit.rehearsal import selectors, services
from credit.rulesets import method
from credit.rulesets.validation import RuleSetRefusedError, load
from credit.rulesets.validation.source import MOST_BYTES

if TYPE_CHECKING:
    from core.accounts.models import User
    from credit.rehearsal.models import Rehearsal
    from credit.rulesets.method import RuleSet

MOST_PROBLEMS, MOST_UNKNOWN = 20, 5
MOST_GROUP_BYTES = 20 << 20
BLANK = "missing_number"
"""A row without a number names nobody, and is passed over."""
MEMBERS = Schema(
    (
        Column(
            "number",
            ("会员编号", "会员号", "编号", "会员证号", "member number", "number"),
            _("Member number"),
            parse=text,
            required=True,
        ),
    )
)


class RehearsalForm(forms.Form):
    """A rule set as a file or as text."""

    file = forms.FileField(
        label=_("Rule set, as a file"),
        required=False,
        max_length=200,
        help_text=_("TOML, or JSON as published; up to 128 KB."),
        widget=forms.FileInput(attrs={"accept": ".toml,.json,.txt"}),
        error_messages={"empty": _("The file is empty. Choose the file that holds the rule set.")},
    )
    source = forms.CharField(
        label=_("Or its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    as_of = forms.DateField(
        label=_("As of"),
        required=False,
        help_text=_("The day to rate for. Today if left empty; then it is compared like with like."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("This is no day. Write a date like 2026-11-22.")},
    )
    group_name = forms.CharField(
        label=_("A group to compare"),
        required=False,
        max_length=40,
        help_text=_("What to call it, such as fee payers or board members."),
    )
    group = forms.FileField(
        label=_("Its member numbers"),
        required=False,
        max_length=200,
        help_text=_("One column, member number, as CSV or XLSX. Kept for this rehearsal alone."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise ValidationError(
                _("The file is larger than 128 KB. A rule set is shorter: choose the file that holds it.")
            )
        return file

    def clean_group(self) -> list[int] | None:
        """The row numbers of the members listed; every number must be known."""
        file = self.cleaned_data["group"]
        if not file:
            return None
        if file.size > MOST_GROUP_BYTES:
            raise ValidationError(_("The list is larger than 20 MB. Keep only the column of member numbers."))
        try:
            records = list(read(file, MEMBERS))
        except PaperworkRefused as refused:
            raise ValidationError(str(refused), code=refused.code) from None
        for problem in (each for record in records for each in record.problems):
            if problem.code != BLANK:
                raise ValidationError(
                    _("Row %(row)s: %(problem)s"), params={"row": problem.row, "problem": problem.text()}
                )
        wanted = list(dict.fromkeys(each.values["number"] for each in records if each.values.get("number")))
        if not wanted:
            raise ValidationError(_("The list names nobody. Choose the file that holds the member numbers."))
        found = selectors.memberships(wanted)
        unknown = [number for number in wanted if number not in found]
        if unknown:
            raise ValidationError(
                _(
                    "%(count)s numbers of the list belong to no member, such as %(numbers)s. Correct them, or leave"
                    " them out."
                ),
                params={"count": len(unknown), "numbers": gettext(", ").join(unknown[:MOST_UNKNOWN])},
            )
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if self.errors:
            return told
        if bool(told["file"]) == bool(told["source"].strip()):
            sentence = (
                _("There is a file and a text. Leave one of them out.")
                if told["file"]
                else _("Choose the file of the rule set, or paste its text.")
            )
            raise ValidationError({"source": sentence})
        if bool(told["group"]) != bool(told["group_name"].strip()):
            field, sentence = (
                ("group_name", _("Say what the group is called."))
                if told["group"]
                else ("group", _("Choose the list of the group's member numbers, or leave its name out."))
            )
            raise ValidationError({field: sentence})
        self._load("file" if told["file"] else "source", told)
        return told

    def _load(self, field: str, told: dict[str, Any]) -> None:
        source = told["file"].read() if field == "file" else told["source"]
        default = method.default()
        try:
            told["ruleset"] = load(source, base=default)
        except RuleSetRefusedError as refused:
            for problem in refused.problems[:MOST_PROBLEMS]:
                words = problem.text(gettext)
                self.add_error(field, f"{problem.field}: {words}" if problem.field else words)
            if len(refused.problems) > MOST_PROBLEMS:
                more = len(refused.problems) - MOST_PROBLEMS
                self.add_error(field, gettext("And %(count)s more. Correct these first.") % {"count": more})

    def rehearse(self, *, by: User) -> Rehearsal:
        told = self.cleaned_data
        ruleset: RuleSet = told["ruleset"]
        return services.ask(
            ruleset=ruleset,
            as_of=told["as_of"] or timezone.localdate(),
            group_name=told["group_name"].strip(),
            group_ids=told["group"] or (),
            by=by,
        )
