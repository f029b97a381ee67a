"""What the method must give, on any members, asked of the statement: a batch of pairs, one with something more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credit.rulesets import method
from credit.rulesets.vocabulary import Kind
from credit.scoring.evaluator import Fact
from tests.credit.scoring.test_engines_agree import Case, Ground
from tests.credit.scoring.test_evaluator_other_rulesets import invented
from tests.credit.scoring.world import DAYS, EDGES, world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAIRS = 60
UNRATED = 11
tried = settings(
    max_examples=6,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
seeds = st.integers(0, 2**32)


@pytest.fixture
def pairs(owner):
    """Rate members of a seed as they are and changed; give both ratings of each."""

    def rated(
        seed: int, change: Callable[[Case, Random], list[Fact] | None], *, rules: method.RuleSet | None = None
    ) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        rnd = Random(seed)  # noqa: S311 invented data
        as_of = rnd.choice(DAYS)
        with owner.transaction(force_rollback=True):
            ground = Ground(owner)
            before, after = [], []
            for number in range(PAIRS):
                member, facts, _, _ = world(seed + number, as_of=as_of)
                changed = change((member, facts, None), rnd)
                if changed is not None:
                    before.append((member, facts, None))
                    after.append((member, changed, None))
            assert before
            ground.put([*before, *after], as_of)
            found = ground.rate(rules or method.default(), as_of)
            for key in range(1, len(before) + 1):
                yield found[key], found[key + len(before)]

    return rated


def as_of_seed(seed: int) -> date:
    return Random(seed).choice(DAYS)  # noqa: S311 invented data


def rank(rating: dict[str, Any]) -> int:
    return rating["grade"] or UNRATED


def record(rnd: Random, as_of: date) -> Fact:
    age = rnd.choice([edge for edge in EDGES if edge >= 0])
    return Fact(
        77_777,
        Kind.VIOLATION,
        as_of - timedelta(age),
        as_of,
        code=rnd.randint(1, 3),
        severity=rnd.randint(1, 4),
    )


@tried
@given(seeds)
def test_a_violation_never_raises_score_or_grade(pairs, seed) -> None:
    def worse(case: Case, rnd: Random) -> list[Fact]:
        return [*case[1], record(rnd, as_of_seed(seed))]

    for rules in (method.default(), invented(seed % 50)):
        for before, after in pairs(seed, worse, rules=rules):
            assert after["score"] <= before["score"]
            assert (after["state"], after["grade"] >= before["grade"]) == (before["state"], True)


@tried
@given(seeds)
def test_an_upheld_complaint_never_raises_score_or_grade(pairs, seed) -> None:
    def worse(case: Case, rnd: Random) -> list[Fact] | None:
        places = [place for place, fact in enumerate(case[1]) if fact.kind == Kind.FIGURES]
        if not places:
            return None
        facts = list(case[1])
        place = rnd.choice(places)
        facts[place] = replace(facts[place], b=facts[place].b + 1)
        return facts

    for before, after in pairs(seed, worse):
        assert after["score"] <= before["score"]
        assert (after["state"], after["grade"] >= before["grade"]) == (before["state"], True)


@tried
@given(seeds, st.integers(0, 40), st.integers(0, 400))
def test_a_contribution_never_lowers_anything(pairs, seed, points, age) -> None:
    def better(case: Case, _rnd: Random) -> list[Fact]:
        day = as_of_seed(seed)
        return [*case[1], Fact(77_777, Kind.CONTRIBUTION, day - timedelta(age), day, a=points)]

    for before, after in pairs(seed, better):
        assert all(after[f"d{n}"] >= before[f"d{n}"] for n in range(1, 7))
        assert after["score"] >= before["score"]
        assert rank(after) <= rank(before)


@tried
@given(seeds)
def test_doubling_the_orders_never_lowers_the_score(pairs, seed) -> None:
    def busier(case: Case, _rnd: Random) -> list[Fact]:
        return [replace(fact, a=2 * fact.a) if fact.kind == Kind.FIGURES else fact for fact in case[1]]

    for before, after in pairs(seed, busier):
        assert (after["score"] >= before["score"], rank(after) <= rank(before)) == (True, True)


@tried
@given(seeds, st.sampled_from([Kind.REVERSAL, Kind.REPAIR, Kind.CORRECTION, Kind.DISCHARGE, Kind.STAY]))
def test_an_undone_record_gives_exactly_the_rating_without_it(pairs, seed, kind) -> None:
    def undone(case: Case, rnd: Random) -> list[Fact]:
        day = as_of_seed(seed)
        return [*case[1], record(rnd, day), Fact(88_888, kind, day, day, ref_id=77_777)]

    differs = {"membership_id", "last_fact_id", "inputs_sha"}
    for before, after in pairs(seed, undone):
        assert {k: v for k, v in after.items() if k not in differs} == {
            k: v for k, v in before.items() if k not in differs
        }


@tried
@given(seeds, st.lists(st.sampled_from([1, 22, 45, 90, 91, 182, 365, 366, 1095]), min_size=1, max_size=3))
def test_time_alone_never_lowers_d1(owner, seed, jumps) -> None:
    as_of = as_of_seed(seed)
    with owner.transaction(force_rollback=True):
        ground = Ground(owner)
        members = (world(seed + number, as_of=as_of, ahead=0, others=False) for number in range(PAIRS))
        ground.put([(member, facts, None) for member, facts, _, _ in members], as_of)
        rated = [ground.rate(method.default(), as_of)]
        for jump in jumps:
            as_of += timedelta(jump)
            rated.append(ground.rate(method.default(), as_of))
        for key in rated[0]:
            values = [each[key]["d1"] for each in rated]
            assert values == sorted(values)
