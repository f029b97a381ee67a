"""The queue to the rating: which memberships have facts that no rating has seen yet.

One row a membership, gone in the transaction that writes the ratings; should it fail, it is back. The engine's
side of the hand-over, and so the one part of this room that credit may change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from associations.conduct.models import ConductDue
from core.walls.loading import array

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


def put(memberships: Iterable[tuple[int, int]]) -> None:
    """Queue (association, membership) pairs; one that waits already goes to the end."""
    pairs = sorted(set(memberships))
    if not pairs:
        return
    associations, ids = map(array, zip(*pairs, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO associations_conductdue (association_id, membership_id, since)
            SELECT association_id, membership_id, now()
            FROM unnest(%s::bigint[], %s::bigint[]) AS due (association_id, membership_id)
            ON CONFLICT (association_id, membership_id) DO UPDATE SET since = EXCLUDED.since
            """,
            [associations, ids],
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


def first(limit: int, *, association_id: int) -> list[tuple[int, int]]:
    """The memberships of an association that wait longest, each with the version of its place in the queue.

    Nobody is held up: who adds a fact meanwhile gives the place another version.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT membership_id, xmin::text::bigint FROM associations_conductdue
            WHERE association_id = %s ORDER BY since, id LIMIT %s
            """,
            [association_id, limit],
        )
        return cursor.fetchall()


def done(places: list[tuple[int, int]], *, association_id: int) -> int:
    """Take off the queue who was rated, unless a fact has come since, or is coming now: then the place stays.

    Gives how many were taken off.
    """
    memberships, versions = zip(*places, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM associations_conductdue WHERE id IN (
              SELECT due.id FROM associations_conductdue due
              JOIN unnest(%s::bigint[], %s::bigint[]) AS rated (membership_id, version)
                ON due.membership_id = rated.membership_id AND due.xmin::text::bigint = rated.version
              WHERE due.association_id = %s FOR UPDATE OF due SKIP LOCKED
            )
            """,
            [list(memberships), list(versions), association_id],
        )
        return cursor.rowcount


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
