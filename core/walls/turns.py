"""Doing one thing at a time in an association: who comes second waits until the first one's transaction ends."""

from __future__ import annotations

from django.db import connection


def hold(what: str, association_id: int, *, shared: bool = False) -> None:
    """Hold `what` ("ledger", "rating", …) of the association until the transaction ends.

    `shared`: beside others who hold it shared, never beside one who holds it alone.
    """
    kind = "_shared" if shared else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(hashtext(%s), %s)", [what, association_id])


def hold_if_free(what: str, association_id: int) -> bool:
    """Hold `what` of the association until the transaction ends, unless somebody has it: then do not wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)", [what, association_id])
        return bool(cursor.fetchone()[0])
