"""Forms of being heard: notice, statement, hearing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from associations.discipline import services
from associations.discipline.forms.judging import who_may_judge
from associations.discipline.forms.step import StepForm, choice_field, day_field, measures, words_field


class NoticeForm(StepForm):
    """The prior notice as served."""

    served_on = day_field(_("Served on"))
    measure = choice_field(_("Measure intended"), measures)
    text = words_field(
        _("Text of the notice"),
        help_text=_("Facts, reasons, basis, the measure intended and its term, and how to answer."),
    )
    method = forms.CharField(label=_("How served"), max_length=60)
    proof = forms.CharField(
        label=_("Proof of service"),
        max_length=200,
        help_text=_("Receipt number, signed copy, notary's record."),
    )
    answer_until = day_field(
        _("Statement due by"),
        required=False,
        initial=None,
        help_text=_("Left empty: ten working days. Never fewer than five."),
    )

    def prepare(self) -> None:
        laid = self.file.laid
        self.fields["text"].initial = laid.text if laid else self.file.case.allegation
        self.fields["measure"].initial = laid.measure if laid else None

    def save(self) -> None:
        services.serve_notice(case=self.file.case, **self.cleaned_data, by=self.user)


class LayNoticeForm(StepForm):
    """The prior notice as it lies at the desk, to be served by being opened."""

    on = day_field(_("Laid out on"))
    measure = choice_field(_("Measure intended"), measures)
    text = words_field(
        _("Text of the notice"),
        help_text=_("Facts, reasons, basis, the measure intended and its term, and how to answer."),
    )

    def prepare(self) -> None:
        self.fields["text"].initial = self.file.case.allegation

    def save(self) -> None:
        services.lay_notice(case=self.file.case, **self.cleaned_data, by=self.user)


class StatementForm(StepForm):
    """The member's statement."""

    received_on = day_field(_("Received on"))
    text = words_field(_("What the member says"))

    def save(self) -> None:
        services.take_statement(case=self.file.case, **self.cleaned_data, by=self.user)


class WaiveForm(StepForm):
    """The member's waiver."""

    received_on = day_field(_("Declared on"))
    text = words_field(_("How it was declared"), help_text=_("Who declared it, and where the paper is kept."))

    def save(self) -> None:
        services.waive(case=self.file.case, **self.cleaned_data, by=self.user)


class LapseForm(StepForm):
    """No statement has come."""

    on = day_field(_("Closed on"), help_text=_("The day after the last day for the statement, or later."))

    def save(self) -> None:
        services.lapse(case=self.file.case, **self.cleaned_data, by=self.user)


class AskHearingForm(StepForm):
    """The member asks for a hearing."""

    on = day_field(_("Asked for on"))
    words = words_field(_("What the member says"), required=False)

    def save(self) -> None:
        services.ask_hearing(case=self.file.case, **self.cleaned_data, by=self.user)


class GiveUpHearingForm(StepForm):
    """The member gives the hearing up."""

    on = day_field(_("Declared on"))
    text = words_field(_("How it was declared"), help_text=_("Who declared it, and where the paper is kept."))

    def save(self) -> None:
        services.give_up_hearing(case=self.file.case, **self.cleaned_data, by=self.user)


class CallHearingForm(StepForm):
    """The hearing is announced."""

    served_on = day_field(_("Served on"))
    held_on = day_field(
        _("Day of the hearing"), initial=None, help_text=_("Seven days after the service, or later.")
    )
    place = forms.CharField(label=_("Time and place"), max_length=200)
    chair = choice_field(_("In the chair"), ())
    method = forms.CharField(label=_("How served"), max_length=60)
    proof = forms.CharField(label=_("Proof of service"), max_length=200)

    def prepare(self) -> None:
        self.may_sit = {user.pk: user for user in who_may_judge(self)}
        self.fields["chair"].choices = [(key, user.name) for key, user in self.may_sit.items()]  # type: ignore[attr-defined]

    def save(self) -> None:
        told = dict(self.cleaned_data)
        chair = self.may_sit[told.pop("chair")]
        services.call_hearing(case=self.file.case, chair=chair, **told, by=self.user)


class HoldHearingForm(StepForm):
    """The hearing was held."""

    attended = forms.BooleanField(label=_("The member attended"), required=False)
    text = words_field(_("Minutes"))
    on = day_field(_("Recorded on"))

    def save(self) -> None:
        services.hold_hearing(case=self.file.case, **self.cleaned_data, by=self.user)
