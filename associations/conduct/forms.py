"""Input of the member file's pages that leaves a fact or asks for a rating. `save` calls the verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from associations.conduct import checking
from associations.members import rules
from associations.members.forms import IdentityForm, clean_name_of, day_field
from associations.members.services import Finding
from associations.members.states import CHECKLIST, Category, Item

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from associations.members.models import Application, Check, Membership
    from associations.members.services import Plan
    from core.accounts.models import User

FOUND = [("yes", _("in order")), ("no", _("missing or wrong"))]


class RegisterForm(IdentityForm):
    """A member entered directly, from the association's roll."""

    joined_on = day_field(_("Joined on"))
    number = forms.CharField(
        label=_("Member number"), max_length=20, required=False, help_text=_("Left empty: the next number.")
    )
    verified_on = day_field(
        _("Identity verified on"),
        required=False,
        help_text=_("The day the licence or the identity document was seen. Left empty: due at once."),
    )
    evidence = forms.CharField(
        label=_("Seen"), max_length=200, required=False, help_text=_("Such as: business licence, copy.")
    )

    def save(self, *, by: User) -> Membership:
        given = self.cleaned_data
        self.membership = checking.admit(
            **self.who(),
            joined_on=given["joined_on"],
            number=given["number"].strip().upper(),
            verified_on=given["verified_on"],
            evidence=given["evidence"],
            by=by,
        )
        return self.membership


class AcceptForm(forms.Form):
    """Taking an applicant in."""

    joined_on = day_field(_("Joined on"))
    number = forms.CharField(
        label=_("Member number"), max_length=20, required=False, help_text=_("Left empty: the next number.")
    )

    def save(self, *, application: Application, by: User) -> Membership:
        given = self.cleaned_data
        self.membership = checking.accept(
            application=application,
            joined_on=given["joined_on"],
            number=given["number"].strip().upper(),
            by=by,
        )
        return self.membership


class CheckForm(forms.Form):
    """One item of the checklist, as it was found."""

    item = forms.TypedChoiceField(
        label=_("Item"), choices=Item.choices, coerce=lambda value: Item(int(value))
    )
    passed = forms.TypedChoiceField(
        label=_("Found"),
        choices=FOUND,
        coerce=lambda value: value == "yes",
    )
    checked_on = day_field(_("Checked on"))
    valid_until = day_field(
        _("Valid until"), required=False, help_text=_("Of a licence: its last valid day.")
    )
    evidence = forms.CharField(label=_("Evidence"), max_length=200, required=False)

    def save(self, *, membership: Membership, by: User) -> Check:
        return checking.check_item(membership=membership, by=by, **self.cleaned_data)


class ManyForm(forms.Form):
    """The same finding of many members. `save` gives what was recorded and what was left out."""

    items = forms.TypedMultipleChoiceField(
        label=_("Items"),
        coerce=lambda value: Item(int(value)),
        widget=forms.CheckboxSelectMultiple,
        initial=[Item.IDENTITY],
    )
    passed = forms.TypedChoiceField(
        label=_("Found"), choices=FOUND, coerce=lambda value: value == "yes", widget=forms.RadioSelect
    )
    checked_on = day_field(_("Checked on"), help_text=_("Whoever joined later is left out."))
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=200,
        help_text=_("What was seen, and where it is kept. It stands in the file of each member."),
    )
    valid_until = day_field(
        _("Licence valid until"),
        required=False,
        help_text=_("Only where the licence of all is valid until the same day."),
    )

    def __init__(self, *args: Any, categories: Collection[Category], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["items"].choices = [*_asked_of(categories)]  # type: ignore[attr-defined]

    def clean_checked_on(self) -> date:
        on: date = self.cleaned_data["checked_on"]
        verdict = rules.seen(on)
        if not verdict.allowed:
            raise forms.ValidationError(str(verdict.reason))
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        until, on = cleaned.get("valid_until"), cleaned.get("checked_on")
        if until and (Item.LICENCE not in cleaned.get("items", ()) or not cleaned.get("passed")):
            self.add_error(
                "valid_until", _("Only of a licence that is in order: leave it empty, or tick the licence.")
            )
        elif until and on and not (verdict := rules.may_hold_until(on, until)):
            self.add_error("valid_until", str(verdict.reason))
        return cleaned

    def finding(self) -> Finding:
        given = self.cleaned_data
        return Finding(**given | {"items": tuple(given["items"])})

    def save(self, *, membership_ids: Iterable[int], by: User) -> Plan:
        self.recorded = checking.check_many(membership_ids=membership_ids, finding=self.finding(), by=by)
        return self.recorded


def _asked_of(categories: Collection[Category]) -> Iterable[tuple[int, str]]:
    """The items that are on a checklist of these categories, each with the categories it is not asked of."""
    for item in Item:
        spared = [str(each.label) for each in Category if each in categories and item not in CHECKLIST[each]]
        if not spared:
            yield int(item), str(item.label)
        elif len(spared) < len(categories):
            told = {"item": item.label, "categories": _list(spared)}
            yield int(item), gettext("%(item)s (not asked of: %(categories)s)") % told


def _list(words: Iterable[str]) -> str:
    return gettext(", ").join(words)


class ChangeForm(forms.Form):
    """A new name or category, or the wish not to be commended."""

    name = forms.CharField(label=_("Name"), max_length=120)
    category = forms.TypedChoiceField(
        label=_("Category"), choices=Category.choices, coerce=lambda value: Category(int(value))
    )
    contribution_opt_out = forms.BooleanField(label=_("No commendations to be recorded"), required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=400, required=False, help_text=_("Such as: change of name registered.")
    )

    def clean_name(self) -> str:
        return clean_name_of(self.cleaned_data["name"])

    def save(self, *, membership: Membership, by: User) -> Membership:
        return checking.change(membership=membership, by=by, **self.cleaned_data)

    @classmethod
    def of(cls, membership: Membership, data: Any = None) -> ChangeForm:
        """The form as the membership stands."""
        return cls(
            data,
            initial={
                "name": membership.name,
                "category": membership.category,
                "contribution_opt_out": membership.contribution_opt_out,
            },
            auto_id="change_%s",
        )


class LeaveForm(forms.Form):
    """The day a member leaves."""

    on = day_field(_("Left on"))
    reason = forms.CharField(label=_("Reason"), max_length=400, required=False)

    def save(self, *, membership: Membership, by: User) -> Membership:
        return checking.leave(membership=membership, by=by, **self.cleaned_data)
