"""Doing one thing at a time in an association: who comes second waits until the first one's transaction ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable


def hold(what: str, association_id: int, *, shared: bool = False) -> None:
    """Hold `what` ("ledger", "rating", …) of the association until the transaction ends.

    `shared`: beside others who hold it shared, never beside one who holds it alone.
    """
    hold_each(what, [association_id], shared=shared)


def hold_each(what: str, association_ids: Iterable[int], *, shared: bool = False) -> None:
    """`hold` it of several associations, always in the order of their numbers, so that no two wait in a ring."""
    kind = "_shared" if shared else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(pg_advisory_xact_lock{kind}(hashtext(%s), association::int))"  # noqa: S608 - our own words
            " FROM unnest(%s::bigint[]) AS of (association)",
            [what, sorted(association_ids)],
        )


def hold_if_free(what: str, association_id: int) -> bool:
    """Hold `what` of the association until the transaction ends, unless somebody has it: then do not wait."""
    return bool(hold_free(what, [association_id]))


def hold_free(what: str, association_ids: Iterable[int]) -> list[int]:
    """`hold_if_free` of several associations. Gives those that are held now, in the order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT association FROM unnest(%s::bigint[]) AS of (association)"
            " WHERE pg_try_advisory_xact_lock(hashtext(%s), association::int)",
            [sorted(association_ids), what],
        )
        return [key for (key,) in cursor.fetchall()]
