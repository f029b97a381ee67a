"""One form for each verb on one complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from associations.complaints import services
from associations.complaints.forms.fields import YuanField, day_field, line_field, words_field
from associations.complaints.selectors import handlers
from associations.complaints.states import Side
from associations.evidence.forms import EvidenceFilesField
from associations.members.models import Membership
from core.accounts.models import User
from core.subjects.identifiers import normalise
from core.subjects.names import matching_key

if TYPE_CHECKING:
    from associations.complaints.models import Pattern
    from associations.complaints.selectors import ComplaintFile

MANY = 5


def member_meant(text: str) -> Membership:
    """The one member of today with this number, name or code. Raises ValidationError."""
    text = text.strip()
    meant = Q(number=text) | Q(code=normalise(text)) & ~Q(code="") | Q(name_key=matching_key(text))
    found = list(Membership.objects.filter(meant, left_on=None).order_by("number")[: MANY + 1])
    if not found:
        if gone := Membership.objects.filter(meant).order_by("-left_on").first():
            raise ValidationError(
                _("The membership ended on %(day)s. Transfer the complaint to who is competent."),
                params={"day": gone.left_on},
            )
        raise ValidationError(
            _("No member has this number, name or code. Look it up in the list of members.")
        )
    if len(found) > 1:
        numbers = ", ".join(member.number for member in found[:MANY])
        raise ValidationError(
            _("Several members are called so: %(numbers)s. Enter one of these numbers."),
            params={"numbers": numbers},
        )
    return found[0]


class StepForm(forms.Form):
    """The form of one verb on one complaint. `user` is who fills it in."""

    def __init__(self, *args: Any, file: ComplaintFile, user: User, **options: Any) -> None:
        self.file, self.user = file, user
        super().__init__(*args, **options)
        self.prepare()

    @property
    def told(self) -> dict[str, Any]:
        """What every verb takes, with what was typed."""
        return {"complaint": self.file.complaint, "by": self.user, **self.cleaned_data}

    def prepare(self) -> None:
        """Fill in what depends on the complaint."""

    def save(self) -> None:
        """Call the verb. Raises Denied."""
        raise NotImplementedError


class ReleaseForm(StepForm):
    reasons = words_field(_("What you found"), help_text=_("Why the signs are none, or do not matter."))

    def save(self) -> None:
        services.release(**self.told)


class NameForm(StepForm):
    member = line_field(
        _("Member"), 200, help_text=_("Member number, full name, or unified social credit code.")
    )

    def clean_member(self) -> Membership:
        return member_meant(self.cleaned_data["member"])

    def save(self) -> None:
        services.name_member(**self.told)


class AcknowledgeForm(StepForm):
    on = day_field(_("Acknowledged on"))

    def save(self) -> None:
        services.acknowledge(**self.told)


class HandOnForm(StepForm):
    to = forms.ModelChoiceField(label=_("To"), queryset=User.objects.none())
    reasons = words_field(_("Reasons"), rows=3)

    def prepare(self) -> None:
        field = self.fields["to"]
        field.queryset = handlers(self.file.complaint.association_id)  # type: ignore[attr-defined]

    def save(self) -> None:
        services.hand_on(**self.told)


class AcceptForm(StepForm):
    on = day_field(_("Accepted on"))

    def save(self) -> None:
        services.accept(**self.told)


class RefuseForm(StepForm):
    reasons = words_field(_("Reasons"), help_text=_("The complainant reads them, with who else may help."))
    on = day_field(_("Refused on"))

    def save(self) -> None:
        services.refuse(**self.told)


class TransferForm(StepForm):
    to = line_field(_("To whom"), 120)
    reasons = words_field(_("Reasons"), help_text=_("The complainant reads them."))
    on = day_field(_("Transferred on"))

    def save(self) -> None:
        services.transfer(**self.told)


class WithdrawForm(StepForm):
    words = words_field(_("How it was declared"), rows=3)
    on = day_field(_("Declared on"))

    def save(self) -> None:
        services.withdraw(**self.told)


class ReplyForm(StepForm):
    on = day_field(_("Received on"))
    text = words_field(_("What the member says"), help_text=_("The complainant reads it."))

    def save(self) -> None:
        services.reply(**self.told)


class LapseForm(StepForm):
    on = day_field(_("Closed on"), help_text=_("The day after the last day for the reply, or later."))

    def save(self) -> None:
        services.close_reply(**self.told)


class WriteForm(StepForm):
    text = words_field(_("Message"), help_text=_("The complainant reads it under number and code."))

    def save(self) -> None:
        services.write(**self.told)


class EvidenceForm(StepForm):
    evidence = EvidenceFilesField()
    shows = line_field(_("What it shows"), 200, required=False)

    def save(self) -> None:
        told = self.cleaned_data
        services.hand_in(
            complaint=self.file.complaint, uploads=told["evidence"], shows=told["shows"], by=self.user
        )


class MediateForm(StepForm):
    on = day_field(_("Begun on"))

    def save(self) -> None:
        services.mediate(**self.told)


class ProposeForm(StepForm):
    terms = words_field(_("Terms"), help_text=_("Who does what. Both sides read it."))
    amount = YuanField(label=_("Amount in yuan"), required=False)
    due_on = day_field(_("To be performed by"), initial=None)
    committee = forms.BooleanField(
        label=_("Before a registered people's mediation committee"),
        required=False,
        help_text=_("Only then may both sides ask a court to confirm it, within thirty days."),
    )
    on = day_field(_("Proposed on"))

    def save(self) -> None:
        services.propose(**self.told)


class SayForm(StepForm):
    side = forms.ChoiceField(
        label=_("Side"),
        choices=[(each.value, each.label) for each in (Side.COMPLAINANT, Side.MEMBER)],
        widget=forms.RadioSelect,
    )
    yes = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("accepts")), ("no", _("refuses"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    words = words_field(_("How it was declared"), rows=3)
    on = day_field(_("Declared on"))

    def save(self) -> None:
        services.say(**self.told)


class FailForm(StepForm):
    reasons = words_field(_("Reasons"), help_text=_("The complainant reads them."))
    on = day_field(_("Ended on"))

    def save(self) -> None:
        services.fail(**self.told)


class PerformForm(StepForm):
    proof = line_field(_("Proof of performance"), 200, help_text=_("Receipt of the transfer, signed note."))
    on = day_field(_("Performed on"))

    def save(self) -> None:
        services.perform(**self.told)


class DefaultForm(StepForm):
    reasons = words_field(_("What is still missing"), rows=3)
    on = day_field(_("Found on"))

    def save(self) -> None:
        services.default(**self.told)


class PatternForm(forms.Form):
    """What was done about a pattern."""

    note = words_field(_("What was done about it"), rows=3)

    def save(self, *, pattern: Pattern, by: User) -> None:
        services.answer_pattern(pattern=pattern, **self.cleaned_data, by=by)
