"""Forms of what follows: handing over, appeal, performance, closing, reversal; and the other ends."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from associations.discipline import services
from associations.discipline.forms.step import StepForm, choice_field, day_field, measures, words_field
from associations.discipline.selectors import letters_of
from associations.discipline.states import Letter, Outcome, Step
from core.ui.formatting import stamp


class ServeForm(StepForm):
    """The decision as handed over."""

    served_on = day_field(_("Handed over on"))
    method = forms.CharField(label=_("How served"), max_length=60)
    proof = forms.CharField(
        label=_("Proof of service"),
        max_length=200,
        help_text=_("Receipt number, signed copy, notary's record."),
    )
    told_of_publication = forms.BooleanField(
        label=_("The member was told that the decision will be published"),
        required=False,
        help_text=_("Without this the decision takes effect but is not published."),
    )

    def save(self) -> None:
        services.serve_decision(case=self.file.case, **self.cleaned_data, by=self.user)


class ServeAppealForm(StepForm):
    """The decision on the appeal as handed over; filled in where its opening at the desk proves it."""

    served_on = day_field(_("Handed over on"))
    method = forms.CharField(label=_("How served"), max_length=60)
    proof = forms.CharField(
        label=_("Proof of service"),
        max_length=200,
        help_text=_("Receipt number, signed copy, notary's record."),
    )

    def prepare(self) -> None:
        letter = next((each for each in letters_of(self.file) if each.letter == Letter.APPEAL), None)
        if letter is None or not letter.seen:
            return
        first = letter.seen[0]
        self.fields["served_on"].initial = timezone.localdate(first.at)
        self.fields["method"].initial = _("Member desk")
        self.fields["proof"].initial = gettext("Opened at the desk by %(name)s %(at)s") % {
            "name": first.name, "at": stamp(first.at),
        }  # fmt: skip

    def save(self) -> None:
        services.serve_appeal(case=self.file.case, **self.cleaned_data, by=self.user)


class CloseForm(StepForm):
    """The case is closed."""

    note = words_field(_("Closing note"))
    on = day_field(_("Closed on"))

    def save(self) -> None:
        services.close_case(case=self.file.case, **self.cleaned_data, by=self.user)


class ReverseForm(StepForm):
    """The decision is set aside."""

    reasons = words_field(_("Reasons"))
    on = day_field(_("Reversed on"))

    def save(self) -> None:
        services.reverse(case=self.file.case, **self.cleaned_data, by=self.user)


class ProposeReversalForm(StepForm):
    """The reversal of an expulsion or a bar is proposed."""

    reasons = words_field(_("Reasons"))
    on = day_field(_("Proposed on"))

    def save(self) -> None:
        services.propose_reversal(case=self.file.case, **self.cleaned_data, by=self.user)


class RefuseReversalForm(StepForm):
    """The second reviewer does not approve."""

    reasons = words_field(_("Reasons"))
    on = day_field(_("Answered on"))

    def save(self) -> None:
        services.refuse_reversal(case=self.file.case, **self.cleaned_data, by=self.user)


class DropReversalForm(StepForm):
    """Who proposed the reversal takes it back."""

    reasons = words_field(_("Reasons"))
    on = day_field(_("Declared on"))

    def save(self) -> None:
        services.drop_reversal(case=self.file.case, **self.cleaned_data, by=self.user)


class PerformForm(StepForm):
    """Whether the measure was carried out."""

    performed = forms.TypedChoiceField(
        label=_("Was the measure carried out?"),
        choices=[("1", _("Carried out")), ("0", _("Not carried out"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    note = words_field(_("How it was carried out, or what is missing"))
    on = day_field(_("Recorded on"))

    def save(self) -> None:
        services.record_performance(case=self.file.case, **self.cleaned_data, by=self.user)


class AppealForm(StepForm):
    """The member appeals."""

    on = day_field(_("Received on"))
    grounds = words_field(_("Grounds"))

    def save(self) -> None:
        services.appeal(case=self.file.case, **self.cleaned_data, by=self.user)


class WithdrawAppealForm(StepForm):
    """The member withdraws the appeal."""

    on = day_field(_("Declared on"))
    text = words_field(_("How it was declared"), help_text=_("Who declared it, and where the paper is kept."))

    def save(self) -> None:
        services.withdraw_appeal(case=self.file.case, **self.cleaned_data, by=self.user)


class ReviewForm(StepForm):
    """One reviewer's opinion on an appeal."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome, widget=forms.RadioSelect)
    measure = choice_field(
        _("Lighter measure"),
        lambda: [("", "—"), *measures()],
        required=False,
        help_text=_("Only where the measure is changed to a lighter one."),
    )
    reasons = words_field(_("Reasons"))
    on = day_field(_("Given on"))

    def save(self) -> None:
        services.review(case=self.file.case, **self.cleaned_data, by=self.user)


class EndForm(StepForm):
    """The case ends without a decision; `how` is said by the page."""

    how: Step
    reasons = words_field(_("Reasons"))
    on = day_field(_("Ended on"))

    def save(self) -> None:
        services.end(case=self.file.case, how=self.how, **self.cleaned_data, by=self.user)


class NoCaseForm(EndForm):
    how = Step.NO_CASE


class DropForm(EndForm):
    how = Step.DROP


class WithdrawForm(EndForm):
    how = Step.WITHDRAW


class SettleForm(EndForm):
    how = Step.SETTLE


class TimeBarForm(EndForm):
    how = Step.TIME_BAR


class TransferForm(EndForm):
    how = Step.TRANSFER
    receiver = forms.CharField(label=_("Handed to"), max_length=160)
    receipt = forms.CharField(label=_("Receipt"), max_length=200)
