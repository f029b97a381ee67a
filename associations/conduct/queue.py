"""The queue to the rating: which memberships have facts that no rating has seen yet.

One row a membership. Whoever claims rows deletes them in the transaction that writes the ratings; should it
fail, they are back. The engine's side of the hand-over, and so the one part of this room that credit may
change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from associations.conduct.models import ConductDue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


def put(memberships: Iterable[tuple[int, int]]) -> None:
    """Queue (association, membership) pairs; one that waits already goes to the end."""
    pairs = sorted(set(memberships))
    if not pairs:
        return
    associations, ids = zip(*pairs, strict=True)
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


def associations() -> list[int]:
    """The associations any of whose memberships wait. Call across associations."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT id FROM associations_association association WHERE EXISTS
              (SELECT FROM associations_conductdue due WHERE due.association_id = association.id) ORDER BY id
            """
        )
        return [key for (key,) in cursor.fetchall()]


def claim(limit: int, *, association_id: int) -> list[int]:
    """Take up to `limit` memberships off the association's queue for this transaction; others skip what is taken."""
    due = _waiting(association_id).select_for_update(skip_locked=True).order_by("since", "id")
    taken = list(due.values_list("id", "membership_id")[:limit])
    ConductDue.objects.filter(id__in=[row_id for row_id, _ in taken]).delete()
    return [membership_id for _, membership_id in taken]


def waiting(*, association_id: int | None = None) -> int:
    """How many memberships wait to be rated."""
    return _waiting(association_id).count()


def any_waits(*, association_id: int | None = None) -> bool:
    """Whether any membership waits to be rated."""
    return _waiting(association_id).exists()


def waits(membership_id: int) -> bool:
    """Whether this membership waits to be rated."""
    return ConductDue.objects.filter(membership_id=membership_id).exists()


def _waiting(association_id: int | None) -> QuerySet[ConductDue]:
    due = ConductDue.objects.all()
    return due if association_id is None else due.filter(association_id=association_id)
