"""What an administrator of the association types in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from associations.registry import services
from core.accounts.states import Role

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
