"""When a rating may be asked for, and who may take the list away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from core.accounts.models import User

MOST_IN_A_WORKBOOK = 20_000


def may_ask(user: User | None, *, everybody_waits: bool) -> Verdict:
    """Ratings follow the facts by themselves; the clerk or the administrator may have every member looked at again,
    unless all of them wait for it already.
    """
    if not (verdict := may(user, Verb.RATE)):
        return verdict
    if everybody_waits:
        return denied(_("Every member already waits to be rated. It is enough to wait."))
    return ALLOWED


def may_export(user: User | None, *, kind: str = "csv", rows: int = 0) -> Verdict:
    """The list is taken away as a file by those whom the role table lets export; a workbook only while it is short."""
    if not (verdict := may(user, Verb.EXPORT)):
        return verdict
    if kind == "xlsx" and rows > MOST_IN_A_WORKBOOK:
        return denied(
            _("A workbook takes at most %(most)s rows, this would be %(count)s: export CSV, or filter more.")
            % {"most": MOST_IN_A_WORKBOOK, "count": rows}
        )
    return ALLOWED
