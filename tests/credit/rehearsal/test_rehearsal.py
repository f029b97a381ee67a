"""Rehearsals: the figures of every member under both rule sets, counted exactly; nothing written; parts and wholes."""

from __future__ import annotations

import copy
from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from associations.conduct import selectors as conduct
from associations.conduct.states import FactKind
from associations.members.models import Membership
from associations.tenancy import scope
from credit.rehearsal import services, statement
from credit.rehearsal.models import Rehearsal, RehearsalPart
from credit.rehearsal.report.merging import merge
from credit.rehearsal.states import LEFT, NEW, NOT_RATED, SUSPENDED, RehearsalState, Why
from credit.rulesets import method
from credit.rulesets.validation import load
from credit.scoring import services as scoring
from credit.scoring.evaluator import Evaluation, State, evaluate
from credit.scoring.models import Standing
from tests.credit.rehearsal.conftest import enrol
from tests.credit.rulesets.sources import data
from tests.credit.scoring.test_evaluator_other_rulesets import invented
from tests.credit.scoring.test_services import DAY, say


def draft(**weights: int) -> method.RuleSet:
    """LCR-1 with some points of every category moved from one dimension to another."""
    changed = copy.deepcopy(data())
    for category in changed["categories"].values():
        for place, by in weights.items():
            category["weights"][int(place[1:]) - 1] += by
    changed["id"] = "LCR-9"
    return load(changed)


if TYPE_CHECKING:
    from tests import cast

STRICTER = {"w1": 100, "w2": -100}


def rehearse(house: cast.House, ruleset: method.RuleSet, **how: Any) -> Rehearsal:
    """Asked, done, and read again."""
    with scope.of(house.association):
        asked = services.ask(ruleset=ruleset, as_of=DAY, by=house.clerk, **how)
    while services.rehearse_part():
        pass
    with scope.of(house.association):
        return Rehearsal.objects.get(pk=asked.pk)


def outcome(rating: Evaluation | Standing) -> int:
    return {State.NOT_RATED: NOT_RATED, State.SUSPENDED: SUSPENDED, State.WITHDRAWN: LEFT}.get(
        rating.state, int(rating.grade)
    )


def both(house: cast.House, ruleset: method.RuleSet) -> dict[int, tuple[Any, Standing | None, Evaluation]]:
    """Membership → (member, its standing, its evaluation under the draft), by the evaluator one by one."""
    with scope.of(house.association):
        ids = list(Membership.objects.values_list("id", flat=True))
        facts, members = conduct.facts_of(ids), conduct.rated_members(ids)
        stood = {each.membership_id: each for each in Standing.objects.all()}
    return {
        row.id: (
            row,
            stood.get(row.id),
            evaluate(ruleset, scoring.member_of(row), [scoring.fact_of(each) for each in facts[row.id]], DAY),
        )
        for row in members
    }


# --- the figures ---


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_report_counts_what_the_evaluator_gives_one_by_one(city, crowd, small, seed):
    ruleset = invented(seed)
    report = rehearse(city, ruleset).report
    expected: dict[str, Counter[tuple[int, ...]]] = {
        name: Counter() for name in ("grades", "states", "after")
    }
    sums: Counter[tuple[str, int]] = Counter()
    for member, stood, after in both(city, ruleset).values():
        was = outcome(stood) if stood else NEW
        expected["grades"][member.category, was, outcome(after)] += 1
        expected["states"][int(stood.state) if stood else NEW, int(after.state)] += 1
        if 1 <= outcome(after) <= 10:
            expected["after"][member.category, after.score // 10_000] += 1
            sums["after", member.category] += after.score
            sums["square", member.category] += after.score**2
    assert report["grades"] == [[*key, n] for key, n in sorted(expected["grades"].items())]
    assert report["states"] == [[*key, n] for key, n in sorted(expected["states"].items())]
    assert report["buckets_after"] == [[*key, n] for key, n in sorted(expected["after"].items())]
    for table in ("sizes", "ages", "group"):
        found: Counter[tuple[str, int]] = Counter()
        for line in report[table]:
            found["after", line[0]] += line[-2]
            found["square", line[0]] += line[-1]
        assert +found == sums
    assert report["all"] == [[42, 2, 1]]
    assert len({key[1:] for key in expected["grades"]}) > 10  # the crowd is not all of a kind


def test_movers_are_told_with_what_moved_them(city, crowd):
    ruleset = draft(**STRICTER)
    rehearsal = rehearse(city, ruleset)
    default, told = method.default(), both(city, ruleset)
    movers = {
        key
        for key, (_, stood, after) in told.items()
        if stood is not None and outcome(stood) != outcome(after)
    }
    assert {mover[2] for mover in rehearsal.report["movers"]} == movers
    assert len(movers) > 3
    whys = Counter()
    for distance, points, key, before, after, score_before, score_after, why in rehearsal.report["movers"]:
        member, stood, given = told[key]
        assert (before, after, score_before, score_after) == (
            outcome(stood), outcome(given), stood.score, given.score,
        )  # fmt: skip
        assert points == abs(given.score - stood.score)
        assert distance == (abs(before - after) if 1 <= before <= 10 and 1 <= after <= 10 else 10)
        assert why == expected_why(default, ruleset, member.category, stood, given)
        whys[why] += 1
    assert sum(n for _, _, n in rehearsal.report["reasons"]) == sum(whys.values())
    with scope.of(city.association):
        exported = list(services.every_mover(rehearsal))
    assert sorted(list(row[:8]) for row in exported) == sorted(rehearsal.report["movers"])


def expected_why(
    old: method.RuleSet, new: method.RuleSet, category: int, stood: Standing, given: Evaluation
) -> int:
    """Said again in Python, from the words of the room."""
    if stood.state != given.state:
        return Why.STATE
    worse = given.grade > stood.grade
    held = given if worse else stood
    if given.ceiling != stood.ceiling and held.ceiling == held.grade:
        return Why.CEILING
    if (given.score >= stood.score) if worse else (given.score <= stood.score):
        return Why.BOUNDS
    after = zip(new.categories[category].weights, given.dimensions, strict=True)
    before = zip(
        old.categories[category].weights,
        (stood.d1, stood.d2, stood.d3, stood.d4, stood.d5, stood.d6),
        strict=True,
    )
    changes = [
        (w * d + 500) // 1000 - (v * e + 500) // 1000 for (w, d), (v, e) in zip(after, before, strict=True)
    ]
    return 1 + changes.index(min(changes) if worse else max(changes))


def test_sizes_and_years_are_those_of_the_facts(city):
    rnd = Random(1)  # noqa: S311 invented data
    rows = [enrol(city, number, rnd, facts=0) for number in range(6)]
    orders = [None, 999, 1000, 10_000, 100_000, 5000]
    ages = [0, 364, 366, 800, 1200, 2000]
    with scope.of(city.association):
        for row, count, days in zip(rows, orders, ages, strict=True):
            Membership.objects.filter(pk=row.pk).update(category=3, joined_on=DAY - timedelta(days))
            if count is not None:
                say(row, FactKind.FIGURES, 364, a=count, b=0, c=0, d=0, e=0)
                say(row, FactKind.FIGURES, 365, a=10**6, b=0, c=0, d=0, e=0)  # a day too old
        wrong = say(rows[5], FactKind.FIGURES, 3, a=10**6, b=0, c=0, d=0, e=0)
        say(rows[5], FactKind.CORRECTION, 1, ref_id=wrong.pk)
    report = rehearse(city, draft()).report
    assert [line[:3] for line in report["sizes"]] == [[3, 0, 1], [3, 1, 1], [3, 2, 2], [3, 3, 1], [3, 4, 1]]
    assert [line[:3] for line in report["ages"]] == [[3, 0, 2], [3, 1, 1], [3, 2, 1], [3, 3, 1], [3, 4, 1]]


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar(city, crowd, day):
    with scope.of(city.association):
        asked = services.ask(ruleset=draft(), as_of=day, by=city.clerk)
    while services.rehearse_part():
        pass
    with scope.of(city.association):
        found = Rehearsal.objects.get(pk=asked.pk)
    assert (found.state, found.report["all"][0][:2]) == (RehearsalState.DONE, [42, 2])


def test_a_group_is_counted_apart(city, crowd):
    ids = [row.pk for row in crowd[:6]]
    report = rehearse(city, draft(), group_name="fee payers", group_ids=ids).report
    counted = Counter()
    for _category, grouped, n, *_ in report["group"]:
        counted[grouped] += n
    assert counted == {True: 6, False: 36}


def test_the_same_rule_set_moves_nobody_who_is_not_due(city, crowd):
    report = rehearse(city, method.default()).report
    assert [mover[2] for mover in report["movers"]] in ([], [crowd[3].pk])


# --- parts and wholes ---


def test_the_parts_add_up_to_exactly_the_whole(city, crowd, monkeypatch):
    whole = rehearse(city, draft(**STRICTER)).report
    monkeypatch.setattr(services, "SIZE", 5)
    parts = rehearse(city, draft(**STRICTER))
    with scope.of(city.association):
        done = RehearsalPart.objects.filter(rehearsal=parts)
        assert [part.members for part in done.order_by("id")] == [5] * 8 + [2]
        assert not done.exclude(tallies__isnull=True).exists()
    assert parts.report == whole


def test_nothing_of_ratings_is_written(city, crowd, small):
    def kept() -> list[Any]:
        with scope.across_associations(why="test"), connection.cursor() as cursor:
            found = []
            for table in (
                "credit_formerrating",
                "credit_standing",
                "associations_conductdue",
                "credit_rulesetversion",
            ):
                cursor.execute(f"SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM {table} t")
                found.append(cursor.fetchone())
            return found

    before = kept()
    rehearse(city, invented(1))
    assert kept() == before


def test_a_worker_killed_in_the_middle_leaves_its_part_to_another(city, crowd, small, monkeypatch):
    whole = rehearse(city, draft(**STRICTER)).report
    with scope.of(city.association):
        asked = services.ask(ruleset=draft(**STRICTER), as_of=DAY, by=city.clerk)
    assert services.rehearse_part()

    def die(*_: object) -> None:
        raise RuntimeError("the worker dies here")

    with monkeypatch.context() as patch:
        patch.setattr(services, "_tally", die)
        with pytest.raises(RuntimeError):
            services.rehearse_part()
    with scope.of(city.association):
        done = RehearsalPart.objects.filter(rehearsal=asked).values_list("done_at", flat=True).order_by("id")
        assert [each is not None for each in done] == [True, False, False, False, False, False]
    assert [services.rehearse_part() for _ in range(6)] == [True] * 5 + [False]
    with scope.of(city.association):
        assert Rehearsal.objects.get(pk=asked.pk).report == whole


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_different_parts_and_the_sweep_finishes(city, owner):
    rnd = Random(1)  # noqa: S311 invented data
    for number in range(3):
        enrol(city, number, rnd)
    services.SIZE, size = 2, services.SIZE
    try:
        with scope.of(city.association):
            asked = services.ask(ruleset=draft(), as_of=DAY, by=city.clerk)
    finally:
        services.SIZE = size
    with owner.transaction():
        owner.execute("SELECT id FROM credit_rehearsalpart ORDER BY id LIMIT 1 FOR UPDATE")
        assert services.rehearse_part()
        assert not services.rehearse_part()
    with scope.of(city.association):
        assert Rehearsal.objects.get(pk=asked.pk).state == RehearsalState.RUNNING
    assert services.rehearse_part()
    with scope.of(city.association):
        assert Rehearsal.objects.get(pk=asked.pk).report["all"] == [[3, 3, 0]]


def test_an_association_without_members_has_a_report_of_nothing(city):
    assert rehearse(city, draft()).report == merge([])


def test_figures_that_do_not_fit_fail_their_own_rehearsal_alone(city, crowd, monkeypatch):
    with scope.of(city.association):
        first = services.ask(ruleset=draft(), as_of=DAY, by=city.clerk)

    def overflow(*_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 2147483647::int + 1::int")

    with monkeypatch.context() as patch:
        patch.setattr(services, "_tally", overflow)
        assert services.rehearse_part()
    assert not services.rehearse_part()
    with scope.of(city.association):
        assert Rehearsal.objects.get(pk=first.pk).state == RehearsalState.FAILED
    assert rehearse(city, draft()).state == RehearsalState.DONE


def test_every_tally_has_its_measures():
    assert {name for _, measures in statement.TABLES.values() for name in measures} == set(statement.MEASURES)
