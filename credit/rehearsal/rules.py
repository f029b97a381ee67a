"""When a rule set may be rehearsed, and who may take the list of movers away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from core.accounts.models import User

MOST_AT_ONCE = 3
MOST_IN_A_WORKBOOK = 20_000


def may_rehearse(user: User | None, *, running: int) -> Verdict:
    """Before a rule set is adopted its effect on every member is looked at. Whoever prepares or decides may do so;
    three at once, since each reads every fact of every member.
    """
    if not (verdict := may(user, Verb.REHEARSE)):
        return verdict
    if running >= MOST_AT_ONCE:
        return denied(
            _("%(most)s rehearsals are running already. Wait until one is done.") % {"most": MOST_AT_ONCE}
        )
    return ALLOWED


def may_export(user: User | None, *, done: bool, kind: str = "csv", rows: int = 0) -> Verdict:
    """Names of members leave the register only by those whom the role table lets export; a workbook while short."""
    if not (verdict := may(user, Verb.EXPORT)):
        return verdict
    if not done:
        return denied(_("The rehearsal is not done. Wait for its report."))
    if kind == "xlsx" and rows > MOST_IN_A_WORKBOOK:
        return denied(
            _("A workbook takes at most %(most)s rows, this would be %(count)s: export CSV.")
            % {"most": MOST_IN_A_WORKBOOK, "count": rows}
        )
    return ALLOWED
