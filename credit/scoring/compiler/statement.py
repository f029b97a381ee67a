"""The whole statement: the stages in order, and what is done with the rows of the last one."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from credit.rulesets import method
from credit.scoring.compiler import judging
from credit.scoring.compiler.gathering import Sums
from credit.scoring.compiler.gathering import stages as gathering
from credit.scoring.compiler.measuring import freshness, measured, multiple, multiple_of, verified
from credit.scoring.compiler.words import AS_OF, div, plus, whole_months

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIGURES = (
    "score", "d1", "d2", "d3", "d4", "d5", "d6", "confidence", "n", "state", "grade", "shown", "ceiling", "mask",
    "next_change_on", "up_on", "last_fact_id", "inputs_sha", "ruleset_sha", "engine",
)  # fmt: skip
"""The columns of a rating that decide whether it is another one; the day alone is no change."""

KEYS = ("association_id", "membership_id")
NOT_ASKED = (
    "NULL AS standing, NULL::int AS s_state, NULL::int AS s_shown, NULL::date AS s_up_on,"
    " NULL::bigint AS s_last_fact_id"
)


class Scope(StrEnum):
    """Which members of the association `%(association)s`: those listed, a stretch of row numbers, or all."""

    LISTED = "= ANY(%(members)s)"
    STRETCH = "BETWEEN %(first)s AND %(last)s"
    EVERY = "IS NOT NULL"


def select(ruleset: method.RuleSet, scope: Scope, *, known: bool = False, previous: bool = True) -> str:
    """The figures of the members in scope, with their keys and category. Nothing is written.

    `known`: facts recorded after `%(known_on)s` do not count. `previous`: with the brake on upgrades, which
    asks for the standing rating.
    """
    told = ", ".join((*KEYS, "category", *FIGURES))
    return f"WITH {stages(ruleset, scope, known=known, previous=previous)}\nSELECT {told} FROM rated"


def write(ruleset: method.RuleSet, scope: Scope) -> str:
    """Rate the members in scope: what changed becomes a rating and the standing one. Gives (looked at, changed).

    Who was rated for a later day already is left alone.
    """
    columns, taken = ", ".join(FIGURES), ", ".join(f"c.{name}" for name in FIGURES)
    stands = ", ".join(f"(standing).{name}" for name in FIGURES)
    renewed = ", ".join(
        f"{name} = excluded.{name}" for name in ("as_of", *FIGURES, "rating_id", "changed_at")
    )
    return f"""WITH {stages(ruleset, scope, known=False, previous=True)},
changed AS MATERIALIZED (
  SELECT association_id, membership_id, {columns} FROM rated
  WHERE (standing).membership_id IS NULL
     OR ((standing).as_of <= {AS_OF} AND ({columns}) IS DISTINCT FROM ({stands}))
), given AS (
  INSERT INTO credit_rating (association_id, membership_id, as_of, rated_at, {columns})
  SELECT association_id, membership_id, {AS_OF}, now(), {columns} FROM changed
  RETURNING id, association_id, membership_id
), stood AS (
  INSERT INTO credit_standing (association_id, membership_id, as_of, rating_id, changed_at, {columns})
  SELECT c.association_id, c.membership_id, {AS_OF}, g.id, now(), {taken}
  FROM changed c JOIN given g ON g.association_id = c.association_id AND g.membership_id = c.membership_id
  ON CONFLICT (association_id, membership_id) DO UPDATE SET {renewed}
)
SELECT (SELECT count(*) FROM associations_membership m WHERE m.association_id = %(association)s AND m.id {scope}),
       (SELECT count(*) FROM given)"""


def stages(ruleset: method.RuleSet, scope: Scope, *, known: bool, previous: bool) -> str:
    """All stages as the list after a WITH, for who asks more of them: `void`, `rated` with its `standing`.

    What facts give is kept, for it is asked more than once; the stages of a member flow through each other.
    """
    facts = f"f.association_id = %(association)s AND f.membership_id {scope}"
    if known:
        facts += " AND f.recorded_on <= %(known_on)s::date"
    kept = [f"{name} AS MATERIALIZED ({body}\n)" for name, body in gathering(ruleset, facts)]
    flow = [*_members(ruleset, scope, previous=previous), *_ratings(ruleset)]
    return ",\n".join([*kept, *(f"{name} AS NOT MATERIALIZED ({body} OFFSET 0\n)" for name, body in flow)])


def _members(ruleset: method.RuleSet, scope: Scope, *, previous: bool) -> Iterator[tuple[str, str]]:
    """One row a member: who it is, its category's rules, its facts summed, the standing rating."""
    rates = _rates(ruleset)
    multiples = "".join(f", {multiple(each)} AS {multiple_of(each)}" for each in rates)
    asked = ("state", "shown", "up_on", "last_fact_id")
    stood = ", ".join(("s AS standing", *(f"s.{name} AS s_{name}" for name in asked)))
    join = (
        "LEFT JOIN credit_standing s ON s.association_id = m.association_id AND s.membership_id = m.id"
        f" AND s.association_id = %(association)s AND s.membership_id {scope}"
    )
    yield (
        "joined",
        f"""
  SELECT m.association_id, m.id AS membership_id, m.public_id, a.public_id AS association, m.category, m.joined_on,
    m.contribution_opt_out AS opt_out, c.category IS NOT NULL AS has_rule, c.w1, c.w2, c.w3, c.w4, c.w5, c.w6,
    c.checklist, coalesce(c.items, 0) AS items, c.training_hours, coalesce(c.exam, false) AS exam,
    coalesce(c.by_roster, false) AS by_roster,
    {_summed(ruleset)},
    r.taken, r.record_cap, r.record_mask, r.cap_changes_on, r.fades_on,
    coalesce(h.overdue, false) AS overdue, coalesce(h.unperformed, false) AS unperformed,
    coalesce(h.barred, false) AS barred, coalesce(h.gone, false) AS gone, coalesce(h.lapsed, false) AS lapsed,
    h.review_on, h.fix_id, h.held_changes_on, o.streamers, o.trained,
    coalesce(f.licence_until < {AS_OF}, false) AS licence_over,
    {whole_months("m.joined_on")} AS months, {stood if previous else NOT_ASKED}
  FROM associations_membership m
  JOIN associations_association a ON a.id = m.association_id
  LEFT JOIN (VALUES {_categories(ruleset)})
    AS c (category, w1, w2, w3, w4, w5, w6, checklist, items, training_hours, exam, by_roster)
    ON c.category = m.category
  LEFT JOIN summed f ON f.membership_id = m.id
  LEFT JOIN recorded r ON r.membership_id = m.id
  LEFT JOIN held h ON h.membership_id = m.id
  LEFT JOIN roster o ON o.membership_id = m.id
  {join if previous else ""}
  WHERE m.association_id = %(association)s AND m.id {scope}""",
    )
    yield _stage("gathered", "joined", verified(ruleset), f"*{multiples}")
    yield _stage("counted", "gathered", freshness(ruleset))


def _ratings(ruleset: method.RuleSet) -> Iterator[tuple[str, str]]:
    """From measured indicators to the rating."""
    values, changes = {}, []
    for dimension in ruleset.dimensions:
        told = [(indicator.share, measured(indicator)) for indicator in dimension.indicators]
        values[f"d{dimension.number}"] = div(
            plus(*(f"{share} * ({each.value})" for share, each in told)), 100
        )
        changes += [day for _, each in told for day in each.changes]
    # a category without a rule has no dimensions
    dimensions = [(name, f"CASE WHEN has_rule THEN {value} ELSE 0 END") for name, value in values.items()]
    yield _stage("measured", "counted", dimensions)
    score = plus(*(div(f"w{n} * d{n}", 1000) for n in range(1, len(values) + 1)))
    known = judging.confidence(ruleset.confidence)
    yield _stage("scored", "measured", [("score", f"coalesce({score}, 0)"), ("confidence", known)])
    yield _stage(
        "limited", "scored", [("ceiling", judging.ceiling(ruleset)), ("mask", judging.mask(ruleset))]
    )
    yield _stage("settled", "limited", [("state", judging.state())])
    yield _stage("graded", "settled", [("grade", judging.grade(ruleset))])
    yield _stage("braked", "graded", judging.brake(ruleset))
    yield _stage("seen", "braked", judging.shown())
    figures = {name: f"{name}::int" for name in FIGURES[:9]} | {
        name: f"{name}::smallint" for name in FIGURES[9:13]
    }
    figures |= {"mask": "mask::int", "next_change_on": judging.next_change(ruleset, changes)}
    figures |= {
        "inputs_sha": _inputs_sha(),
        "ruleset_sha": "%(ruleset_sha)s::bytea",
        "engine": "%(engine)s::text",
    }
    columns = ", ".join(f"{figures.get(name, name)} AS {name}" for name in FIGURES)
    yield "rated", f"\n  SELECT association_id, membership_id, category, standing, {columns}\n  FROM seen"


def _stage(name: str, before: str, columns: Iterable[tuple[str, str]], kept: str = "*") -> tuple[str, str]:
    """All columns of the stage before, and some more of them."""
    told = ",\n    ".join(f"{expression} AS {column}" for column, expression in columns)
    return name, f"\n  SELECT {kept},\n    {told}\n  FROM {before}"


def _summed(ruleset: method.RuleSet) -> str:
    """The sums over the facts; there may be none."""
    names = [name for name in Sums(ruleset).wanted if name != "n"]
    return ", ".join(("coalesce(f.n, 0) AS n", "f.digests", *(f"f.{name}" for name in names)))


def _rates(ruleset: method.RuleSet) -> list[method.Rate]:
    return [i for d in ruleset.dimensions for i in d.indicators if isinstance(i, method.Rate)]


def _categories(ruleset: method.RuleSet) -> str:
    """Every category's numbers as a row; its checklist as bits by the place of each item."""
    places = {item.number: place for place, item in enumerate(ruleset.checklist.items)}
    return ", ".join(
        f"({number}, {', '.join(map(str, category.weights))},"
        f" {sum(1 << places[item] for item in category.checklist)}::bigint, {len(category.checklist)},"
        f" {category.training_hours}, {category.exam}, {category.roster})"
        for number, category in ruleset.categories.items()
    )


def _inputs_sha() -> str:
    """SHA-256 over the member's canonical JSON and its facts' digests; public ids need no escaping."""
    member = (
        """'{"association":"' || association || '","category":' || category || ',"id":"' || public_id"""
        """ || '","joined_on":"' || to_char(joined_on, 'YYYY-MM-DD') || '","opt_out":' || opt_out::text || '}'"""
    )
    return f"sha256(convert_to({member}, 'UTF8') || coalesce(digests, ''::bytea))"
