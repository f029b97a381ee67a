"""Input of the members' pages. `save` calls the verb; what a rule denies becomes a sentence in the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from associations.members import services
from associations.members.models import Membership
from associations.members.states import Category, Purpose, ScreeningAnswer
from core.subjects.identifiers import IdentifierRefused, parse_identifier
from core.subjects.names import NameRefused, parse_name
from core.subjects.services import Identity
from core.subjects.states import Kind
from core.verdicts import Denied

if TYPE_CHECKING:
    from associations.members.models import AgencyLink, Application, Consent, ScreeningQuestion
    from core.accounts.models import User

METHODS = [
    ("paper", _("Signed paper")),
    ("desk", _("Member desk")),
    ("mail", _("Mail or message")),
]
ANSWERS = [
    (value, label)
    for value, label in ScreeningAnswer.choices
    if value not in {ScreeningAnswer.OPEN, ScreeningAnswer.MOOT}
]


def day_field(label: Any, *, required: bool = True, **more: Any) -> forms.DateField:
    """A day, typed as 2026-11-22 or picked; today to begin with where it is required."""
    if required:
        more.setdefault("initial", timezone.localdate)
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        **more,
    )


def attempt(form: Any, **named: Any) -> bool:
    """Save a bound form. False when something must be corrected: the form then says what."""
    if not form.is_valid():
        return False
    try:
        form.save(**named)
    except Denied as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def clean_name_of(text: str) -> str:
    try:
        return parse_name(text)
    except NameRefused as refusal:
        raise ValidationError(gettext(refusal.message) % refusal.params) from refusal


class IdentityForm(forms.Form):
    """Who somebody is: a firm by its code, a person by the identity number, which is kept sealed."""

    category = forms.TypedChoiceField(
        label=_("Category"), choices=Category.choices, coerce=lambda value: Category(int(value))
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("A firm's registered name, or the stage name of a streamer."),
    )
    identifier = forms.CharField(
        label=_("Unified social credit code or identity number"),
        max_length=40,
        help_text=_("An identity number is encrypted at once and never shown again."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )
    legal_name = forms.CharField(
        label=_("Legal name"),
        max_length=60,
        required=False,
        help_text=_("Of a natural person; kept encrypted."),
    )
    platform = forms.CharField(label=_("Platform"), max_length=60, required=False)
    account = forms.CharField(
        label=_("Account there"),
        max_length=120,
        required=False,
        help_text=_("Of a streamer; kept encrypted."),
    )
    contact_person = forms.CharField(label=_("Contact person"), max_length=60, required=False)
    contact_phone = forms.CharField(label=_("Contact telephone"), max_length=40, required=False)

    def clean_name(self) -> str:
        return clean_name_of(self.cleaned_data["name"])

    def clean_identifier(self) -> tuple[Kind, str]:
        try:
            kind, number = parse_identifier(self.cleaned_data["identifier"])
        except IdentifierRefused as refusal:
            raise ValidationError(gettext(refusal.message) % refusal.params) from refusal
        return (Kind.PERSON if kind == "identity" else Kind.ORGANISATION), number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, _number = cleaned.get("identifier", (None, ""))
        if kind == Kind.PERSON and not cleaned.get("legal_name"):
            self.add_error("legal_name", _("Enter the name on the identity document: screening compares it."))
        if bool(cleaned.get("platform")) != bool(cleaned.get("account")):
            self.add_error("account", _("Enter the platform and the account together, or neither."))
        return cleaned

    def who(self) -> dict[str, Any]:
        """`identity`, `category` and `contact`, as the verbs of joining take them."""
        given = self.cleaned_data
        kind, number = given["identifier"]
        person = kind == Kind.PERSON
        accounts = ((given["platform"], given["account"]),) if person and given["account"] else ()
        contact = {"person": given["contact_person"], "phone": given["contact_phone"]}
        return {
            "identity": Identity(
                kind,
                given["name"],
                number,
                legal_name=given["legal_name"] if person else "",
                accounts=accounts,
            ),
            "category": given["category"],
            "contact": {key: value for key, value in contact.items() if value} or None,
        }


class ApplicationForm(IdentityForm):
    """An application as the clerk received it."""

    def save(self, *, by: User) -> Application:
        self.application = services.apply_to_join(**self.who(), by=by)
        return self.application


class RefuseForm(forms.Form):
    """Why an applicant is not admitted."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant is told this."),
    )

    def save(self, *, application: Application, by: User) -> Application:
        return services.refuse(application=application, reason=self.cleaned_data["reason"], by=by)


class AnswerForm(forms.Form):
    """A reviewer's answer to a screening question."""

    answer = forms.ChoiceField(label=_("Answer"), choices=ANSWERS, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Reasons"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was compared, with whom you spoke, and what they said."),
    )

    def save(self, *, question: ScreeningQuestion, by: User) -> ScreeningQuestion:
        given = self.cleaned_data
        answer = ScreeningAnswer(given["answer"])
        return services.answer_screening(question=question, answer=answer, reasons=given["reasons"], by=by)


class ConsentForm(forms.Form):
    """A consent from the member's own paper."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    receiver = forms.CharField(
        label=_("Receiver"), max_length=120, required=False, help_text=_("Only for sharing: to whom.")
    )
    method = forms.ChoiceField(label=_("How given"), choices=METHODS)
    text_version = forms.CharField(label=_("Version of the text"), max_length=20, initial="2026-1")

    def save(self, *, membership: Membership, by: User) -> Consent:
        given = self.cleaned_data
        receiver = given.pop("receiver") if given["purpose"] == Purpose.SHARE else ""
        given.pop("receiver", None)
        return services.give_consent(membership=membership, receiver=receiver, by=by, **given)


class WithdrawForm(forms.Form):
    """What consent is withdrawn."""

    purpose = forms.ChoiceField(choices=Purpose.choices)
    receiver = forms.CharField(max_length=120, required=False)
    method = forms.ChoiceField(choices=METHODS)

    def save(self, *, membership: Membership, by: User) -> Consent:
        return services.withdraw_consent(membership=membership, by=by, **self.cleaned_data)


class LinkForm(forms.Form):
    """The other side of an agency link, by its member number."""

    number = forms.CharField(
        label=_("Member number of the other side"),
        max_length=20,
        help_text=_("Of the agency, or of the streamer."),
    )
    since = day_field(_("Signed since"))

    def clean_number(self) -> Membership:
        found = Membership.objects.filter(number=self.cleaned_data["number"].strip().upper()).first()
        if found is None:
            raise ValidationError(_("No member has this number: look it up in the list."))
        return found

    def save(self, *, membership: Membership, by: User) -> AgencyLink:
        sides = {"agency": membership, "streamer": self.cleaned_data["number"]}
        if membership.category != Category.AGENCY:
            sides = {"agency": self.cleaned_data["number"], "streamer": membership}
        return services.link(**sides, since=self.cleaned_data["since"], by=by)


class EndLinkForm(forms.Form):
    """The last day of an agency link."""

    until = day_field(_("Last day"))

    def save(self, *, link: AgencyLink, by: User) -> AgencyLink:
        return services.end_link(link=link, until=self.cleaned_data["until"], by=by)


class ResumeForm(forms.Form):
    """The end of a suspension."""

    on = day_field(_("From"))
    reason = forms.CharField(label=_("Reason"), max_length=400)

    def save(self, *, membership: Membership, by: User) -> Membership:
        return services.resume(membership=membership, by=by, **self.cleaned_data)
