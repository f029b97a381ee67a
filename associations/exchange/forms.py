"""Whom an administrator gives a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from associations.exchange import peers
from associations.exchange.states import PeerKind

if TYPE_CHECKING:
    from associations.exchange.models import Peer
    from core.accounts.models import User


class PeerForm(forms.Form):
    """A platform or authority."""

    kind = forms.ChoiceField(label=_("For"), choices=PeerKind)
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As it stands as the source of the complaints it sends."),
    )

    def save(self, *, by: User) -> tuple[Peer, str]:
        """Give the key. Raises Denied."""
        return peers.give_key(kind=PeerKind(self.cleaned_data["kind"]), name=self.cleaned_data["name"], by=by)
