"""The queue to the gate: whose rating was just given, and so who may have something new to be public.

Scoring puts, publication takes. Whoever waits to be rated once more is left for then: a record is drawn up once a
decision, not once before its rating and once after it. What is never taken is found by publication's sweep.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable

READY = """
    NOT EXISTS (
      SELECT FROM associations_conductdue rated_soon
      WHERE rated_soon.association_id = due.association_id AND rated_soon.membership_id = due.membership_id
    )
"""


def put(memberships: Iterable[tuple[int, int]]) -> None:
    """Queue (association, membership) pairs; one that waits already goes to the end."""
    associations, ids = zip(*sorted(memberships), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO credit_gatedue (association_id, membership_id, since)
            SELECT association_id, membership_id, now()
            FROM unnest(%s::bigint[], %s::bigint[]) AS rated (association_id, membership_id)
            ON CONFLICT (association_id, membership_id) DO UPDATE SET since = EXCLUDED.since
            """,
            [list(associations), list(ids)],
        )


def associations() -> list[int]:
    """The associations any of whose memberships wait. Call across associations."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT association_id FROM credit_gatedue due WHERE {READY} ORDER BY 1"  # noqa: S608 - ours
        )
        return [key for (key,) in cursor.fetchall()]


def first(limit: int, *, association_id: int) -> list[tuple[int, int]]:
    """The memberships of an association that wait longest, each with the version of its place in the queue."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT membership_id, xmin::text::bigint FROM credit_gatedue due
            WHERE association_id = %s AND {READY} ORDER BY since, id LIMIT %s
            """,  # noqa: S608 - our own words
            [association_id, limit],
        )
        return cursor.fetchall()


def done(places: list[tuple[int, int]], *, association_id: int) -> None:
    """Take off the queue who was looked at, unless rated again since, or just now: then the place stays."""
    memberships, versions = zip(*places, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM credit_gatedue WHERE id IN (
              SELECT due.id FROM credit_gatedue due
              JOIN unnest(%s::bigint[], %s::bigint[]) AS seen (membership_id, version)
                ON due.membership_id = seen.membership_id AND due.xmin::text::bigint = seen.version
              WHERE due.association_id = %s FOR UPDATE OF due SKIP LOCKED
            )
            """,
            [list(memberships), list(versions), association_id],
        )
