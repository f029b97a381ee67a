"""The evaluator against a second implementation, and against the example of the method."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given

from credit.rulesets import method
from credit.rulesets.vocabulary import Kind
from credit.scoring.evaluator import Fact, Member, Reason, State, Status, evaluate
from tests.credit.scoring import reference
from tests.credit.scoring.world import checked, world, worlds

RULES = method.default()


def figures(evaluation) -> dict:
    """What the reference computes, in its form."""
    names = {reason.name for reason in Reason if reason & evaluation.mask}
    keys = (
        "score",
        "dimensions",
        "confidence",
        "n",
        "months",
        "state",
        "by_score",
        "grade",
        "shown",
        "ceiling",
    )
    told = {key: getattr(evaluation, key) for key in (*keys, "up_on", "last_fact_id")}
    return told | {"mask": names}


def example_facts(day: date) -> list[Fact]:
    """The merchant of the method's worked example."""
    back = lambda days: {"occurred_on": day - timedelta(days), "recorded_on": day}  # noqa: E731
    return [
        Fact(1, Kind.FIGURES, **back(20), a=2000, b=2, c=3, d=3, e=2),
        *(Fact(10 + item, Kind.CHECK, **back(5), code=item, a=1) for item in range(1, 7)),
        Fact(20, Kind.TRAINING, **back(9), a=8),
        *(Fact(30 + code, Kind.CONTROL, **back(9), code=code, a=1) for code in range(1, 5)),
    ]


def test_the_worked_example() -> None:
    day = date(2026, 11, 22)
    merchant = Member("m", "a", 3, date(2024, 5, 22))
    rating = evaluate(RULES, merchant, example_facts(day), day)
    assert rating.months == 30
    multiple = next(dict(line.figures)["multiple"] for line in rating.lines if line.number == "2.1")
    assert multiple == 1_090_909
    assert rating.dimensions == (1_000_000, 725_525, 1_000_000, 1_000_000, 800_000, 0)
    assert rating.score == 867_147
    assert (rating.state, rating.by_score, rating.grade, rating.shown) == (State.RATED, 2, 2, 2)
    assert [(line.number, line.earned, line.possible) for line in rating.lines] == [
        ("1.1", 350_000, 350_000),
        ("2.1", 70_255, 112_000),
        ("2.2", 59_230, 70_000),
        ("2.3", 48_462, 70_000),
        ("2.4", 25_200, 28_000),
        ("3.1", 25_000, 25_000),
        ("3.1", 25_000, 25_000),
        ("3.1", 25_000, 25_000),
        ("3.1", 25_000, 25_000),
        ("3.1", 25_000, 25_000),
        ("3.1", 25_000, 25_000),
        ("4.1", 60_000, 60_000),
        ("4.2", 10_000, 10_000),
        ("4.2", 10_000, 10_000),
        ("4.2", 10_000, 10_000),
        ("4.2", 10_000, 10_000),
        ("5.1", 64_000, 80_000),
        ("6.1", 0, 40_000),
    ]
    assert [line.number for line in rating.down()] == ["2.1", "6.1", "2.3"]
    assert [line.number for line in rating.up()] == ["1.1", "2.1", "5.1"]


@pytest.mark.parametrize("seed", range(4))
def test_thousands_of_members_agree_with_the_second_implementation(seed: int) -> None:
    for number in range(seed * 500, (seed + 1) * 500):
        member, facts, day, previous = world(number)
        assert figures(evaluate(RULES, member, facts, day, previous)) == reference.rate(
            member, facts, day, previous
        ), number


@checked
@given(worlds)
def test_any_member_agrees_with_the_second_implementation(case) -> None:
    member, facts, day, previous = case
    assert figures(evaluate(RULES, member, facts, day, previous)) == reference.rate(
        member, facts, day, previous
    )


def test_a_member_with_thousands_of_facts_agrees() -> None:
    member, facts, day, previous = world(11, 2500)
    assert figures(evaluate(RULES, member, facts, day, previous)) == reference.rate(
        member, facts, day, previous
    )


def test_a_member_without_facts_is_not_rated_and_says_why() -> None:
    rating = evaluate(RULES, Member("m", "a", 4, date(2020, 1, 1)), [], date(2026, 3, 1))
    assert rating.state is State.NOT_RATED
    assert (rating.grade, rating.shown, rating.n, rating.last_fact_id) == (0, 0, 0, None)
    assert rating.mask & Reason.IDENTITY_NOT_VERIFIED
    assert rating.next_change_on is None


@checked
@given(worlds)
def test_the_lines_sum_to_the_score_and_to_every_dimension(case) -> None:
    member, facts, day, previous = case
    rating = evaluate(RULES, member, facts, day, previous)
    weights = RULES.categories[member.category].weights
    for number, (weight, value) in enumerate(zip(weights, rating.dimensions, strict=True), start=1):
        lines = [line for line in rating.lines if line.dimension == number]
        assert sum(line.earned for line in lines) == (weight * value + 500) // 1000
        assert sum(line.possible for line in lines) == weight * 1000
    assert sum(line.earned for line in rating.lines) == rating.score


@checked
@given(worlds)
def test_the_order_of_the_facts_does_not_matter(case) -> None:
    member, facts, day, previous = case
    shuffled = list(facts)
    random.Random(5).shuffle(shuffled)  # noqa: S311 a test
    assert evaluate(RULES, member, shuffled, day, previous) == evaluate(RULES, member, facts, day, previous)


@checked
@given(worlds)
def test_what_was_recorded_later_does_not_count(case) -> None:
    member, facts, day, _ = case
    known = [fact for fact in facts if fact.recorded_on <= day - timedelta(100)]
    then = evaluate(RULES, member, facts, day, known_on=day - timedelta(100))
    assert then == evaluate(RULES, member, known, day)


def test_a_category_without_a_rule_is_not_rated_but_a_bar_still_shows() -> None:
    day = date(2026, 3, 1)
    stranger = Member("m", "a", 9, date(2020, 1, 1))
    rating = evaluate(RULES, stranger, example_facts(day), day)
    assert (rating.state, rating.score, rating.lines) == (State.NOT_RATED, 0, ())
    assert rating.mask & Reason.NO_RULE
    ban = Fact(99, Kind.BAN, day, day)
    assert evaluate(RULES, stranger, [*example_facts(day), ban], day).state is State.BARRED


def test_a_stayed_record_is_shown_and_costs_nothing() -> None:
    day = date(2026, 3, 1)
    merchant = Member("m", "a", 3, date(2020, 5, 22))
    record = Fact(50, Kind.VIOLATION, day - timedelta(10), day, code=7, severity=3)
    stay = Fact(51, Kind.STAY, day, day, ref_id=50)
    without = evaluate(RULES, merchant, example_facts(day), day)
    stayed = evaluate(RULES, merchant, [*example_facts(day), record, stay], day)
    assert (stayed.score, stayed.grade, stayed.mask) == (without.score, without.grade, without.mask)
    assert [
        (line.code, line.earned, line.facts) for line in stayed.lines if line.status is Status.STAYED
    ] == [(7, 0, (50,))]
    over = Fact(52, Kind.STAY_ENDED, day, day, ref_id=50)
    decided = evaluate(RULES, merchant, [*example_facts(day), record, stay, over], day)
    assert decided.d1 == 400_000
    assert [(hit.reason, hit.at_most, hit.fact_id) for hit in decided.ceilings] == [
        (Reason.SERIOUS_RECORD, 5, 50),
        (Reason.D1_LOW, 5, None),
    ]
    assert decided.binding == ()
