"""What members and officers type in: one form for each verb. `save` calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from associations.conduct.models import MOST_ORDERS
from associations.conduct.states import FactKind
from associations.remedies import services
from associations.remedies.models.speaking import MOST_CHARACTERS
from associations.remedies.services.repairing import Findings
from associations.remedies.states import Thing

if TYPE_CHECKING:
    from associations.members.models import Membership
    from associations.remedies.models import Correction, Objection, OwnStatement, Repair
    from associations.remedies.selectors import Found
    from core.accounts.models import User

MOST = 4000
YES, NO = "yes", "no"
QUANTITIES: dict[int, dict[str, Any]] = {
    FactKind.FIGURES: {"a": _("Orders"), "b": _("Complaints upheld"), "c": _("Complaints closed"),
                       "d": _("Answered in time"), "e": _("Resolved")},
    FactKind.MEDIATION: {"a": _("Agreements made"), "b": _("Performed")},
    FactKind.CHECK: {"a": _("1 in order, 0 not")},
    FactKind.TRAINING: {"a": _("Hours")},
    FactKind.EXAM: {"a": _("1 passed, 0 not")},
    FactKind.CONTROL: {"a": _("1 in place, 0 not")},
    FactKind.COMMITMENT: {"a": _("Due"), "b": _("Performed")},
    FactKind.CONTRIBUTION: {"a": _("Points")},
    FactKind.ROSTER: {"a": _("Streamers signed"), "b": _("Trained")},
}  # fmt: skip
"""What a fact of a kind counts."""


def words_field(label: Any, most: int = MOST, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 5}), **more)


def yes_or_no(label: Any, yes: Any, no: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[(YES, yes), (NO, no)], widget=forms.RadioSelect)


# --- asked for ---


class AskForm(forms.Form):
    """A remedy that a member asks for about one thing."""

    def save(self, *, membership: Membership, found: Found, by: User) -> None:
        raise NotImplementedError


class ObjectionForm(AskForm):
    text = words_field(
        _("What is wrong, and why"),
        help_text=_(
            "Name the right facts, and what proves them. It is answered by somebody else in 7 working days."
        ),
    )

    def save(self, *, membership: Membership, found: Found, by: User) -> None:
        services.object_to(
            membership=membership, thing=found.thing, ref=found.ref, text=self.cleaned_data["text"], by=by
        )


class RepairForm(AskForm):
    performed = words_field(
        _("How it was corrected, and every duty performed"),
        help_text=_("What was put right and when, what was paid back, what proves it."),
    )
    undertaking = words_field(
        _("Public undertaking"),
        help_text=_("It stands beside the record until this is decided, for all to read."),
    )
    publicly = forms.BooleanField(label=_("I make this undertaking publicly, and answer for what I say here"))

    def save(self, *, membership: Membership, found: Found, by: User) -> None:
        told = self.cleaned_data
        services.ask_repair(
            membership=membership, ref=found.fact.public_id if found.fact else "", performed=told["performed"],
            undertaking=told["undertaking"], by=by,
        )  # fmt: skip


class SpeakForm(AskForm):
    text = words_field(
        _("Own statement"),
        MOST_CHARACTERS,
        help_text=_(
            "1,000 characters at most. An officer looks for unlawful content only, then it is public too."
        ),
    )

    def save(self, *, membership: Membership, found: Found, by: User) -> None:
        services.speak(
            membership=membership, thing=found.thing, ref=found.ref, text=self.cleaned_data["text"], by=by
        )


class CorrectForm(AskForm):
    """Left as it is, the fact never was so; with a changed quantity or day, a right one stands in its place."""

    why = words_field(_("What is wrong, and how it is known"))

    def __init__(self, *args: Any, found: Found, **more: Any) -> None:
        super().__init__(*args, **more)
        fact = found.fact
        self.quantities = dict(QUANTITIES.get(fact.kind, {})) if fact else {}
        if fact is None or not (self.quantities or fact.kind == FactKind.LICENCE):
            return
        for name, label in self.quantities.items():
            self.fields[name] = forms.IntegerField(
                label=label, min_value=0, max_value=MOST_ORDERS, required=False
            )
        days = {"occurred_on": _("Day")} | ({"until_on": _("Last valid day")} if fact.until_on else {})
        for name, label in days.items():
            widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[name] = forms.DateField(label=label, required=False, widget=widget)
        self.fields["occurred_on"].help_text = _(
            "Leave all of these empty if there should be no such fact at all."
        )

    def save(self, *, membership: Membership, found: Found, by: User) -> None:
        told = {
            name: value for name, value in self.cleaned_data.items() if value is not None and name != "why"
        }
        instead = {
            name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in told.items()
        }
        services.correct(
            membership=membership, ref=found.ref, why=self.cleaned_data["why"], instead=instead, by=by
        )


def instead(correction: Correction) -> list[tuple[str, Any]]:
    """What a fact should have said, by its labels."""
    labels = QUANTITIES.get(correction.fact.kind, {}) if correction.fact else {}
    named = labels | {"occurred_on": _("Day"), "until_on": _("Last valid day")}
    return [(str(named.get(name, name)), value) for name, value in correction.instead.items()]


# --- answered ---


class OutcomeForm(forms.Form):
    """An answer with its reasons."""

    reasons = words_field(
        _("Reasons"),
        error_messages={"required": _("Write the reasons; an answer without reasons does not count.")},
    )
    field_order = ["outcome", "reasons"]

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data["outcome"] == YES)


class AnswerForm(OutcomeForm):
    outcome = yes_or_no(
        _("Answer"),
        _("Upheld: what is contested counts no more, from this moment"),
        _("Not upheld: it stays as it is"),
    )

    def save(self, *, remedy: Objection, by: User) -> None:
        services.answer_objection(
            objection=remedy, uphold=self.agrees, reasons=self.cleaned_data["reasons"], by=by
        )


class ConfirmForm(OutcomeForm):
    outcome = yes_or_no(_("Answer"), _("I have looked and agree"), _("I do not agree: it stays as it is"))

    def save(self, *, remedy: Correction, by: User) -> None:
        services.confirm_correction(
            correction=remedy, agree=self.agrees, reasons=self.cleaned_data["reasons"], by=by
        )


class CheckForm(OutcomeForm):
    outcome = yes_or_no(
        _("Is there unlawful content in it?"),
        _("No: it stands beside the record, for all to read"),
        _("Yes: it is withheld from the public"),
    )

    def save(self, *, remedy: OwnStatement, by: User) -> None:
        services.check(statement=remedy, passes=self.agrees, reasons=self.cleaned_data["reasons"], by=by)


class DecideForm(OutcomeForm):
    """The three conditions a person finds; the least term the register works out. Refused unless all are met."""

    is_performed = forms.BooleanField(label=_("Corrected and fully performed"), required=False)
    has_undertaken = forms.BooleanField(label=_("The public undertaking was made"), required=False)
    else_met = forms.BooleanField(label=_("The other conditions of law are met"), required=False)
    field_order = ["is_performed", "has_undertaken", "else_met", "reasons"]

    def save(self, *, remedy: Repair, by: User) -> None:
        told = dict(self.cleaned_data)
        reasons = told.pop("reasons")
        services.decide_repair(repair=remedy, findings=Findings(**told), reasons=reasons, by=by)


ASKING: dict[str, type[AskForm]] = {
    "objection": ObjectionForm,
    "repair": RepairForm,
    "statement": SpeakForm,
    "correction": CorrectForm,
}


def asking(verb: str, found: Found, data: Any = None) -> AskForm:
    """The form of a verb about a thing."""
    if verb == "correction":
        return CorrectForm(data, found=found)
    return ASKING[verb](data)


def may_be_about(verb: str, thing: str) -> bool:
    """A line of the rating that rests on no fact can only be contested; repair and correction are about facts."""
    if verb in {"repair", "correction"}:
        return thing == Thing.FACT
    return verb == "objection" or thing != Thing.LINE
