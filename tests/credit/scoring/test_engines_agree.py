"""The two engines, held together: whatever the member and whatever the rule set, the same figures to the last digit.

The statement runs on temporary tables of the real ones' names and shapes, so that thousands of members cost a COPY.
"""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import asdict, replace
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import Any

import psycopg
import pytest

from credit.rulesets import method
from credit.rulesets.vocabulary import Kind
from credit.scoring import compiler
from credit.scoring.evaluator import ENGINE, Fact, Member, Previous, evaluate, inputs_sha
from tests.credit.scoring.test_evaluator_other_rulesets import invented
from tests.credit.scoring.world import DAYS, facts_of, member_of, world

TIMES = int(os.environ.get("DIFFERENTIAL", "1"))
"""So many times as much is compared: `make bench` sets it for the long run."""
DEFAULT = method.default()
ASSOCIATION = 7
SHAPES = {
    "associations_association": "id, public_id",
    "associations_membership": "id, association_id, public_id, category, joined_on, contribution_opt_out",
    "associations_fact": "id, association_id, membership_id, kind, code, severity, occurred_on, recorded_on,"
    " a, b, c, d, e, until_on, ref_id, digest",
    "credit_standing": "association_id, membership_id, as_of, state, shown, up_on, last_fact_id",
}
Case = tuple[Member, list[Fact], Previous | None]


class Ground:
    """Temporary tables in front of the real ones, and a way to rate what lies in them."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.cases: dict[int, Case] = {}
        self.last_fact = 0
        for table, columns in SHAPES.items():
            connection.execute(
                f"CREATE TEMP TABLE {table} AS SELECT {columns} FROM public.{table} WITH NO DATA"
            )
        connection.execute("INSERT INTO associations_association VALUES (%s, 'a')", [ASSOCIATION])

    def put(self, cases: list[Case], as_of: date) -> None:
        """Add members with their facts and standing ratings."""
        rows: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for like, facts, before in cases:
            key, up, previous = len(self.cases) + 1, self.last_fact, before
            member = Member(f"m{key}", "a", like.category, like.joined_on, like.opt_out)
            renumbered = [
                Fact(**asdict(f) | {"id": f.id + up, "ref_id": f.ref_id + up if f.ref_id else None})
                for f in facts
            ]
            if before and before.last_fact_id:
                previous = replace(before, last_fact_id=before.last_fact_id + up)
            self.cases[key] = (member, renumbered, previous)
            self.last_fact = max((f.id for f in renumbered), default=up)
            rows["associations_membership"].append(
                (key, ASSOCIATION, member.id, member.category, member.joined_on, member.opt_out)
            )
            rows["associations_fact"] += [
                (f.id, ASSOCIATION, key, int(f.kind), f.code, f.severity, f.occurred_on, f.recorded_on, f.a, f.b, f.c,
                 f.d, f.e, f.until_on, f.ref_id, digest(f))
                for f in renumbered
            ]  # fmt: skip
            if previous:
                told = (previous.state, previous.shown, previous.up_on, previous.last_fact_id)
                rows["credit_standing"].append((ASSOCIATION, key, as_of, *told))
        for table, told in rows.items():
            with self.connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                for row in told:
                    copy.write_row(row)

    def rate(
        self, ruleset: method.RuleSet, as_of: date, known_on: date | None = None
    ) -> dict[int, dict[str, Any]]:
        """What the statement makes of them, by row number."""
        for table in SHAPES:
            self.connection.execute(f"ANALYZE {table}")
        cursor = psycopg.ClientCursor(self.connection, row_factory=psycopg.rows.dict_row)
        cursor.execute(
            compiler.select(ruleset, compiler.Scope.EVERY, known=known_on is not None, previous=known_on is None),
            {"as_of": as_of, "known_on": known_on, "ruleset_sha": ruleset.digest,
             "engine": ENGINE},
        )  # fmt: skip
        return {row["membership_id"]: row for row in cursor}

    def compare(self, ruleset: method.RuleSet, as_of: date, known_on: date | None = None) -> int:
        """Both engines on every member; gives how many there were."""
        found = self.rate(ruleset, as_of, known_on)
        assert sorted(found) == sorted(self.cases)
        for key, (member, facts, previous) in self.cases.items():
            told = expected(ruleset, (member, facts, previous), as_of, known_on)
            assert {name: found[key][name] for name in told} == told, (key, member, facts, previous)
        return len(found)


def digest(fact: Fact) -> bytes:
    return sha256(str(fact.id).encode()).digest()


def expected(ruleset: method.RuleSet, case: Case, as_of: date, known_on: date | None) -> dict[str, Any]:
    """The evaluator's figures, in the statement's form."""
    member, facts, previous = case
    rating = evaluate(ruleset, member, facts, as_of, None if known_on else previous, known_on=known_on)
    told = {name: getattr(rating, name) for name in compiler.FIGURES[:-3]}
    known = [fact for fact in facts if known_on is None or fact.recorded_on <= known_on]
    known.sort(key=lambda fact: (fact.occurred_on, fact.id))
    told["inputs_sha"] = inputs_sha(member, [digest(fact) for fact in known])
    return {name: int(value) if isinstance(value, int) else value for name, value in told.items()}


@pytest.fixture
def ground(owner):
    return Ground(owner)


def cases(seeds: range, as_of: date, **how: Any) -> list[Case]:
    """Worlds of these seeds, as they are on a day."""
    found = []
    for seed in seeds:
        member, facts, _, previous = world(seed, as_of=as_of, **how)
        found.append((member, facts, previous))
    return found


@pytest.mark.parametrize("as_of", DAYS)
def test_thousands_of_members_under_the_default(ground, as_of) -> None:
    many = range(DAYS.index(as_of) * 100_000, DAYS.index(as_of) * 100_000 + 800 * TIMES)
    ground.put(cases(many, as_of), as_of)
    assert ground.compare(DEFAULT, as_of) == 800 * TIMES
    assert ground.compare(DEFAULT, as_of, known_on=as_of - timedelta(100)) == 800 * TIMES


@pytest.mark.parametrize("as_of", DAYS)
def test_members_under_other_rule_sets(ground, as_of) -> None:
    place = DAYS.index(as_of)
    ground.put(cases(range(place * 1000, place * 1000 + 150), as_of), as_of)
    for seed in range(place * 10_000, place * 10_000 + 8 * TIMES):
        assert ground.compare(invented(seed), as_of) == 150, seed


def test_thousands_of_facts_on_one_member_and_none(ground) -> None:
    as_of = date(2026, 11, 22)
    rnd = Random(1)  # noqa: S311 invented data
    heavy = facts_of(rnd, as_of, 6000)
    busy = [
        Fact(id_, Kind.FIGURES, as_of - timedelta(id_ % 300), as_of, a=10**11, b=10**6, c=10**6, d=10**6, e=0)
        for id_ in range(1, 2001)
    ]
    ground.put([(member_of(rnd, as_of), facts, None) for facts in (heavy, [], busy)], as_of)
    assert ground.compare(DEFAULT, as_of) == 3


def test_a_category_without_a_rule(ground) -> None:
    as_of = date(2026, 11, 22)
    found = [
        (Member("", "", 9, member.joined_on), facts, before)
        for member, facts, before in cases(range(300), as_of)
    ]
    ground.put(found, as_of)
    assert ground.compare(DEFAULT, as_of) == 300


def test_the_end_of_the_calendar(ground) -> None:
    as_of = date(2026, 11, 22)
    rnd = Random(2)  # noqa: S311 invented data
    for_good = [
        Fact(1, Kind.LICENCE, as_of, as_of, until_on=date.max),
        Fact(2, Kind.BAN, as_of, as_of, until_on=date.max),
        Fact(3, Kind.TRAINING, date(2999, 12, 31), as_of, a=1),
        Fact(4, Kind.CHECK, date(1949, 10, 1), as_of, code=1, a=1),
    ]
    ground.put([(member_of(rnd, as_of), for_good[:n], None) for n in range(5)], as_of)
    assert ground.compare(DEFAULT, as_of) == 5
