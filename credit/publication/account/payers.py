"""Whether members who pay fees fare better than like members who do not: counts of standing ratings.

Like means: of the same category, and with about as many orders in the last 365 days.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection

from associations.conduct.states import FactKind
from associations.fees import selectors as fees
from associations.tenancy import scope
from credit.scoring.likeness import FEW, Gap, Sums, gap
from credit.scoring.selectors import GRADED
from credit.scoring.states import Grade, Size

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable
    from datetime import date

YEAR = timedelta(days=365)
WHOLE = 1000
"""Shares are in thousandths."""
GRADES = 10

Compared = dict[tuple["Hashable", "Hashable"], Sums]
"""By (category, size) and whether they pay."""

QUESTION = """
WITH payer AS ({payers}), sold AS (
  SELECT f.membership_id, sum(f.a) AS orders FROM associations_fact f
  WHERE f.association_id = %s AND f.kind = %s AND f.occurred_on > %s AND f.occurred_on <= %s AND NOT EXISTS (
    SELECT 1 FROM associations_fact later
    WHERE later.association_id = f.association_id AND later.ref_id = f.id AND later.kind = ANY(%s))
  GROUP BY f.membership_id
)
SELECT m.category, CASE WHEN coalesce(s.orders, 0) = 0 THEN %s WHEN s.orders < 1000 THEN %s
    WHEN s.orders < 10000 THEN %s WHEN s.orders < 100000 THEN %s ELSE %s END,
  m.is_person, payer.membership_id IS NOT NULL, r.shown, count(*), sum(r.score), sum(r.score::bigint * r.score)
FROM associations_membership m
JOIN credit_standing r ON r.membership_id = m.id AND r.association_id = m.association_id
LEFT JOIN sold s ON s.membership_id = m.id
LEFT JOIN payer ON payer.membership_id = m.id
WHERE m.association_id = %s AND m.left_on IS NULL AND r.state = ANY(%s)
GROUP BY 1, 2, 3, 4, 5
"""


@dataclass(frozen=True, slots=True)
class Line:
    """Members alike in everything asked: how many, the sum of their scores, the sum of the squares."""

    category: int
    size: int
    is_person: bool
    pays: bool
    grade: int
    n: int
    scores: int
    squares: int


@dataclass(frozen=True, slots=True)
class Fairness:
    """`share`: thousandths with A or better; `score`: milli-points; `grades`: firms by grade, payers and others.

    Each is None where there are too few to say.
    """

    payers: int
    others: int
    share: Gap | None
    score: Gap | None
    grades: tuple[list[int], list[int]] | None


def fairness(today: date) -> Fairness:
    """By the standing ratings, of those who paid in the last 365 days and of those who did not."""
    return weighed(_asked(today))


def weighed(lines: Iterable[Line]) -> Fairness:
    """The comparison, from its counts."""
    shares: Compared = defaultdict(lambda: (0, 0, 0))
    scores: Compared = defaultdict(lambda: (0, 0, 0))
    firms = {True: [0] * GRADES, False: [0] * GRADES}
    counted = {True: 0, False: 0}
    for line in lines:
        key = ((line.category, line.size), line.pays)
        good = line.n if line.grade <= Grade.A else 0
        shares[key] = _plus(shares[key], (line.n, WHOLE * good, WHOLE * WHOLE * good))
        scores[key] = _plus(scores[key], (line.n, line.scores, line.squares))
        counted[line.pays] += line.n
        if not line.is_person:
            firms[line.pays][line.grade - 1] += line.n
    enough = min(sum(firms[True]), sum(firms[False])) >= FEW
    return Fairness(
        payers=counted[True],
        others=counted[False],
        share=gap(shares, True),
        score=gap(scores, True),
        grades=(firms[True], firms[False]) if enough else None,
    )


def _plus(one: Sums, other: Sums) -> Sums:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _asked(today: date) -> list[Line]:
    association_id = scope.association_id()
    payers, named = fees.payers(today - YEAR, today).query.sql_with_params()
    sizes = [int(size) for size in Size]
    corrections = [int(FactKind.REVERSAL), int(FactKind.CORRECTION)]
    values = [
        *named, association_id, int(FactKind.FIGURES), today - YEAR, today, corrections, *sizes, association_id,
        [int(state) for state in GRADED],
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(QUESTION.format(payers=payers), values)
        return [Line(*row[:-2], *map(int, row[-2:])) for row in cursor.fetchall()]
