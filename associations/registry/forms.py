"""What an administrator of the association types in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from associations.registry import services
from associations.registry.models import CharterVersion
from core.accounts.states import Role
from core.ledger import words

if TYPE_CHECKING:
    from associations.registry.models import Association
    from core.accounts.models import User

OFFICES = [(role.value, role.label) for role in Role if role != Role.MEMBER]


class InviteForm(forms.Form):
    """A role for whoever logs in with a mail address."""

    email = forms.EmailField(
        label=_("Mail address"),
        error_messages={"invalid": _("This is no mail address. Write it as name@example.org.")},
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    role = forms.TypedChoiceField(label=_("Role"), choices=OFFICES, coerce=Role)

    def save(self, *, association: Association, by: User) -> None:
        """Invite."""
        services.invite_officer(association=association, **self.cleaned_data, by=by)


MEASURES = {
    1: _("L1 talk, written promise, extra training"),
    2: _("L2 warning, order to correct"),
    3: _("L3 notice of criticism within the trade"),
    4: _("L4 public criticism and suspension of rights"),
    5: _("L5 expulsion"),
    6: _("L6 bar for life"),
}


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class CharterForm(forms.Form):
    """A version of the disciplinary articles: for each measure the article it rests on, and its words."""

    version = forms.CharField(label=_("Version"), max_length=20, help_text=_("Such as: 2026, or the sixth."))
    adopted_on = _day(_("Adopted on"))
    effective_on = _day(_("In force from"))
    quorum_numerator = forms.IntegerField(label=_("Quorum: at least"), min_value=1, max_value=99, initial=2)
    quorum_of = forms.IntegerField(label=_("of every … due"), min_value=1, max_value=99, initial=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for measure, label in MEASURES.items():
            self.fields[f"article_{measure}"] = forms.CharField(
                label=label,
                max_length=30,
                required=False,
                help_text=_("The article, such as 第二十一条. Left empty: the charter has no such measure."),
            )
            self.fields[f"text_{measure}"] = forms.CharField(
                label=_("Its words"), required=False, widget=forms.Textarea(attrs={"rows": 2})
            )

    def clean_version(self) -> str:
        version: str = self.cleaned_data["version"].strip()
        if CharterVersion.objects.filter(version=version).exists():
            raise forms.ValidationError(
                _("This version is kept already and never changed: give the new one its own name.")
            )
        return version

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if (
            given.get("adopted_on")
            and given.get("effective_on")
            and given["effective_on"] < given["adopted_on"]
        ):
            self.add_error("effective_on", _("A charter is not in force before it is adopted."))
        if given.get("quorum_numerator", 0) > given.get("quorum_of", 99):
            self.add_error("quorum_numerator", _("The quorum cannot be more than all."))
        for measure in MEASURES:
            if given.get(f"article_{measure}") and not given.get(f"text_{measure}"):
                self.add_error(f"text_{measure}", _("Give the words of the article: decisions quote them."))
        if not any(given.get(f"article_{measure}") for measure in MEASURES):
            self.add_error(None, _("Name the article of at least one measure."))
        return given

    def articles(self) -> list[dict[str, Any]]:
        """The articles as the charter keeps them; measures of one article together."""
        found: dict[str, dict[str, Any]] = {}
        for measure in MEASURES:
            name = self.cleaned_data[f"article_{measure}"].strip()
            if not name:
                continue
            entry = found.setdefault(
                name, {"article": name, "text": self.cleaned_data[f"text_{measure}"].strip(), "measures": []}
            )
            entry["measures"].append(measure)
        return list(found.values())

    def save(self, *, by: User) -> CharterVersion:
        given = self.cleaned_data
        return services.adopt_charter(
            version=given["version"],
            adopted_on=given["adopted_on"],
            effective_on=given["effective_on"],
            articles=self.articles(),
            quorum_numerator=given["quorum_numerator"],
            quorum_of=given["quorum_of"],
            by=by,
        )


class LedgerFilters(forms.Form):
    """Which entries of the audit trail are asked for."""

    act = forms.ChoiceField(label=_("Act"), required=False, choices=[("", _("all")), *words.choices()])
    thing_id = forms.CharField(label=_("Object"), max_length=64, required=False)
    actor = forms.CharField(label=_("By"), max_length=60, required=False)
    since = _day(_("From"), required=False)
    until = _day(_("Until"), required=False)
