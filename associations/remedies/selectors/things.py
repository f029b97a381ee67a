"""What a remedy can be about: the thing, the fact and the decision behind it, and who had a hand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from associations.conduct import selectors as conduct
from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.discipline import selectors as discipline
from associations.discipline.models import Decision
from associations.members.models import Check
from associations.remedies.states import Thing
from core.ledger.models import Entry

if TYPE_CHECKING:
    from associations.members.models import Membership

LINE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}:[0-9]{1,4}")
"""A line of the rating without a fact: its indicator and code."""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing a remedy can be about, with the fact and the decision behind it, and who had a hand in it."""

    thing: Thing
    ref: str
    fact: Fact | None = None
    decision: Decision | None = None
    involved: frozenset[int] = frozenset()

    @property
    def decision_ref(self) -> str:
        return self.decision.public_id if self.decision else ""


def find(membership: Membership, thing: str, ref: str) -> Found | None:
    """The member's thing of that name; None where there is none, or the member was not told of it yet."""
    if thing == Thing.LINE:
        return Found(Thing.LINE, ref) if LINE.fullmatch(ref) else None
    fact = decision = None
    if thing == Thing.FACT:
        fact = Fact.objects.filter(membership=membership, public_id=ref, kind__lt=FactKind.REVERSAL).first()
        decision = _decision(membership, fact.source_ref) if fact else None
    elif thing == Thing.DECISION:
        decision = _decision(membership, ref)
        fact = _violation_of(decision) if decision else None
    elif thing == Thing.BAR:
        bar = membership.bars.filter(public_id=ref).select_related("fact").first()
        fact = bar.fact if bar else None
        decision = _decision(membership, bar.decision_ref) if bar else None
    if fact is None and decision is None:
        return None
    return Found(Thing(thing), ref, fact, decision, involved_in(fact, decision))


def _decision(membership: Membership, public_id: str) -> Decision | None:
    """A decision the member knows: handed over, or a past one."""
    rows = Decision.objects.select_related("case", "service").filter(
        case__membership=membership, public_id=public_id
    )
    found = rows.first()
    return found if found and (found.imported or hasattr(found, "service")) else None


def _violation_of(decision: Decision) -> Fact | None:
    return Fact.objects.filter(key=f"decision:{decision.public_id}").first()


def involved_in(fact: Fact | None, decision: Decision | None) -> frozenset[int]:
    """Who had a hand in it: opened, sat, signed, approved; checked; or acted on the record the fact comes from."""
    found: set[int | None] = set()
    refs = {decision.public_id} if decision else set()
    if decision:
        found |= discipline.people_involved(decision.public_id)
    if fact:
        refs |= {fact.public_id, fact.source_ref} - {""}
        if fact.kind in {FactKind.CHECK, FactKind.LICENCE}:
            checks = Check.objects.filter(membership_id=fact.membership_id, checked_on=fact.occurred_on)
            found |= set(checks.values_list("by_id", flat=True))
    found |= set(Entry.objects.filter(thing_id__in=refs).values_list("actor_id", flat=True))
    return frozenset(key for key in found if key is not None)


def standing(membership: Membership, most: int = 100) -> list[Fact]:
    """The member's facts that count or may count, the newest first; two queries."""
    rows = list(
        Fact.objects.filter(membership=membership, kind__lt=FactKind.REVERSAL).order_by(
            "-occurred_on", "-id"
        )[:most]
    )
    said = conduct.last_said([each.pk for each in rows])
    return [each for each in rows if said.get(each.pk) not in conduct.UNDOING]
