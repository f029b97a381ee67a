"""A thing in words, in the language in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from associations.conduct.catalogue import by_number
from associations.conduct.states import FactKind
from associations.members.states import Item
from associations.remedies.states import Thing
from core.ui.formatting import day

if TYPE_CHECKING:
    from associations.conduct.models import Fact


def thing_text(thing: str, ref: str, fact: Fact | None) -> str:
    """What a remedy is about: “Violation: 绝对化用语 (AD03), 2026-03-01”."""
    if fact is None:
        return _("Line of the rating, indicator %(no)s") % {"no": ref.partition(":")[0]}
    told = fact_text(fact)
    return f"{Thing(thing).label}{_(': ')}{told}" if thing in {Thing.DECISION, Thing.BAR} else told


def fact_text(fact: Fact) -> str:
    """A fact in one line: its kind, what it is about, its day."""
    entry = by_number(fact.code) if fact.kind == FactKind.VIOLATION else None
    what = f"{entry.told(get_language() or 'zh')} ({entry.code})" if entry else ""
    if fact.kind == FactKind.CHECK and fact.code in Item.values:
        what = str(Item(fact.code).label)
    told = f"{FactKind(fact.kind).label}{_(': ')}{what}" if what else str(FactKind(fact.kind).label)
    return f"{told}{_(', ')}{day(fact.occurred_on)}"
