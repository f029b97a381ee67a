"""What must hold whatever was killed, unplugged or tried: the invariants I1–I10, asked of the database.

Works as the engine, reads only. `tests/faults` asks after every fault; an operator may at any time
(`manage.py audit_invariants`). A query that finds a row, or a check that yields one, has found a breach.
I7's attacks and I12 (no answer of 500 to input) are not questions to a database: the tests try them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from associations.tenancy import scope
from config.invariants import judgements, ledgers, privacy, published
from config.invariants.queries import QUERIES

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKS = (
    judgements.ratings_follow_one_another,
    judgements.standings_equal_a_new_evaluation,
    ledgers.chains_hold,
    published.rows_equal_their_payloads,
    published.bundles_are_those_of_public_ratings,
    privacy.no_number_of_a_person_is_legible,
)
GRACE_SECONDS = 90
"""How long work may wait: every queue is swept each half minute, and a worker may just have been killed."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that is not as it must be: which invariant, what is wrong, and where."""

    invariant: str
    what: str
    where: str


def breaches(*, grace: int = GRACE_SECONDS) -> list[Breach]:
    """Everything that is not as it must be; empty: all is well. `grace`: seconds that work may wait."""
    now = timezone.now()
    values: dict[str, Any] = {"grace": grace, "day": timezone.localdate(now - timedelta(seconds=grace))}
    return [*_queried(values), *(Breach(*found) for check in CHECKS for found in check())]


def _queried(values: dict[str, Any]) -> Iterator[Breach]:
    with scope.across_associations(why="audit the invariants"), connection.cursor() as cursor:
        for invariant, what, query in QUERIES:
            cursor.execute(query, values)
            for (where,) in cursor.fetchall():
                yield Breach(invariant, what, str(where))
