"""From tallies to tables, on numbers small enough to work out by hand."""

from __future__ import annotations

import pytest
from django.utils import translation

from credit.rehearsal.report import fairness, tables
from credit.rehearsal.report.merging import merge
from credit.rehearsal.statement import MOST_MOVERS, TABLES
from credit.rehearsal.states import NEW, NOT_RATED


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def scores(category: int, bracket: int, *points: int, before: int = 0) -> list[int]:
    """A line of "sizes": these scores after, and each `before` less before."""
    was = [each - before for each in points]
    n, squares = len(points), sum(x * x for x in points)
    return [category, bracket, n, 0, 0, 0, n, sum(was), sum(x * x for x in was), n, sum(points), squares]  # fmt: skip


def report(**more):
    return merge([]) | more


def test_a_small_bracket_is_held_against_its_own_category():
    """Five agencies at 700 beside five at 600, among operators at 100: the operators change nothing."""
    told = report(sizes=[
        scores(2, 1, *[700_000] * 5, before=50_000), scores(2, 2, *[600_000] * 5), scores(3, 2, *[100_000] * 9),
    ])  # fmt: skip
    found = fairness.fairness(told, "sizes", [(1, "small"), (2, "large")])
    small, large = found
    assert (small.after.n, small.after.mean, small.after.like, small.after.sure) == (
        5,
        700_000,
        600_000,
        True,
    )
    assert (large.after.n, large.after.mean, large.after.like) == (5, 600_000, 700_000)
    assert small.sentence == (
        "Score 100.000 points higher than the others of their category."
        " Before, the difference was smaller: 50.000."
    )
    assert large.sentence.startswith("Score 100.000 points lower")


def test_like_ones_are_weighed_by_the_brackets_own_categories():
    told = report(sizes=[
        scores(2, 1, *[500] * 4), scores(2, 2, *[400] * 2), scores(3, 1, *[900] * 1), scores(3, 2, *[100] * 50),
    ])  # fmt: skip
    gap = fairness.fairness(told, "sizes", [(1, "x")])[0].after
    assert (gap.mean, gap.like) == ((4 * 500 + 900) // 5, (4 * 400 + 100) // 5)


def test_what_chance_gives_is_called_chance():
    told = report(sizes=[
        scores(3, 1, 100_000, 300_000, 500_000, 700_000, 900_000),
        scores(3, 2, 90_000, 310_000, 480_000, 710_000, 880_000),
    ])  # fmt: skip
    assert fairness.fairness(told, "sizes", [(1, "x")])[0].sentence.startswith("Like the others")


@pytest.mark.parametrize(("mine", "others"), [(4, 9), (9, 4)])
def test_fewer_than_five_are_not_compared(mine, others):
    told = report(sizes=[scores(3, 1, *[700] * mine), scores(3, 2, *[100] * others)])
    row = fairness.fairness(told, "sizes", [(1, "x"), (4, "nobody")])
    assert [(each.label, each.after) for each in row] == [("x", None)]
    assert row[0].sentence.startswith("Too few to compare")


def test_the_median_lies_within_its_ten_points():
    assert tables.median([]) is None
    assert tables.median([(50, 2)]) == 505_000
    assert tables.median([(10, 1), (50, 1), (90, 1)]) == 505_000
    assert tables.median([(10, 3), (90, 1), (10, 1)]) == 106_250


def test_means_round_half_up_and_shares_to_a_tenth():
    assert (tables.mean(3, 2), tables.mean(0, 0), tables.percent(1, 3), tables.percent(0, 0)) == (
        2,
        None,
        "33.3 %",
        "—",
    )


def test_the_migration_keeps_ten_grades_and_whoever_else_there_is():
    told = report(grades=[[2, 1, 2, 4], [3, 1, 2, 1], [3, NEW, 3, 2], [3, 3, NOT_RATED, 1]])
    found = tables.migration(told)
    assert (len(found.rows), found.rows[-1], len(found.columns), found.columns[-1]) == (11, "—", 11, "NR")
    assert (found.counts[0][1], found.counts[10][2], found.counts[2][10]) == (5, 2, 1)
    spread = tables.distribution(told)
    assert (list(spread.counts)[:3], list(spread.before)[:3], spread.unrated) == ([0, 5, 2], [5, 0, 1], 1)


def test_reasons_come_with_the_commonest_first():
    told = report(reasons=[[-1, 1, 2], [-1, 8, 5], [1, 2, 1], [0, 7, 3]])
    assert [(bar.label, bar.count) for bar in tables.reasons(told, -1)] == [
        ("another ceiling", 5),
        ("compliance record", 2),
    ]
    assert tables.moved(told) == {1: 1, -1: 7, 0: 3}


def test_merging_adds_by_key_and_keeps_who_moves_furthest():
    a = merge([]) | {"grades": [[2, 1, 2, 4]], "movers": [[3, 5, n, 1, 4, 9, 4, 1] for n in range(150)]}
    b = merge([]) | {"grades": [[2, 1, 2, 1], [3, 1, 1, 7]], "movers": [[4, 1, 900, 1, 5, 2, 1, 1]] * 1}
    c = merge([]) | {"movers": [[3, 6, n, 1, 4, 9, 3, 1] for n in range(200, 300)]}
    whole = merge([a, b, c])
    assert whole["grades"] == [[2, 1, 2, 5], [3, 1, 1, 7]]
    assert [row[2] for row in whole["movers"]] == [900, *range(200, 300), *range(99)]
    assert len(whole["movers"]) == MOST_MOVERS
    assert merge([merge([a, b]), c]) == whole
    assert set(whole) == {*TABLES, "movers"}
