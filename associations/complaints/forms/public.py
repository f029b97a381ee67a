"""The public's forms: a complaint, and the way back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from associations.complaints import challenge, tracking
from associations.complaints.forms.fields import (
    YuanField,
    day_field,
    line_field,
    past_day,
    reachable,
    topics,
    words_field,
)
from associations.complaints.services import Told
from associations.complaints.states import Topic
from associations.evidence.forms import EvidenceFilesField
from associations.members.models import Membership
from associations.registry.models import Association

if TYPE_CHECKING:
    from datetime import date

LEAST_FACTS, MOST_FILES = 10, 5


def associations() -> list[tuple[str, str]]:
    """The associations by their names in the language of the page."""
    chinese = (get_language() or "").startswith("zh")
    rows = Association.objects.order_by("number").values_list("slug", "name", "name_en")
    return [("", str(_("choose"))), *((slug, name if chinese else name_en) for slug, name, name_en in rows)]


class PublicForm(forms.Form):
    """A complaint by anybody. `challenge` and `answer` are the proof of work; `member` comes with a link."""

    association = forms.ChoiceField(
        label=_("Association"),
        choices=associations,
        help_text=_("The association whose member you complain of. If you do not know, choose the nearest."),
    )
    about = line_field(
        _("Member, live room or account"),
        200,
        help_text=_("The name as you know it: of the firm, the live room or the streamer, and the platform."),
    )
    topic = forms.ChoiceField(label=_("What is it about?"), choices=topics)
    facts = words_field(
        _("What happened?"),
        rows=8,
        min_length=LEAST_FACTS,
        help_text=_(
            "When, what was promised, what you got, whom you have asked already. Up to 5,000 characters."
        ),
        error_messages={"min_length": _("Tell it in a sentence or two: at least ten characters.")},
    )
    occurred_on = day_field(_("Day of the purchase or the act"), initial=None, required=False)
    order_number = line_field(_("Order number"), 80, required=False)
    amount = YuanField(
        label=_("Amount in yuan"),
        required=False,
        help_text=_("What you paid or lost, such as 129.00."),
        error_messages={
            "invalid": _("This is no amount. Write it as 129.00."),
            "min_value": _("Enter an amount above zero, or leave it empty."),
            "max_digits": _("This amount is too large. Write it in yuan, as 129.00."),
            "max_decimal_places": _("Write at most two decimals, as 129.00."),
            "max_whole_digits": _("This amount is too large. Write it in yuan, as 129.00."),
        },
    )
    wish = line_field(_("What do you ask for?"), 400, help_text=_("Such as refund, exchange, an apology."))
    person = line_field(_("Your name"), 60)
    contact = line_field(
        _("Telephone or mail address"),
        120,
        help_text=_("Kept encrypted, seen only by the officer who handles your complaint, never published."),
    )
    consent = forms.BooleanField(
        label=_("My name and contact may be handed to the member, so that it can reach me"),
        required=False,
        help_text=_(
            "Without this the association stands between: the member gets your complaint, not your name."
        ),
    )
    evidence = EvidenceFilesField(
        label=_("Evidence"),
        required=False,
        help_text=_("Up to five files: pictures, chats, recordings, invoices. More can be added later."),
    )
    member = forms.CharField(widget=forms.HiddenInput, required=False, max_length=22)
    challenge = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    answer = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def clean_occurred_on(self) -> date | None:
        return past_day(self.cleaned_data["occurred_on"])

    def clean_contact(self) -> str:
        return reachable(self.cleaned_data["contact"])

    def clean(self) -> dict[str, Any]:
        """The form has a challenge of ours that has not run out; what was typed stays in any case."""
        told = self.cleaned_data
        told["token"] = challenge.read(told.get("challenge", ""))
        if told["token"] is None:
            raise ValidationError(
                _("This form was open for too long. Nothing is lost: look it over and press Send once more.")
            )
        told["proven"] = challenge.is_solved(told["challenge"], told.get("answer", ""))
        files = told.get("evidence") or []
        if len(files) > MOST_FILES:
            self.add_error(
                "evidence", _("Five files at the most. Send the others under “Follow a complaint”.")
            )
        if files and not told["proven"]:
            self.add_error(
                "evidence",
                _("Without scripts no file can be sent here. Add it later, under “Follow a complaint”."),
            )
        return told

    def fresh_challenge(self) -> str:
        """What the form goes out with: its own challenge while that holds, else a new one."""
        sent = str(self.data.get("challenge", "")) if self.is_bound else ""
        return sent if challenge.read(sent) else challenge.issue()

    def told(self) -> Told:
        """What is complained of. Call it inside the association's scope."""
        names = (
            "about", "facts", "wish", "occurred_on", "order_number", "amount", "person", "contact", "consent",
        )  # fmt: skip
        data = self.cleaned_data
        member = (
            Membership.objects.filter(public_id=data["member"], left_on=None).first()
            if data["member"]
            else None
        )
        told = {name: data[name] for name in names} | {"files": tuple(data["evidence"])}
        return Told(topic=Topic(data["topic"]), membership=member, **told)


class StatusForm(forms.Form):
    """Tracking number and code."""

    number = line_field(
        _("Tracking number"), 40, help_text=_("Thirteen characters, such as 001-7KQ4M-2XD9P.")
    )
    code = line_field(
        pgettext_lazy("complaint", "Code"),
        40,
        help_text=_("Twelve characters. Capitals and hyphens do not matter."),
    )

    def clean_number(self) -> str:
        return tracking.read(self.cleaned_data["number"])

    def clean_code(self) -> str:
        return tracking.read(self.cleaned_data["code"])


class ActForm(forms.Form):
    """What the complainant does on the page of the own complaint."""

    act = forms.ChoiceField(
        choices=[(each, each) for each in ("answer", "files", "yes", "no", "withdraw", "satisfaction")]
    )
    words = words_field(_("Your words"), required=False)
    satisfaction = forms.CharField(required=False, max_length=14)
    evidence = EvidenceFilesField(required=False)
