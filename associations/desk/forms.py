"""What a member's buttons and pages send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from associations.desk import services
from associations.discipline import services as discipline
from associations.evidence.forms import EvidenceFilesField
from associations.members.states import Purpose

if TYPE_CHECKING:
    from associations.discipline.models import Case
    from associations.members.models import Membership
    from core.accounts.models import User

MOST_WORDS = 20_000


class ConsentForm(forms.Form):
    """One press: a purpose (and receiver), given or withdrawn."""

    purpose = forms.TypedChoiceField(choices=Purpose.choices, coerce=Purpose)
    receiver = forms.CharField(max_length=120, required=False)
    given = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda word: word == "yes")

    def save(self, *, membership: Membership, by: User) -> bool:
        """Give or withdraw; True when given."""
        services.consent(membership=membership, **self.cleaned_data, by=by)
        return bool(self.cleaned_data["given"])


def _words(label: Any, *, rows: int = 8, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MOST_WORDS,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _sure(label: Any) -> forms.BooleanField:
    return forms.BooleanField(
        label=label, error_messages={"required": _("Tick this to confirm. It cannot be taken back.")}
    )


class ActForm(forms.Form):
    """What a member does in a case."""

    def save(self, *, case: Case, by: User) -> None:
        """Call the verb. Raises Denied."""
        raise NotImplementedError


class AnswerForm(ActForm):
    """Statement and defence, with files; a hearing may be asked for at once."""

    text = _words(
        _("My statement"), help_text=_("It goes into the file word for word, and every point is answered.")
    )
    evidence = EvidenceFilesField(label=_("Files that show it"), required=False)
    hearing = forms.BooleanField(label=_("I also ask for a hearing"), required=False)

    def save(self, *, case: Case, by: User) -> None:
        services.answer(case=case, **self.cleaned_data, by=by)


class WaiveForm(ActForm):
    """Statement and hearing are given up."""

    sure = _sure(_("I give up statement and hearing. I know that the panel then judges without hearing me."))
    text = _words(_("What I want to add"), rows=3, required=False)

    def save(self, *, case: Case, by: User) -> None:
        services.waive(case=case, text=self.cleaned_data["text"], by=by)


class HearingForm(ActForm):
    """A hearing is asked for."""

    words = _words(
        _("What I want to say there"),
        rows=4,
        required=False,
        help_text=_("Name witnesses you want heard. May be left empty."),
    )

    def save(self, *, case: Case, by: User) -> None:
        discipline.ask_hearing(case=case, words=self.cleaned_data["words"], by=by)


class GiveUpHearingForm(ActForm):
    """The hearing is given up."""

    text = _words(_("Why I give the hearing up"), rows=3)

    def save(self, *, case: Case, by: User) -> None:
        discipline.give_up_hearing(case=case, text=self.cleaned_data["text"], by=by)


class AppealForm(ActForm):
    """An appeal, with files."""

    grounds = _words(
        _("Grounds of my appeal"),
        help_text=_("People who had no part in the case decide it. They cannot make the measure graver."),
    )
    evidence = EvidenceFilesField(label=_("Files that show it"), required=False)

    def save(self, *, case: Case, by: User) -> None:
        services.appeal(case=case, **self.cleaned_data, by=by)


class WithdrawAppealForm(ActForm):
    """The appeal is withdrawn."""

    sure = _sure(_("I withdraw my appeal. I know that the decision is then in force."))
    text = _words(_("Why"), rows=3)

    def save(self, *, case: Case, by: User) -> None:
        discipline.withdraw_appeal(case=case, text=self.cleaned_data["text"], by=by)
