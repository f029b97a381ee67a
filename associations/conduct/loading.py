"""Recording very many facts at once, as imports do. What comes of a fact is the same as by `services.record_all`."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction

from associations.conduct import queue
from associations.conduct.services import RATE_DUE
from associations.tenancy import scope
from core.public_ids import new_public_ids
from core.wake import wake
from core.walls.loading import stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

COLUMNS = """
    membership_id bigint, key text, public_id text, kind smallint, code smallint, occurred_on date, recorded_on date,
    a bigint, b integer, c integer, d integer, e integer, until_on date, ref_id bigint,
    source text, source_ref text, digest bytea
"""


class Told(NamedTuple):
    """What a fact tells, whoever it is about. `ref` is (row number, public id) of the fact it concerns."""

    kind: int
    occurred_on: date
    source: str
    source_ref: str = ""
    code: int = 0
    a: int | None = None
    b: int | None = None
    c: int | None = None
    d: int | None = None
    e: int | None = None
    ref: tuple[int, str] | None = None
    until_on: date | None = None


class Sealed(NamedTuple):
    """A fact that only lacks its membership and its key: everything that needs no database is done."""

    public_id: str
    told: Told
    recorded_on: date
    digest: bytes


def sealed(told: Told, recorded_on: date) -> Sealed:
    """Give the fact its public id and its digest."""
    return sealed_all([told], recorded_on)[0]


def sealed_all(facts: Sequence[Told], recorded_on: date) -> list[Sealed]:
    """`sealed` each; what is told of many members alike is written out once. Pure."""
    before, head, tail = None, "", ""
    found = []
    for told, public_id in zip(facts, new_public_ids(len(facts)), strict=True):
        if told is not before:
            before, (head, tail) = told, _around(told, recorded_on)
        digest = sha256(f"{head}{public_id}{tail}".encode()).digest()
        found.append(Sealed(public_id, told, recorded_on, digest))
    return found


def _around(told: Told, recorded_on: date) -> tuple[str, str]:
    """What stands before and after the public id in the form of `conduct.digest`, which the tests compare with it."""
    kind, occurred_on, _source, _source_ref, code, a, b, c, d, e, ref, until_on = told
    head = (
        f'{{{_part("a", a)}{_part("b", b)}{_part("c", c)}"code":{code},{_part("d", d)}{_part("e", e)}"id":"'
    )
    tail = (
        f'","kind":{int(kind)},"occurred_on":"{occurred_on.isoformat()}","recorded_on":"{recorded_on.isoformat()}",'
        f'{f"{chr(34)}ref{chr(34)}:{chr(34)}{ref[1]}{chr(34)}," if ref else ""}"severity":0'
        f"{f',{chr(34)}until_on{chr(34)}:{chr(34)}{until_on}{chr(34)}' if until_on else ''}}}"
    )
    return head, tail


def _part(name: str, value: int | None) -> str:
    return "" if value is None else f'"{name}":{value},'


@transaction.atomic
def load(facts: Sequence[tuple[int, str, Sealed]]) -> int:
    """Record facts of (membership, key, fact) in the association in force; gives how many were new.

    A key that stands, or comes twice, is recorded once. The caller says `due` at the end, in the same transaction.
    """
    if not facts:
        return 0
    stage("loading_fact", COLUMNS, (_row(*fact) for fact in facts))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO associations_fact
                (association_id, membership_id, key, public_id, kind, code, severity, occurred_on, recorded_on,
                 recorded_at, a, b, c, d, e, until_on, ref_id, source, source_ref, digest)
            SELECT %s, membership_id, key, public_id, kind, code, 0, occurred_on, recorded_on,
                   now(), a, b, c, d, e, until_on, ref_id, source, source_ref, digest
            FROM loading_fact
            ON CONFLICT (association_id, key) DO NOTHING
            """,
            [scope.association_id()],
        )
        count: int = cursor.rowcount
    return count


def due(membership_ids: Iterable[int]) -> None:
    """Put those whose facts were loaded into the queue to the rating, once for all batches, and wake a worker."""
    association_id = scope.association_id()
    queue.put((association_id, membership_id) for membership_id in membership_ids)
    wake(RATE_DUE)


def _row(membership_id: int, key: str, fact: Sealed) -> tuple[object, ...]:
    public_id, told, recorded_on, digest = fact
    kind, occurred_on, source, source_ref, code, a, b, c, d, e, ref, until_on = told
    return (
        membership_id, key, public_id, int(kind), code, occurred_on, recorded_on,
        a, b, c, d, e, until_on, ref[0] if ref else None, source, source_ref, digest,
    )  # fmt: skip
