"""I4: a rating is what its inputs, its day and its rule set make it, once, whoever computes it."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from associations.conduct import selectors as conduct
from associations.conduct.models import ConductDue
from associations.tenancy import scope
from credit.rulesets.services import ruleset_in_force
from credit.scoring.evaluator import evaluate, inputs_sha
from credit.scoring.models import FormerRating, Standing
from credit.scoring.selectors import ratings_given
from credit.scoring.services import DECIDING, FIGURES, fact_of, member_of, previous_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from credit.scoring.models import Rating

BATCH = 500
EVALUATED = [name for name in FIGURES if name not in {"as_of", "inputs_sha", "ruleset_sha", "engine"}]


def ratings_follow_one_another() -> Iterator[tuple[str, str, str]]:
    """Yield ratings written twice, and former ratings of members whose standing rating is not a later one."""
    with scope.across_associations(why="compare each rating with the one before"):
        standing = dict(Standing.objects.values_list("membership_id", "id"))
        before: Rating | None = None
        for rating in ratings_given().order_by("membership_id", "id").iterator(BATCH):
            if before and before.membership_id == rating.membership_id and _same(before, rating, DECIDING):
                yield "I4", "a rating was written twice", str(rating.pk)
            if rating.pk > standing.get(rating.membership_id, 0):
                yield "I4", "a former rating is not followed by the standing one", str(rating.pk)
            before = rating


def standings_equal_a_new_evaluation() -> Iterator[tuple[str, str, str]]:
    """Yield standings which another evaluation, on their own day, does not give; those in the queue wait for theirs."""
    with scope.across_associations(why="evaluate every standing again"):
        rows = Standing.objects.order_by("association_id", "membership_id")
        homes = groupby(rows.values_list("association_id", "membership_id"), key=itemgetter(0))
        standing = {home: [key for _home, key in pairs] for home, pairs in homes}
    for home, keys in standing.items():
        for at in range(0, len(keys), BATCH):
            with scope.across_associations(why="evaluate every standing again", within=home):
                yield from _evaluated(keys[at : at + BATCH])


def _evaluated(membership_ids: list[int]) -> Iterator[tuple[str, str, str]]:
    standings = {row.membership_id: row for row in Standing.objects.filter(membership_id__in=membership_ids)}
    facts = conduct.facts_of(membership_ids)
    due = ConductDue.objects.filter(membership_id__in=membership_ids)
    waiting = set(due.values_list("membership_id", flat=True))
    for row in conduct.rated_members(membership_ids):
        if row.id in waiting:
            continue
        standing = standings[row.id]
        earlier = FormerRating.objects.filter(membership_id=row.id).order_by("-id").first()
        ruleset = ruleset_in_force(row.association_id, standing.as_of)
        again = evaluate(
            ruleset,
            member_of(row),
            [fact_of(each) for each in facts[row.id]],
            standing.as_of,
            previous_of(earlier),
        )
        wrong = [name for name in EVALUATED if getattr(standing, name) != _plain(getattr(again, name))]
        if bytes(standing.inputs_sha) != inputs_sha(member_of(row), (each.digest for each in facts[row.id])):
            wrong.append("inputs_sha")
        if bytes(standing.ruleset_sha) != ruleset.digest:
            wrong.append("ruleset_sha")
        if wrong:
            yield "I4", f"a standing is not what its facts make it: {', '.join(wrong)}", row.public_id


def _same(one: Rating, other: Rating, names: list[str]) -> bool:
    return all(_plain(getattr(one, name)) == _plain(getattr(other, name)) for name in names)


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
