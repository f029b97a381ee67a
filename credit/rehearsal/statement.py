"""What a rehearsal asks of the database: each member before and after, tallied; no row a member leaves it.

One statement a part: the compiled rule set gives the figures after, joined with the standing rating.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from credit.rehearsal.states import LEFT, NEW, NOT_RATED, SUSPENDED, Age, Why
from credit.rulesets.vocabulary import WORST, Kind
from credit.scoring import compiler
from credit.scoring.compiler import Scope
from credit.scoring.compiler.gathering import VOID
from credit.scoring.compiler.words import (
    AS_OF,
    choose,
    day_of_month,
    div,
    first_of,
    month_number,
    when,
    whole_months,
)
from credit.scoring.evaluator import State
from credit.scoring.states import Size

if TYPE_CHECKING:
    from collections.abc import Iterable

    from credit.rulesets.method import RuleSet

MOST_MOVERS = 200
YEAR = 365
BUCKET, LAST_BUCKET = 10_000, 99
"""Scores are counted in buckets of ten points."""
DIMENSIONS = range(1, 7)
_COUNT = ("n",)
_SCORES = (
    "n", "up", "down", "otherwise", "n_before", "sum_before", "sq_before", "n_after", "sum_after", "sq_after",
)  # fmt: skip
TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "all": ((), ("n", "fresh", "due")),
    "grades": (("category", "before", "after"), _COUNT),
    "states": (("state_before", "state_after"), _COUNT),
    "reasons": (("way", "reason"), _COUNT),
    "sizes": (("category", "size"), _SCORES),
    "ages": (("category", "age"), _SCORES),
    "group": (("category", "grouped"), _SCORES),
    "buckets_before": (("category", "bucket_before"), _COUNT),
    "buckets_after": (("category", "bucket_after"), _COUNT),
}
"""Every tally: the columns it is counted by, and what is counted. All whole numbers, so that parts add up exactly."""


def _of_side(side: str) -> dict[str, str]:
    """The scores on one side, of those who have a grade there."""
    graded, score = f"FILTER (WHERE bucket_{side} IS NOT NULL)", f"score_{side}::bigint"
    return {
        f"n_{side}": f"count(*) {graded}",
        f"sum_{side}": f"coalesce(sum({score}) {graded}, 0)",
        f"sq_{side}": f"coalesce(sum({score} * {score}) {graded}, 0)",
    }


MEASURES = {
    "n": "count(*)",
    "fresh": f"count(*) FILTER (WHERE before = {NEW})",
    "due": "count(*) FILTER (WHERE due)",
    "up": "count(*) FILTER (WHERE way = 1)",
    "down": "count(*) FILTER (WHERE way = -1)",
    "otherwise": "count(*) FILTER (WHERE way = 0 AND reason > 0)",
    **_of_side("before"),
    **_of_side("after"),
}
CONDITIONS = {
    "reasons": "reason > 0",
    "buckets_before": "bucket_before IS NOT NULL",
    "buckets_after": "bucket_after IS NOT NULL",
}
MOVER = ("distance", "points", "membership_id", "before", "after", "score_before", "score_after", "reason")
"""What the list of movers holds of each, the one who moves furthest first."""


def tally(ruleset: RuleSet, known: Iterable[RuleSet]) -> str:
    """Every table of `TABLES` and the first of the movers, as one JSON object."""
    told = [f"'{name}', {_table(name)}" for name in TABLES]
    told.append(f"'movers', (SELECT coalesce(json_agg(mover), '[]') FROM ({_movers(MOST_MOVERS)}) moved)")
    return f"{_compared(ruleset, known)}\nSELECT json_build_object({', '.join(told)})::text"


def movers(ruleset: RuleSet, known: Iterable[RuleSet]) -> str:
    """A row for each mover: `MOVER`, then the number, name, code and category of the member."""
    columns = ", ".join(f"c.{name}" for name in MOVER)
    members = Scope.ASKED.rows("associations_membership", "id, number, name, code_masked", "id")
    return f"""{_compared(ruleset, known)}
SELECT {columns}, m.number, m.name, m.code_masked, c.category
FROM compared c JOIN (SELECT m.* FROM {members} m) m ON m.id = c.membership_id
WHERE c.reason > 0 ORDER BY c.membership_id"""


def _table(name: str) -> str:
    keys, measures = TABLES[name]
    told = ", ".join([*keys, *(MEASURES[each] for each in measures)])
    grouped = f" GROUP BY {', '.join(keys)}" if keys else ""
    where = f" WHERE {CONDITIONS[name]}" if name in CONDITIONS else ""
    return (
        f"(SELECT coalesce(json_agg(line), '[]') FROM"
        f" (SELECT json_build_array({told}) AS line FROM compared{where}{grouped}) lines)"
    )


def _movers(most: int) -> str:
    return (
        f"SELECT json_build_array({', '.join(MOVER)}) AS mover FROM compared WHERE reason > 0"
        f" ORDER BY distance DESC, points DESC, membership_id LIMIT {most}"
    )


def _compared(ruleset: RuleSet, known: Iterable[RuleSet]) -> str:
    """The stages up to `compared`, one narrow row a member. `known` are the rule sets that may have rated them."""
    stages, rows = compiler.stages(ruleset, Scope.ASKED), Scope.ASKED.rows
    figures = f"kind = {int(Kind.FIGURES)} AND occurred_on > {AS_OF} - {YEAR} AND occurred_on <= {AS_OF}"
    months = whole_months(month_number("m.joined_on"), day_of_month("m.joined_on"))
    changes = ", ".join(
        f"{div(f'coalesce(new.w{n}, 0) * r.d{n}', 1000)} - {div(f'coalesce(old.w{n}, 0) * s_d{n}', 1000)}"
        for n in DIMENSIONS
    )
    old = ", ".join(
        f"('\\x{each.sha256}'::bytea, {number}, {_weights(category.weights)})"
        for each in known
        for number, category in each.categories.items()
    )
    new = ", ".join(
        f"({number}, {_weights(category.weights)})" for number, category in ruleset.categories.items()
    )
    names = ", ".join(f"w{n}" for n in DIMENSIONS)
    size = first_of(
        [("coalesce(orders, 0) = 0", int(Size.NONE)), ("orders < 1000", int(Size.UNDER_1000)),
         ("orders < 10000", int(Size.UNDER_10000)), ("orders < 100000", int(Size.UNDER_100000))],
        int(Size.MORE),
    )  # fmt: skip
    age = first_of(
        [("months < 12", int(Age.UNDER_1)), ("months < 24", int(Age.ONE)), ("months < 36", int(Age.TWO)),
         ("months < 60", int(Age.UNDER_5))],
        int(Age.MORE),
    )  # fmt: skip
    way = when("before BETWEEN 1 AND 10 AND after BETWEEN 1 AND 10", "sign(before - after)::int", 0)
    return f"""WITH {stages},
sold AS MATERIALIZED (
  SELECT membership_id, sum(a) AS orders
  FROM {rows("associations_fact", "membership_id, id, a", where=figures)} f
  WHERE NOT {VOID} GROUP BY membership_id
), paired AS NOT MATERIALIZED (
  SELECT r.membership_id, r.category, r.score AS score_after, s_score AS score_before,
    r.state AS state_after, coalesce(s_state, {NEW}) AS state_before,
    r.ceiling AS ceiling_after, s_ceiling AS ceiling_before,
    {_outcome("r.state", "r.grade")} AS after,
    CASE WHEN s_as_of IS NULL THEN {NEW} ELSE {_outcome("s_state", "s_grade")} END
      AS before,
    ARRAY[{changes}] AS changes, s.orders, {months} AS months,
    r.membership_id = ANY(%(group)s::bigint[]) AS grouped,
    s_as_of IS NOT NULL AND (q.membership_id IS NOT NULL OR s_as_of > {AS_OF}
      OR coalesce(s_next_change_on <= {AS_OF}, false)) AS due
  FROM rated r
  JOIN (SELECT m.* FROM {rows("associations_membership", "id, joined_on", "id")} m) m ON m.id = r.membership_id
  LEFT JOIN sold s ON s.membership_id = r.membership_id
  LEFT JOIN (SELECT q.* FROM {rows("associations_conductdue", "membership_id")} q) q
    ON q.membership_id = r.membership_id
  LEFT JOIN (VALUES {old}) AS old (sha, category, {names})
    ON old.sha = s_ruleset_sha AND old.category = r.category
  LEFT JOIN (VALUES {new}) AS new (category, {names}) ON new.category = r.category
  OFFSET 0
), explained AS NOT MATERIALIZED (
  SELECT *, {_reason()} AS reason, {way} AS way
  FROM paired OFFSET 0
), compared AS MATERIALIZED (
  SELECT membership_id, category, before, after, state_before, state_after, score_before, score_after, grouped, due,
    reason, way, {size} AS size, {age} AS age,
    {when("before BETWEEN 1 AND 10", f"least(score_before / {BUCKET}, {LAST_BUCKET})")} AS bucket_before,
    {when("after BETWEEN 1 AND 10", f"least(score_after / {BUCKET}, {LAST_BUCKET})")} AS bucket_after,
    {when("reason = 0", 0, when("way <> 0", "abs(before - after)", WORST))} AS distance,
    coalesce(abs(score_after - score_before), 0) AS points
  FROM explained
)"""


def _weights(weights: Iterable[int]) -> str:
    return ", ".join(str(int(each)) for each in weights)


def _outcome(state: str, grade: str) -> str:
    return choose(
        state,
        {State.NOT_RATED: NOT_RATED, State.SUSPENDED: SUSPENDED, State.WITHDRAWN: LEFT},
        grade,
    )


def _reason() -> str:
    """Why the outcome differs, 0 where it does not: what made the worse of the two sides worse."""
    worse = "after > before"
    ceiling = f"ceiling_after <> ceiling_before AND {when(worse, 'after = ceiling_after', 'before = ceiling_before')}"
    bounds = when(worse, "score_after >= score_before", "score_after <= score_before")
    most = when(worse, "array_position(changes, lowest)", "array_position(changes, highest)")
    ends = "SELECT min(each) AS lowest, max(each) AS highest FROM unnest(changes) each"
    dimension = f"(SELECT {most} FROM ({ends}) ends)"
    return first_of(
        [
            (f"before = after OR before = {NEW}", 0),
            ("state_before <> state_after", int(Why.STATE)),
            (ceiling, int(Why.CEILING)),
            (bounds, int(Why.BOUNDS)),
        ],
        dimension,
    )
