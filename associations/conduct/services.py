"""Recording facts: the only way into the conduct file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from associations.conduct.digest import digest
from associations.conduct.models import Fact
from core.wake import wake

if TYPE_CHECKING:
    from collections.abc import Iterable
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
        mark_due({(fact.association_id, fact.membership_id) for fact in new})
    return len(new)


def mark_due(memberships: Iterable[tuple[int, int]]) -> None:
    """Queue (association, membership) pairs for rating, and wake a worker once the transaction stands."""
    associations, ids = zip(*sorted(set(memberships)), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO associations_conductdue (association_id, membership_id, since)
            SELECT association_id, membership_id, now()
            FROM unnest(%s::bigint[], %s::bigint[]) AS due (association_id, membership_id)
            ON CONFLICT (association_id, membership_id) DO UPDATE SET since = EXCLUDED.since
            """,
            [list(associations), list(ids)],
        )
    wake(RATE_DUE)
