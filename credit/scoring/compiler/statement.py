"""The whole statement: the stages in order, and what is done with the rows of the last one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from credit.rulesets import method
from credit.scoring.compiler import judging
from credit.scoring.compiler.asked import Scope
from credit.scoring.compiler.gathering import Sums, summed
from credit.scoring.compiler.gathering import stages as gathering
from credit.scoring.compiler.measuring import freshness, measured, multiple, multiple_of, verified
from credit.scoring.compiler.words import (
    AS_OF,
    day_of_month,
    div,
    earliest,
    month_number,
    plus,
    when,
    whole_months,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIGURES = (
    "score", "d1", "d2", "d3", "d4", "d5", "d6", "confidence", "n", "state", "grade", "shown", "ceiling", "mask",
    "next_change_on", "up_on", "last_fact_id", "inputs_sha", "ruleset_sha", "engine",
)  # fmt: skip
"""The columns of a rating that decide whether it is another one; the day alone is no change."""

KEYS = ("association_id", "membership_id")
ASKED_AGAIN = ("rare", "void", "live")
CATEGORY = ("w1", "w2", "w3", "w4", "w5", "w6", "checklist", "items", "training_hours", "exam", "by_roster")
OF_NO_CATEGORY = {"items": "0", "exam": "false", "by_roster": "false"}
NO_STANDING = (
    "NULL::int AS s_state, NULL::int AS s_shown, NULL::date AS s_up_on, NULL::bigint AS s_last_fact_id"
)
BRAKING = ("state", "shown", "up_on", "last_fact_id")
"""The columns of the standing rating that decide something."""
STOOD = ("as_of", *FIGURES)
"""Those it is compared by. A standing rating's columns begin with `s_`; `s_as_of` is NULL where there is none."""


def select(ruleset: method.RuleSet, scope: Scope, *, known: bool = False, previous: bool = True) -> str:
    """The figures of the members in scope, with their keys and category. Nothing is written.

    `known`: facts recorded after `%(known_on)s` do not count. `previous`: with the brake on upgrades, which
    asks for the standing rating.
    """
    told = ", ".join((*KEYS, "category", *FIGURES))
    asked = BRAKING if previous else ()
    return f"WITH {stages(ruleset, scope, known=known, asked=asked)}\nSELECT {told} FROM rated"


def write(ruleset: method.RuleSet) -> str:
    """Rate the members asked for: what changed becomes the standing rating, and the one before a former one.

    Gives (association, looked at, changed). Who was rated for a later day already is left alone.
    """
    columns = ", ".join(FIGURES)
    stood = ", ".join(f"s_{name}" for name in FIGURES)
    renewed = ", ".join(f"{name} = excluded.{name}" for name in ("id", "rated_at", *STOOD))
    stands = f"""INSERT INTO credit_standing (id, association_id, membership_id, as_of, rated_at, {columns})
  SELECT id, association_id, membership_id, {AS_OF}, now(), {columns} FROM changed"""
    members = Scope.ASKED.rows("associations_membership", "count(*) AS members", "id")
    return f"""WITH {stages(ruleset, Scope.ASKED, known=False, asked=STOOD)},
changed AS MATERIALIZED (
  SELECT nextval('credit_standing_id_seq') AS id, association_id, membership_id, s_as_of IS NULL AS first, {columns}
  FROM rated WHERE s_as_of IS NULL OR (s_as_of <= {AS_OF} AND ({columns}) IS DISTINCT FROM ({stood}))
), rated_first AS (
  {stands} WHERE first
), rated_anew AS (
  {stands} WHERE NOT first ON CONFLICT (association_id, membership_id) DO UPDATE SET {renewed}
)
SELECT association_id, sum(members)::bigint, sum(changed)::bigint FROM (
  SELECT asked.association_id, members, 0 AS changed FROM {members} counted
  UNION ALL SELECT association_id, 0, count(*) FROM changed GROUP BY association_id
) told GROUP BY association_id"""


def stages(
    ruleset: method.RuleSet, scope: Scope, *, known: bool = False, asked: Iterable[str] = STOOD
) -> str:
    """All stages as the list after a WITH, for who asks more of them: `void`, `rated`.

    `asked` are the columns of the standing rating that come with it. The rare facts are kept, for they are asked more
    than once; all else flows through.
    """
    told_by_then = "recorded_on <= %(known_on)s::date" if known else "true"
    facts = gathering(ruleset, scope, told_by_then)
    flow = _narrowed([*_members(ruleset, scope, told_by_then), *_ratings(ruleset, scope, asked)])
    told = (
        f"{name} AS {'' if name in ASKED_AGAIN else 'NOT '}MATERIALIZED ({body} OFFSET 0\n)"
        for name, body in (*facts, *flow)
    )
    return scope + ",\n".join(told)


class Stage(NamedTuple):
    """A step of the members' flow: its columns, name → expression over the rows of `source`."""

    name: str
    source: str
    columns: dict[str, str]


def _narrowed(flow: list[Stage]) -> Iterator[tuple[str, str]]:
    """Each stage hands on what a later one asks for, and no more: handing a column on costs as much as making one."""
    words = [set(re.findall(r"\w+", " ".join(stage.columns.values()))) for stage in flow]
    handed_on: list[str] = []
    for place, stage in enumerate(flow, start=1):
        later, last = set().union(*words[place:]), place == len(flow)
        kept = [name for name in handed_on if name in later]
        made = {name: told for name, told in stage.columns.items() if last or name in later}
        told = ",\n    ".join((*kept, *(f"{expression} AS {name}" for name, expression in made.items())))
        handed_on = [*kept, *made]
        yield stage.name, f"\n  SELECT {told}\n  FROM {stage.source}"


def _members(ruleset: method.RuleSet, scope: Scope, known: str) -> Iterator[Stage]:
    """One row a member: who it is, its category's rules, its facts summed."""
    members = f"""SELECT m.association_id, m.public_id, m.category, m.joined_on, m.contribution_opt_out, m.id, f.*
        FROM associations_membership m LEFT JOIN ({summed(ruleset, scope, known)}) f ON f.membership_id = m.id
        WHERE {scope.own("m", "id")}"""
    source = f"""(SELECT s.* FROM {scope.each(members)} s) m
  JOIN associations_association a ON a.id = m.association_id
  LEFT JOIN (VALUES {_categories(ruleset)}) AS c (category, {", ".join(CATEGORY)}) ON c.category = m.category
  LEFT JOIN recorded r ON r.membership_id = m.id
  LEFT JOIN held h ON h.membership_id = m.id
  LEFT JOIN roster o ON o.membership_id = m.id"""
    yield Stage(
        "joined",
        source,
        {
            "association_id": "m.association_id",
            "membership_id": "m.id",
            "category": "m.category",
            "joined_on": "m.joined_on",
            "opt_out": "m.contribution_opt_out",
            "inputs_sha": _inputs_sha(),
            "joined_month": month_number("m.joined_on"),
            "joined_day": day_of_month("m.joined_on"),
            "has_rule": "c.category IS NOT NULL",
            **{name: f"c.{name}" for name in CATEGORY}
            | {name: f"coalesce(c.{name}, {nothing})" for name, nothing in OF_NO_CATEGORY.items()},
            **{name: f"m.{name}" for name in Sums(ruleset).wanted} | {"n": "coalesce(m.n, 0)"},
            "licence_over": f"coalesce(m.licence_until < {AS_OF}, false)",
            **{
                name: f"r.{name}"
                for name in ("taken", "record_cap", "record_mask", "cap_changes_on", "fades_on")
            },
            **{
                name: f"coalesce(h.{name}, false)"
                for name in ("overdue", "unperformed", "barred", "gone", "lapsed")
            },
            **{name: f"h.{name}" for name in ("review_on", "fix_id", "held_changes_on")},
            **{name: f"o.{name}" for name in ("streamers", "trained")},
        },
    )
    multiples = {multiple_of(each): multiple(each) for each in _rates(ruleset)}
    months = {"months": whole_months("joined_month", "joined_day")}
    yield Stage("gathered", "joined", months | multiples | dict(verified(ruleset)))
    yield Stage("counted", "gathered", dict(freshness(ruleset)))


def _ratings(ruleset: method.RuleSet, scope: Scope, asked: Iterable[str]) -> Iterator[Stage]:
    """From measured indicators to the rating; the standing one comes where it is first asked for."""
    values, changes = {}, []
    for dimension in ruleset.dimensions:
        told = [(indicator.share, measured(indicator)) for indicator in dimension.indicators]
        value = div(plus(*(f"{share} * ({each.value})" for share, each in told)), 100)
        # a category without a rule has no dimensions
        values[f"d{dimension.number}"] = when("has_rule", value, 0)
        changes += [day for _, each in told for day in each.changes]
    yield Stage("measured", "counted", values | {"lines_change_on": earliest(*changes)})
    score = plus(*(div(f"w{n} * d{n}", 1000) for n in range(1, len(values) + 1)))
    known = judging.confidence(ruleset.confidence)
    yield Stage("scored", "measured", {"score": f"coalesce({score}, 0)", "confidence": known})
    yield Stage("limited", "scored", {"ceiling": judging.ceiling(ruleset), "mask": judging.mask(ruleset)})
    yield Stage("settled", "limited", {"state": judging.state()})
    yield Stage("graded", "settled", {"grade": judging.grade(ruleset)})
    stood = {f"s_{name}": f"s_{name}" for name in asked or BRAKING}
    yield Stage("braked", f"graded {_standing(scope, asked)}", stood | dict(judging.brake(ruleset)))
    yield Stage("seen", "braked", dict(judging.shown()))
    figures = {name: name for name in (*KEYS, "category", *FIGURES, *(f"s_{name}" for name in asked))}
    figures |= {name: f"{name}::int" for name in (*FIGURES[:9], "mask")}
    figures |= {name: f"{name}::smallint" for name in FIGURES[9:13]}
    figures |= {
        "next_change_on": judging.next_change(ruleset),
        "ruleset_sha": "%(ruleset_sha)s::bytea",
        "engine": "%(engine)s::text",
    }
    yield Stage("rated", "seen", figures)


def _standing(scope: Scope, asked: Iterable[str]) -> str:
    """Joined to the members: the standing rating of each, or that there is none."""
    if not asked:
        return f"CROSS JOIN (SELECT {NO_STANDING}) s"
    told = ", ".join(f"{name} AS s_{name}" for name in asked)
    rows = scope.rows("credit_standing", f"membership_id AS of_member, {told}")
    return f"LEFT JOIN (SELECT s.* FROM {rows} s) s ON of_member = membership_id"


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
    """SHA-256 over the member's canonical JSON and its facts' digests; public ids need no escaping, days are ISO's."""
    member = (
        """'{"association":"' || a.public_id || '","category":' || m.category || ',"id":"' || m.public_id"""
        """ || '","joined_on":"' || m.joined_on::text || '","opt_out":' || m.contribution_opt_out::text || '}'"""
    )
    return f"sha256(convert_to({member}, 'UTF8') || coalesce(m.digests, ''::bytea))"
