"""The calculator: from which day the repair of a record may be asked for, and what else it depends on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from associations.conduct import selectors as conduct
from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.remedies.models import Repair
from associations.remedies.states import RepairState
from associations.remedies.terms import repair_from

if TYPE_CHECKING:
    from datetime import date

    from associations.documents.models import Document
    from associations.members.models import Membership


@dataclass(frozen=True, slots=True)
class Repairable:
    """A record, and all that its repair depends on: `from_on` the first day on which it may be asked for (None: it
    needs none), `last` what was last said of it (`FactKind`), `barred` whether a bar of the same decision is in
    force, `asked` whether an application waits.
    """

    fact: Fact
    from_on: date | None
    last: int | None
    barred: bool
    asked: bool

    @property
    def days(self) -> int:
        """Days until it may be asked for; 0 when that day has come."""
        return max(0, (self.from_on - timezone.localdate()).days) if self.from_on else 0


def repairable(membership: Membership) -> list[Repairable]:
    """The calculator: every record of the member that stands, by the day its repair may be asked for; four queries."""
    records = Fact.objects.filter(membership=membership, kind=FactKind.VIOLATION).order_by("id")
    found = [each for each in weighed(list(records)) if each.from_on and each.last not in conduct.UNDOING]
    return sorted(found, key=lambda each: (str(each.from_on), each.fact.pk))


def letter_of(repair: Repair) -> Document | None:
    """The decision on a repair on paper, as it stands; None where there is none."""
    standing = repair.documents.filter(document__withdrawal=None).select_related("document__paper")
    found = standing.order_by("-id").first()
    return found.document if found else None


def weighed(facts: list[Fact]) -> list[Repairable]:
    """What the repair of each of these facts of one member depends on; three queries."""
    if not facts:
        return []
    today = timezone.localdate()
    bans = {
        each.pk: each.source_ref
        for each in Fact.objects.filter(membership_id=facts[0].membership_id, kind=FactKind.BAN)
        if each.until_on is None or each.until_on >= today
    }
    said = conduct.last_said([*(each.pk for each in facts), *bans])
    barred = {ref for pk, ref in bans.items() if said.get(pk) not in conduct.UNDOING}
    asked = set(
        Repair.objects.filter(fact__in=facts, state=RepairState.ASKED).values_list("fact_id", flat=True)
    )
    return [
        Repairable(
            each,
            repair_from(each.occurred_on, each.severity),
            said.get(each.pk),
            each.source_ref in barred,
            each.pk in asked,
        )
        for each in facts
    ]
