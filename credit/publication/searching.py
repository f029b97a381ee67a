"""Searching what is published by name, pinyin, initials, stage name or code.

A query becomes terms (`core.subjects.names.query_terms`); a record must have them all. The index is asked for
the rarest few of them, which the database's own statistics know, and what it proposes must hold the query
as a whole, in its name or in how that is read. Names that begin with the query are looked up beside that,
so that the name itself is never crowded out.

Where even the rarest term is frequent (有限公司) the index would have to hand over half the register before
the first row is read; then some rows are read as they lie, and the index is asked only if too few of them fit.
"""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import normalize

from django.db import connection
from django.db.models import Q

from core.subjects.names import MIDDLE_DOT, matching_key, query_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet

CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{6,18}")
PARTS = re.compile(r"[a-z0-9]+|[^a-z0-9]+")
LONGEST = 60
MOST_LOOKED_AT = 200
MOST_BEGINNING = 50
LAST = "\U0010ffff"
COLUMNS = ("public_id", "name_key", "pinyin", "initials")

RAREST = 4
"""As many terms as the index is asked for."""
FREQUENT = 0.05
"""The share of all records from which even the rarest term of a query is frequent."""
SAMPLE = 2000
ENOUGH = 25
KEPT_SECONDS = 600

Row = TypeVar("Row", bound="Model")
Proposed = tuple[str, str, str, str]
"""Public id, matching key, readings, initials."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found, best first. `more`: there may be others; the query says too little."""

    ids: list[str]
    more: bool


def search(rows: QuerySet[Any], query: str) -> Found:
    """Public ids of the rows a query means; none for an empty one."""
    asked = query.strip()[:LONGEST]
    code = normalize("NFKC", asked).replace(" ", "").upper()
    if CODE.fullmatch(code) and any(map(str.isdigit, code)):
        ids = list(
            rows.filter(code__startswith=code)
            .order_by("code")
            .values_list("public_id", flat=True)[:MOST_LOOKED_AT]
        )
        if ids:
            return Found(ids, more=len(ids) == MOST_LOOKED_AT)
    terms = query_terms(asked)
    if not terms:
        return Found([], more=False)
    key = compact(asked)
    proposed, more = having(rows, terms, key)
    ordered = sorted(
        (rank(name, pinyin, initials, key), len(name), name, ref) for ref, name, pinyin, initials in proposed
    )
    return Found([ref for *_, ref in ordered], more=more)


def having(rows: QuerySet[Any], terms: list[str], key: str) -> tuple[set[Proposed], bool]:
    """Rows that hold the query, as many as are looked at, and some that begin with it; whether there may be more."""
    beginning = rows.filter(name_key__gte=key, name_key__lt=key + LAST).order_by("name_key")
    begin = beginning.values_list(*COLUMNS)[:MOST_BEGINNING]
    holding = rows.filter(*map(holds, PARTS.findall(key))).order_by().values_list(*COLUMNS)
    known = statistics.of(rows.model._meta.db_table)  # noqa: SLF001 - Django's documented model API
    rarest = sorted(terms, key=lambda term: known.shares.get(term, 0))[:RAREST]
    common = known.shares.get(rarest[0], 0) >= FREQUENT
    with planned(row_by_row=not common):
        if common:
            found = set(holding.filter(id__lte=known.border)[:MOST_LOOKED_AT].union(begin, all=True))
            if len(found) >= ENOUGH:
                return found, True
        found = set(holding.filter(terms__contains=rarest)[:MOST_LOOKED_AT].union(begin, all=True))
    return found, len(found) >= MOST_LOOKED_AT


@contextmanager
def planned(*, row_by_row: bool) -> Iterator[None]:
    """Within a transaction: no compiling, which takes longer than any search; and, unless `row_by_row`, no plan that
    hopes to find a limit's worth of common words by reading the table from its start.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL jit = off; SET LOCAL enable_seqscan = {'on' if row_by_row else 'off'}")
        yield
        if not row_by_row:
            cursor.execute("SET LOCAL enable_seqscan = on")


def holds(part: str) -> Q:
    """A part of a query stands in the name; one in Latin letters may stand in how it is read."""
    if not part.isascii():
        return Q(name_key__contains=part)
    return Q(name_key__contains=part) | Q(pinyin__contains=part) | Q(initials__contains=part)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a table: the share of records with a term, for the commonest; the id of its SAMPLEth row."""

    shares: dict[str, float]
    border: int
    until: float


class Statistics:
    """The database's own statistics, kept by each process for a while."""

    def __init__(self) -> None:
        self.known: dict[str, Known] = {}

    def of(self, table: str) -> Known:
        """What is known of a table. Before the database has any statistics every term counts as rare."""
        known = self.known.get(table)
        if known is None or known.until < time.monotonic():
            known = self.known[table] = self.ask(table)
        return known

    def ask(self, table: str) -> Known:
        """From pg_stats, which shows a role only the tables it may read."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT most_common_elems::text::text[], most_common_elem_freqs FROM pg_stats "
                "WHERE tablename = %s AND attname = 'terms'",
                [table],
            )
            elements, shares = cursor.fetchone() or (None, None)
            cursor.execute(f"SELECT id FROM {table} ORDER BY id OFFSET %s LIMIT 1", [SAMPLE])  # noqa: S608 - a model's table
            border = cursor.fetchone()
        found = dict(zip(elements or (), shares or (), strict=False))
        return Known(found, border[0] if border else 0, time.monotonic() + KEPT_SECONDS)


statistics = Statistics()


def compact(text: str) -> str:
    """The matching key without spaces and dots: what terms are made of."""
    return matching_key(text).replace(" ", "").replace(MIDDLE_DOT, "")


def rank(name: str, pinyin: str, initials: str, key: str) -> int:
    """The same name, then one that begins so, then one that holds it, then one that sounds so."""
    if name == key:
        return 0
    if name.startswith(key):
        return 1
    if key in name:
        return 2
    if any(reading.startswith(key) for reading in (*initials.split(), *pinyin.split())):
        return 3
    return 4


def in_order(rows: QuerySet[Row], found: Found, most: int) -> list[Row]:
    """The rows found, in the order of `found`; one query."""
    ids = found.ids[:most]
    place = {public_id: at for at, public_id in enumerate(ids)}
    return sorted(rows.filter(public_id__in=ids).order_by(), key=lambda row: place[row.public_id])  # type: ignore[attr-defined]
