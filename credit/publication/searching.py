"""Searching what is published by name, pinyin, initials, stage name or code.

A query becomes terms (`core.subjects.names.query_terms`); a record must have them all, which the index
answers; then the few that are left are confirmed and put in order. Public ids are random, so that taking the
first so many by public id takes a fair sample where a query (有限公司) fits nearly everybody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import normalize

from core.subjects.names import MIDDLE_DOT, matching_key, query_terms

if TYPE_CHECKING:
    from django.db.models import QuerySet

CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{6,18}")
LONGEST = 60
MOST_LOOKED_AT = 200
COLUMNS = ("public_id", "name", "pinyin", "initials")

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found, best first. `more`: there may be others; the query says too little."""

    ids: list[str]
    more: bool


def search(rows: QuerySet[Any], query: str) -> Found:
    """Public ids of the rows a query means; none for an empty one. Two queries at most."""
    asked = query.strip()[:LONGEST]
    code = normalize("NFKC", asked).replace(" ", "").upper()
    if CODE.fullmatch(code) and any(map(str.isdigit, code)):
        ids = list(
            rows.filter(code__startswith=code)
            .order_by("public_id")
            .values_list("public_id", flat=True)[:MOST_LOOKED_AT]
        )
        if ids:
            return Found(ids, more=len(ids) == MOST_LOOKED_AT)
    terms = query_terms(asked)
    if not terms:
        return Found([], more=False)
    proposed = list(
        rows.filter(terms__contains=terms).order_by("public_id").values_list(*COLUMNS)[:MOST_LOOKED_AT]
    )
    key = compact(asked)
    parts = re.findall(r"[a-z0-9]+|[^a-z0-9]+", key)
    confirmed = []
    for public_id, name, pinyin, initials in proposed:
        own = compact(name)
        if all(part in own or part in pinyin or part in initials for part in parts):
            confirmed.append((_rank(own, pinyin, initials, key), len(own), own, public_id))
    return Found([public_id for *_, public_id in sorted(confirmed)], more=len(proposed) == MOST_LOOKED_AT)


def compact(text: str) -> str:
    """The matching key without spaces and dots: what terms are made of."""
    return matching_key(text).replace(" ", "").replace(MIDDLE_DOT, "")


def _rank(own: str, pinyin: str, initials: str, key: str) -> int:
    """The same name, then one that begins so, then one that holds it, then one that sounds so."""
    if own == key:
        return 0
    if own.startswith(key):
        return 1
    if key in own:
        return 2
    if any(reading.startswith(key) for reading in (*initials.split(), *pinyin.split())):
        return 3
    return 4


def in_order(rows: QuerySet[Row], found: Found, most: int) -> list[Row]:
    """The rows found, in the order of `found`; one query."""
    ids = found.ids[:most]
    place = {public_id: at for at, public_id in enumerate(ids)}
    return sorted(rows.filter(public_id__in=ids), key=lambda row: place[row.public_id])  # type: ignore[attr-defined]
