"""Searching what is published by name, pinyin, initials, stage name or code.

A query becomes terms (`core.subjects.names.query_terms`); a record must have them all, which the index
answers; then the few that are left are confirmed and put in order. Names that begin with the query are
looked up beside that, so that the name itself is never crowded out.

Where every term is frequent (有限公司) the index would have to hand over half the register before the first
row is read. The database knows which terms those are; then the first rows are searched, and only if too
few of them fit, all of them.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import normalize

from django.db import connection

from core.subjects.names import MIDDLE_DOT, matching_key, query_terms

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{6,18}")
PARTS = re.compile(r"[a-z0-9]+|[^a-z0-9]+")
LONGEST = 60
MOST_LOOKED_AT = 200
MOST_BEGINNING = 50
LAST = "\U0010ffff"
COLUMNS = ("public_id", "name_key", "pinyin", "initials")

FREQUENT = 0.02
"""The share of all records from which a term is frequent."""
SAMPLE = 2000
ENOUGH = 50
KEPT_SECONDS = 600

Row = TypeVar("Row", bound="Model")


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
    beginning = rows.filter(name_key__gte=key, name_key__lt=key + LAST).order_by("name_key")
    holding, more = having(rows, terms)
    parts = PARTS.findall(key)
    proposed = {row[0]: row for row in (*holding, *beginning.values_list(*COLUMNS)[:MOST_BEGINNING])}
    confirmed = sorted(
        (rank(name, pinyin, initials, key), len(name), name, public_id)
        for public_id, name, pinyin, initials in proposed.values()
        if all(part in name or part in pinyin or part in initials for part in parts)
    )
    return Found([public_id for *_, public_id in confirmed], more=more)


def having(rows: QuerySet[Any], terms: list[str]) -> tuple[list[tuple[str, str, str, str]], bool]:
    """Rows with all the terms, as many as are looked at, in no order; and whether there may be more."""
    known = frequencies.of(rows.model._meta.db_table)  # noqa: SLF001 - Django's documented model API
    fitting = rows.filter(terms__contains=terms).order_by().values_list(*COLUMNS)
    if min(known.get(term, 0) for term in terms) >= FREQUENT:
        with connection.cursor() as cursor:  # with a limit the planner would hope to find them row by row
            cursor.execute("SET LOCAL enable_seqscan = off")
        border = list(rows.order_by("id").values_list("id", flat=True)[SAMPLE : SAMPLE + 1])
        if border:
            found = list(fitting.filter(id__lte=border[0])[:MOST_LOOKED_AT])
            if len(found) >= ENOUGH:
                return found, True
    found = list(fitting[:MOST_LOOKED_AT])
    return found, len(found) == MOST_LOOKED_AT


class Frequencies:
    """Which terms are frequent, by table, as the database's own statistics have it; asked anew now and then."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[float, dict[str, float]]] = {}
        self.lock = Lock()

    def of(self, table: str) -> dict[str, float]:
        """The share of records with a term, for the frequent ones; empty before the first statistics."""
        asked_at, found = self.known.get(table, (0.0, {}))
        if time.monotonic() - asked_at > KEPT_SECONDS or not asked_at:
            with self.lock:
                found = self.ask(table)
                self.known[table] = (time.monotonic(), found)
        return found

    def ask(self, table: str) -> dict[str, float]:
        """From pg_stats, which shows a role only the tables it may read."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT most_common_elems::text::text[], most_common_elem_freqs FROM pg_stats "
                "WHERE tablename = %s AND attname = 'terms'",
                [table],
            )
            row = cursor.fetchone()
        if not row or not row[0]:
            return {}
        return {term: share for term, share in zip(row[0], row[1], strict=False) if share >= FREQUENT}


frequencies = Frequencies()


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
