"""The queue to the rating: which memberships have facts that no rating has seen yet.

One row a membership, gone in the transaction that writes the ratings; should it fail, it is back. The engine's
side of the hand-over, and so the one part of this room that credit may change.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from associations.conduct.models import ConductDue
from core.walls.loading import array

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import QuerySet


class Place(NamedTuple):
    """A membership's place in the queue; its version tells whether a fact has come since."""

    association_id: int
    membership_id: int
    version: int


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


def first(most: int, *, association_ids: Collection[int]) -> list[Place]:
    """The places that wait longest, with their versions: `most` shared evenly, where what one association leaves
    falls to the others; one of each at least.

    Nobody is held up: who adds a fact meanwhile gives the place another version.
    """
    share, more = 0, max(most // len(association_ids), 1)
    found, longer = list[Place](), set(association_ids)
    while more > 0:
        share += more
        found = [place for place in found if place.association_id not in longer]
        found += _first_of_each(share, longer)
        counted = Counter(place.association_id for place in found)
        longer = {key for key in longer if counted[key] == share}
        more = (most - len(found)) // len(longer) if longer else 0
    return found


def _first_of_each(most: int, association_ids: Collection[int]) -> list[Place]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT due.* FROM unnest(%s::bigint[]) AS of (association) CROSS JOIN LATERAL (
              SELECT association_id, membership_id, xmin::text::bigint FROM associations_conductdue
              WHERE association_id = association ORDER BY since, id LIMIT %s
            ) due
            """,
            [list(association_ids), most],
        )
        return [Place(*row) for row in cursor.fetchall()]


def done(places: Iterable[Place]) -> list[int]:
    """Take off the queue who was rated, unless a fact has come since, or is coming now: then the place stays.

    Gives the association of each who is off.
    """
    associations, memberships, versions = zip(*places, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM associations_conductdue WHERE id IN (
              SELECT due.id FROM associations_conductdue due
              JOIN unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS rated (association_id, membership_id, version)
                ON due.association_id = rated.association_id AND due.membership_id = rated.membership_id
                AND due.xmin::text::bigint = rated.version
              FOR UPDATE OF due SKIP LOCKED
            ) RETURNING association_id
            """,
            [list(associations), list(memberships), list(versions)],
        )
        return [key for (key,) in cursor.fetchall()]


def waiting(*, association_id: int | None = None) -> int:
    """How many memberships wait to be rated."""
    return places(association_id).count()


def waits(membership_id: int) -> bool:
    """Whether this membership waits to be rated."""
    return ConductDue.objects.filter(membership_id=membership_id).exists()


def places(association_id: int | None) -> QuerySet[ConductDue]:
    """The places of an association, or of all."""
    due = ConductDue.objects.all()
    return due if association_id is None else due.filter(association_id=association_id)
