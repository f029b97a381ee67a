"""What an officer enters for a platform, an authority, a member, or somebody who came in person."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from associations.complaints import services
from associations.complaints.forms.fields import (
    YuanField,
    day_field,
    line_field,
    past_day,
    reachable,
    topics,
    words_field,
)
from associations.complaints.forms.steps import member_meant
from associations.complaints.services import Told
from associations.complaints.states import Origin, Topic

if TYPE_CHECKING:
    from datetime import date

    from associations.complaints.services import Received
    from associations.members.models import Membership
    from core.accounts.models import User


class EntryForm(forms.Form):
    """A complaint as an officer enters it, with its source and the number it has there."""

    origin = forms.ChoiceField(label=pgettext_lazy("complaint", "From"), choices=Origin)
    source = line_field(
        _("Platform or authority"),
        120,
        required=False,
        help_text=_("Who sent it, for a platform or authority."),
    )
    source_number = line_field(_("Its own number"), 80, required=False)
    complainant = line_field(
        _("Complaining member"), 200, required=False, help_text=_("Number, full name or code, for a member.")
    )
    member = line_field(
        _("Member complained of"),
        200,
        help_text=_("Member number, full name, or unified social credit code."),
    )
    topic = forms.ChoiceField(label=_("Topic"), choices=topics)
    facts = words_field(_("What happened"))
    occurred_on = day_field(_("Day of the purchase or the act"), initial=None, required=False)
    order_number = line_field(_("Order number"), 80, required=False)
    amount = YuanField(label=_("Amount in yuan"), required=False)
    wish = line_field(_("What is asked for"), 400)
    person = line_field(_("Complainant's name"), 60, required=False)
    contact = line_field(_("Telephone or mail address"), 120, required=False)
    consent = forms.BooleanField(
        label=_("The complainant agrees that the member gets name and contact"), required=False
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["token"].initial = secrets.token_urlsafe(16)

    def clean_member(self) -> Membership:
        return member_meant(self.cleaned_data["member"])

    def clean_complainant(self) -> Membership | None:
        text = self.cleaned_data["complainant"]
        return member_meant(text) if text else None

    def clean_occurred_on(self) -> date | None:
        return past_day(self.cleaned_data["occurred_on"])

    def clean_contact(self) -> str:
        text = self.cleaned_data["contact"]
        return reachable(text) if text else ""

    def clean(self) -> dict[str, Any]:
        """Each origin names what it needs: a source, a member, or a person who can be reached."""
        told = self.cleaned_data
        origin = told.get("origin")
        if origin in {Origin.PLATFORM, Origin.AUTHORITY} and not told.get("source"):
            self.add_error("source", _("Say which platform or authority sent it."))
        if origin == Origin.MEMBER and not told.get("complainant") and "complainant" not in self.errors:
            self.add_error("complainant", _("Say which member complains."))
        if origin == Origin.PUBLIC:
            for name in ("person", "contact"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Needed, so that the complainant can be answered."))
        if told.get("complainant") and told.get("complainant") == told.get("member"):
            self.add_error("complainant", _("A member cannot complain of itself."))
        return told

    def save(self, *, by: User) -> Received:
        """Enter it. Raises Denied."""
        data = dict(self.cleaned_data)
        token, member = data.pop("token"), data.pop("member")
        if data["origin"] != Origin.MEMBER:
            data["complainant"] = None
        if data["origin"] in {Origin.PUBLIC, Origin.MEMBER}:
            data["source"] = ""
        data |= {"topic": Topic(data["topic"]), "origin": Origin(data["origin"])}
        return services.receive(told=Told(about=member.name, membership=member, **data), token=token, by=by)
