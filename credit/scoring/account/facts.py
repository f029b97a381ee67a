"""A fact of the conduct file in one line, as officers and its member read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.conduct.states import FactKind
from associations.members.states import Item
from core.ui.formatting import day
from credit.scoring.account.lines import violation_name

if TYPE_CHECKING:
    from associations.conduct.selectors import FactRow


def fact_text(fact: FactRow) -> str:
    """The kind, and what of its quantities says most."""
    kind = FactKind(fact.kind)
    more = _told(kind, fact)
    return f"{kind.label}{_(': ')}{more}" if more else str(kind.label)


def _told(kind: FactKind, fact: FactRow) -> str:
    if kind == FactKind.CHECK:
        state = _("in order") if fact.a else _("not in order")
        return f"{Item(fact.code).label}{_(', ')}{state}" if fact.code in Item.values else state
    if kind == FactKind.TRAINING:
        return _("%(hours)s h") % {"hours": fact.a}
    if kind == FactKind.EXAM:
        return _("passed") if fact.a else _("not passed")
    if kind == FactKind.VIOLATION:
        return violation_name(fact.code)
    if kind == FactKind.ROSTER:
        return _("%(trained)s of %(streamers)s streamers trained") % {"trained": fact.b, "streamers": fact.a}
    return _("until %(day)s") % {"day": day(fact.until_on)} if fact.until_on else ""
