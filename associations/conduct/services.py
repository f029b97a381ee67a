"""Recording facts: the only way into the conduct file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from associations.conduct import queue
from associations.conduct.digest import digest
from associations.conduct.models import Fact
from core.wake import wake

if TYPE_CHECKING:
    from datetime import date

    from associations.conduct.states import FactKind
    from associations.members.models import Membership

RATE_DUE = "credit.scoring.tasks.rate_due"


def record(
    *,
    membership: Membership,
    kind: FactKind,
    occurred_on: date,
    source: str,
    key: str,
    source_ref: str = "",
    **quantities: object,
) -> Fact:
    """Record one fact about `membership` and put it in the queue to be rated.

    `key` is unique in the association: the same fact recorded again is returned as it stands.
    `quantities`: code, severity, a–e, until_on, ref, recorded_on.
    """
    fact = Fact(
        association_id=membership.association_id,
        membership=membership,
        kind=kind,
        occurred_on=occurred_on,
        source=source,
        source_ref=source_ref,
        key=key,
        **quantities,
    )
    record_all([fact])
    return fact if fact.pk else Fact.objects.get(key=key)


@transaction.atomic
def record_all(facts: list[Fact]) -> int:
    """Record facts in one statement; those whose `key` stands already are left out. Gives the number recorded.

    Rows written get their `pk`; the others keep none. One association a call (the scope's).
    """
    for fact in facts:
        fact.digest = digest(fact)
    standing = set(Fact.objects.filter(key__in=[fact.key for fact in facts]).values_list("key", flat=True))
    new = [fact for fact in facts if fact.key not in standing]
    Fact.objects.bulk_create(new, batch_size=2000)
    if new:
        queue.put((fact.association_id, fact.membership_id) for fact in new)
        wake(RATE_DUE)
    return len(new)
