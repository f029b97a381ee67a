"""Forms of judging: panel, recusal, votes, board, approval, decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from associations.conduct.catalogue import by_number
from associations.conduct.states import Severity
from associations.discipline import services
from associations.discipline.clocks import TOO_FEW
from associations.discipline.forms.step import StepForm, choice_field, day_field, measures, words_field
from associations.discipline.rules import PANEL_AT_LEAST
from associations.discipline.selectors import guidance, reviewers_for
from associations.discipline.states import Measure, Side
from core.accounts.models import User

SEVERITIES = [each for each in Severity.choices if each[0]]


class PanelForm(StepForm):
    """Who sits. Offered are the reviewers who may: not who opened the case, not who acts for the member."""

    members = forms.TypedMultipleChoiceField(
        label=_("Members of the panel"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    chair = choice_field(_("In the chair"), ())
    on = day_field(_("Formed on"))

    def prepare(self) -> None:
        self.may_sit = {user.pk: user for user in who_may_sit(self)}
        choices = [(key, user.name) for key, user in self.may_sit.items()]
        self.fields["members"].choices = choices  # type: ignore[attr-defined]
        self.fields["chair"].choices = choices  # type: ignore[attr-defined]
        if len(choices) < PANEL_AT_LEAST:
            self.fields["members"].help_text = TOO_FEW

    def clean_members(self) -> list[User]:
        chosen = [self.may_sit[key] for key in self.cleaned_data["members"]]
        if len(chosen) < PANEL_AT_LEAST:
            raise ValidationError(_("A panel has at least three members. Tick one more."))
        return chosen

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        chair = self.may_sit.get(told.get("chair") or 0)
        if chair and chair not in told.get("members", [chair]):
            self.add_error("chair", _("Who takes the chair sits on the panel. Tick the name above, too."))
        return told

    def save(self) -> None:
        told = dict(self.cleaned_data)
        chair = self.may_sit[told.pop("chair")]
        services.form_panel(case=self.file.case, chair=chair, **told, by=self.user)


class RecuseForm(StepForm):
    """A panel member steps back."""

    member = choice_field(_("Panel member"), ())
    reason = words_field(
        _("Reason"), help_text=_("The interest or tie that could make the judgement partial.")
    )
    on = day_field(_("Declared on"))

    def prepare(self) -> None:
        open_ = [seat for seat in self.file.sitting if not seat.vote]
        self.fields["member"].choices = [(seat.user_id, seat.name) for seat in open_]  # type: ignore[attr-defined]
        self.fields["member"].initial = self.user.pk

    def save(self) -> None:
        told = dict(self.cleaned_data)
        member = User.objects.get(pk=told.pop("member"))
        services.recuse(case=self.file.case, member=member, **told, by=self.user)


class ReplaceForm(StepForm):
    """Somebody takes a recused member's seat."""

    recused = choice_field(_("In the place of"), ())
    member = choice_field(_("Replacement"), ())
    on = day_field(_("Seated on"))

    def prepare(self) -> None:
        self.may_sit = {user.pk: user for user in who_may_sit(self)}
        self.fields["recused"].choices = [(seat.user_id, seat.name) for seat in self.file.empty]  # type: ignore[attr-defined]
        self.fields["member"].choices = [(key, user.name) for key, user in self.may_sit.items()]  # type: ignore[attr-defined]
        if not self.may_sit:
            self.fields["member"].help_text = TOO_FEW

    def save(self) -> None:
        told = dict(self.cleaned_data)
        recused = User.objects.get(pk=told.pop("recused"))
        member = self.may_sit[told.pop("member")]
        services.replace(case=self.file.case, recused=recused, member=member, **told, by=self.user)


class VoteForm(StepForm):
    """One vote."""

    in_favour = forms.TypedChoiceField(
        label=_("Are the facts found, and is a measure due?"),
        choices=[("1", _("In favour")), ("0", _("Against any measure"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    measure = choice_field(
        _("Measure"), measures, help_text=_("A vote for a graver measure carries the milder ones.")
    )
    reasons = words_field(
        _("Reasons"), required=False, help_text=_("Kept in the file; a differing opinion belongs here.")
    )
    on = day_field(_("Cast on"))

    def prepare(self) -> None:
        if self.file.notice:
            self.fields["measure"].initial = self.file.notice.measure

    def save(self) -> None:
        services.vote(case=self.file.case, **self.cleaned_data, by=self.user)


class DecideForm(StepForm):
    """The decision to be signed."""

    measure = choice_field(_("Measure"), measures)
    severity = choice_field(_("Severity"), SEVERITIES)
    reasons = words_field(_("Facts found and reasons"))
    basis = words_field(_("Basis"))
    departure = words_field(
        _("Reasons for leaving the usual range"),
        required=False,
        help_text=_("Only where the measure lies outside it. Kept with the decision."),
    )
    on = day_field(_("Decided on"))

    def prepare(self) -> None:
        self.guidance = guidance(self.file)
        case, entry = self.file.case, by_number(self.file.case.code)
        known = {text.basis for text in entry.texts} if entry else set()
        text = entry.text_for(case.occurred_on, timezone.localdate()) if entry and case.occurred_on else None
        for name, value in {
            "measure": self.file.measure_carried, "severity": case.severity, "reasons": case.allegation,
            "basis": text.basis if text and case.basis in known else case.basis,
        }.items():  # fmt: skip
            self.fields[name].initial = value

    def save(self) -> None:
        services.decide(case=self.file.case, **self.cleaned_data, by=self.user)


def gravest() -> list[tuple[int, str]]:
    """The measures the board votes on."""
    return [each for each in measures() if each[0] >= Measure.EXPULSION]


class BoardVoteForm(StepForm):
    """How the board voted."""

    held_on = day_field(pgettext_lazy("board", "Held on"))
    measure = choice_field(_("Measure"), gravest)
    due = forms.IntegerField(label=_("Members due"), min_value=1, max_value=999)
    present = forms.IntegerField(label=_("Members present"), min_value=0, max_value=999)
    in_favour = forms.IntegerField(label=_("Votes in favour"), min_value=0, max_value=999)
    record = forms.CharField(
        label=_("Where it is recorded"),
        max_length=200,
        help_text=_("Number of the minutes, and who keeps them."),
    )

    def save(self) -> None:
        services.record_board_vote(case=self.file.case, **self.cleaned_data, by=self.user)


class ApproveForm(StepForm):
    """One of two approvals of a bar for life."""

    ground = words_field(_("Ground"))
    on = day_field(_("Approved on"))

    def save(self) -> None:
        services.approve(case=self.file.case, **self.cleaned_data, by=self.user)


def who_may_judge(form: StepForm) -> list[User]:
    """The reviewers who have no other part in the case."""
    return reviewers_for(form.file, Side.JUDGE)


def who_may_sit(form: StepForm) -> list[User]:
    """Of these, who has no seat yet."""
    return [user for user in who_may_judge(form) if form.file.seat_of(user.pk) is None]
