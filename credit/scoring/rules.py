"""When a rating may be asked for, and who may take the list away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from core.accounts.models import User


def may_ask(user: User | None, *, everybody_waits: bool) -> Verdict:
    """Ratings follow the facts by themselves; the clerk or the administrator may have every member looked at again,
    unless all of them wait for it already.
    """
    if not (verdict := may(user, Verb.RATE)):
        return verdict
    if everybody_waits:
        return denied(_("Every member already waits to be rated. It is enough to wait."))
    return ALLOWED


def may_export(user: User | None) -> Verdict:
    """The list is taken away as a file by those whom the role table lets export."""
    return may(user, Verb.EXPORT)
