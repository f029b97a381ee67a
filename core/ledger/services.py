"""Writing an act into the ledger and checking the chain."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import rfc8785
from django.db import connection
from django.utils import timezone

from core.ledger.models import Entry
from core.walls.turns import hold_each

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.accounts.models import User
    from core.ledger.states import Act

NOTHING_BEFORE = bytes(32)


def record(
    *,
    association_id: int,
    act: Act,
    thing: str,
    thing_id: str,
    why: str = "",
    detail: dict[str, Any] | None = None,
    by: User | None,
) -> Entry:
    """Append one act to the association's chain, in the caller's transaction. `by` None: the system itself.

    Acts of one association queue behind each other for the rest of their transactions: a chain has one
    end. `detail` holds strings, whole numbers, booleans, lists and objects, no personal data.
    """
    details = {thing_id: detail or {}}
    return record_all(association_id=association_id, act=act, thing=thing, details=details, why=why, by=by)[0]


def record_all(
    *,
    association_id: int,
    act: Act,
    thing: str,
    details: Mapping[str, dict[str, Any]],
    why: str = "",
    by: User | None,
) -> list[Entry]:
    """Append the same act on several things, an entry each; `details` by `thing_id`. In four statements."""
    told = [(association_id, thing_id, detail) for thing_id, detail in details.items()]
    return _append(told, act=act, thing=thing, why=why, by=by)


def record_each(
    details: Mapping[int, dict[str, Any]],
    *,
    act: Act,
    thing: str,
    thing_id: str,
    why: str = "",
    by: User | None,
) -> list[Entry]:
    """`record` one act of each association, told apart by its detail; as many queries for many as for one."""
    told = [(association_id, thing_id, detail) for association_id, detail in sorted(details.items())]
    return _append(told, act=act, thing=thing, why=why, by=by)


def _append(
    told: list[tuple[int, str, dict[str, Any]]], *, act: Act, thing: str, why: str, by: User | None
) -> list[Entry]:
    """An entry for each (association, thing_id, detail), every chain held from its end on."""
    associations = {association_id for association_id, _thing_id, _detail in told}
    hold_each("ledger", associations)
    ends = _ends(associations)
    entries = []
    for association_id, thing_id, detail in told:
        seq, previous = ends.get(association_id, (0, NOTHING_BEFORE))
        entry = Entry(
            association_id=association_id,
            seq=seq + 1,
            at=timezone.now(),
            act=act,
            actor=by,
            actor_name=by.name if by else "system",
            thing=thing,
            thing_id=thing_id,
            why=why,
            detail=detail,
            previous=previous,
        )
        entry.hash = digest(entry)
        ends[association_id] = (entry.seq, entry.hash)
        entries.append(entry)
    return Entry.objects.bulk_create(entries)


def _ends(association_ids: Iterable[int]) -> dict[int, tuple[int, bytes]]:
    """Number and hash of the last entry of each chain that has one."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT association_id, seq, hash FROM unnest(%s::bigint[]) AS of (association) CROSS JOIN LATERAL (
              SELECT association_id, seq, hash FROM {Entry._meta.db_table}
              WHERE association_id = association ORDER BY seq DESC LIMIT 1
            ) last
            """,  # noqa: S608, SLF001 - our own table
            [list(association_ids)],
        )
        return {key: (seq, bytes(told)) for key, seq, told in cursor.fetchall()}


def digest(entry: Entry) -> bytes:
    """SHA-256 over the previous hash and the entry's canonical JSON (RFC 8785)."""
    body = {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "act": str(entry.act),
        "actor": entry.actor_id,
        "actor_name": entry.actor_name,
        "thing": entry.thing,
        "thing_id": entry.thing_id,
        "why": entry.why,
        "detail": entry.detail,
    }
    return hashlib.sha256(bytes(entry.previous) + rfc8785.dumps(body)).digest()


def first_broken(*, association_id: int) -> int | None:
    """The number of the first entry whose chain does not hold, None if all do."""
    previous, expected = NOTHING_BEFORE, 1
    for entry in Entry.objects.filter(association_id=association_id).order_by("seq").iterator(2000):
        if entry.seq != expected or bytes(entry.previous) != previous or digest(entry) != bytes(entry.hash):
            return expected
        previous, expected = bytes(entry.hash), expected + 1
    return None
