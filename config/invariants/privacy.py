"""I11: no identity number and no telephone stands legible where it is not sealed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import connection

from associations.tenancy import scope
from core.subjects.identifiers import IdentifierRefused, parse_identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBERS = re.compile(r"(?<![0-9A-Za-z_-])(?:\d{17}[\dXx]|1[3-9]\d{9})(?![0-9A-Za-z_-])")
PHONE_LENGTH = 11
# Where text is kept that people read or that leaves the house; firms' codes are public and no breach.
TEXTS = (
    ("ledger", "SELECT id, why || ' ' || thing_id || ' ' || detail::text FROM core_entry"),
    ("public rating", "SELECT public_id, name || ' ' || payload::text FROM credit_publishedrating"),
    ("public bar", "SELECT public_id, name || ' ' || payload::text FROM credit_publishedbar"),
    ("public decision", "SELECT public_id, name || ' ' || payload::text FROM credit_publisheddecision"),
    ("membership", "SELECT public_id, name || ' ' || code_masked FROM associations_membership"),
    ("application", "SELECT public_id, name || ' ' || code_masked FROM associations_application"),
    ("refused row", "SELECT id, value || ' ' || params::text FROM associations_refusal"),
    ("conduct fact", "SELECT public_id, source || ' ' || source_ref || ' ' || key FROM associations_fact"),
)


def no_number_of_a_person_is_legible() -> Iterator[tuple[str, str, str]]:
    """Yield the place, never the number."""
    with scope.across_associations(why="look for legible personal numbers"), connection.cursor() as cursor:
        for place, query in TEXTS:
            cursor.execute(query)
            for where, text in cursor.fetchall():
                if any(map(is_personal, NUMBERS.findall(text))):
                    yield "I11", f"a personal number is legible in a {place}", str(where)


def is_personal(number: str) -> bool:
    """Tell an identity number or telephone from a firm's code."""
    if len(number) == PHONE_LENGTH:
        return True
    try:
        return parse_identifier(number)[0] == "identity"
    except IdentifierRefused:
        return False
