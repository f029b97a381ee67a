"""Ceilings, states, the brake, corrections: case by case."""

from datetime import date, timedelta

import pytest

from credit.rulesets import method
from credit.rulesets.vocabulary import Kind
from credit.scoring.evaluator import Checked, Fact, FactError, Member, Previous, Reason, State, evaluate

RULES = method.default()
DAY = date(2026, 11, 22)
MEMBER = Member("m", "a", 3, date(2020, 1, 1))
AAA, AA, A, BBB, BB, B, CCC, CC, C, D = range(1, 11)


def fact(id_: int, kind: Kind, age: int = 0, **more) -> Fact:
    on = DAY - timedelta(age)
    return Fact(id_, kind, on, on, **more)


def perfect() -> list[Fact]:
    """As good as it gets: many closed complaints, all answered, all promises kept, all points."""
    return [
        fact(1, Kind.FIGURES, 1, a=10**9, b=0, c=900_000, d=900_000, e=900_000),
        fact(2, Kind.MEDIATION, 1, a=900_000, b=900_000),
        *(fact(10 + item, Kind.CHECK, 1, code=item, a=1) for item in range(1, 7)),
        fact(20, Kind.TRAINING, 1, a=24),
        fact(21, Kind.EXAM, 1, a=1),
        *(fact(30 + code, Kind.CONTROL, 1, code=code, a=1) for code in range(1, 5)),
        fact(40, Kind.COMMITMENT, 1, a=900_000, b=900_000),
        fact(41, Kind.CONTRIBUTION, 1, a=20),
    ]


def rated(*more: Fact, member: Member = MEMBER, day: date = DAY, previous: Previous | None = None):
    return evaluate(RULES, member, [*perfect(), *more], day, previous)


def test_a_perfect_member_is_aaa() -> None:
    for category in (1, 2, 3, 4):
        rating = rated(member=Member("m", "a", category, date(2020, 1, 1)))
        assert (rating.state, rating.grade, rating.ceilings) == (State.RATED, AAA, ())
        assert rating.score >= 999_000


@pytest.mark.parametrize(
    ("severity", "age", "ceiling"),
    [
        (1, 0, AAA),
        (2, 0, A), (2, 89, A), (2, 90, AA), (2, 364, AA), (2, 365, AAA),
        (3, 364, BB), (3, 365, BBB), (3, 1094, BBB), (3, 1095, AAA),
        (4, 0, C), (4, 1094, C), (4, 1095, AAA),
    ],
)  # fmt: skip
def test_a_record_holds_the_grade_while_it_is_young(severity: int, age: int, ceiling: int) -> None:
    rating = rated(fact(99, Kind.VIOLATION, age, code=1, severity=severity))
    held = [hit.at_most for hit in rating.ceilings if hit.fact_id == 99]
    assert held == ([ceiling] if ceiling > AAA else [])


@pytest.mark.parametrize(
    ("about", "ceiling", "reason"),
    [
        ([fact(99, Kind.DUTY, 90)], AAA, 0),
        ([fact(99, Kind.DUTY, 91)], BBB, Reason.TRAINING_OVERDUE),
        ([fact(99, Kind.DUTY, 91), fact(100, Kind.DISCHARGE, 0, ref_id=99)], AAA, 0),
        ([fact(99, Kind.LICENCE, 9, until_on=DAY)], AAA, 0),
        ([fact(99, Kind.LAPSED, 0)], BB, Reason.LICENCE_LAPSED),
        ([fact(99, Kind.LAPSED, 0), fact(100, Kind.DISCHARGE, 0, ref_id=99)], AAA, 0),
        ([fact(99, Kind.UNPERFORMED, 0)], CCC, Reason.NOT_PERFORMED),
        ([fact(99, Kind.UNPERFORMED, 5), fact(100, Kind.DISCHARGE, 0, ref_id=99)], AAA, 0),
        ([fact(99, Kind.BAN, 900)], D, Reason.BARRED),
        ([fact(99, Kind.BAN, 900, until_on=DAY)], D, Reason.BARRED),
        ([fact(99, Kind.BAN, 900, until_on=DAY - timedelta(1))], AAA, 0),
        ([fact(99, Kind.BAN, 900), fact(100, Kind.REVERSAL, 0, ref_id=99)], AAA, 0),
    ],
)
def test_what_holds_the_grade_beside_records(about: list[Fact], ceiling: int, reason: int) -> None:
    rating = rated(*about)
    assert (rating.ceiling, rating.mask, rating.grade) == (ceiling, reason, ceiling)


def test_a_licence_past_its_day_counts_nothing_and_holds_the_grade() -> None:
    rating = rated(fact(99, Kind.LICENCE, 400, until_on=DAY - timedelta(1)))
    assert (rating.ceiling, rating.d3) == (BB, 833_333)
    assert [(hit.reason, hit.fact_id) for hit in rating.ceilings] == [(Reason.LICENCE_LAPSED, 99)]
    renewed = rated(
        fact(99, Kind.LICENCE, 400, until_on=DAY - timedelta(1)),
        fact(100, Kind.LICENCE, 0, until_on=date(9999, 12, 31)),
    )
    assert (renewed.ceiling, renewed.d3) == (AAA, 1_000_000)


@pytest.mark.parametrize(
    ("records", "d1", "ceiling"),
    [(6, 640_000, AAA), (7, 580_000, BBB), (9, 460_000, BB), (11, 340_000, B), (14, 160_000, CCC)],
)
def test_a_low_dimension_holds_the_grade(records: int, d1: int, ceiling: int) -> None:
    """Minor records hold nothing themselves; codes differ, so none repeats."""
    rating = rated(*(fact(100 + i, Kind.VIOLATION, 0, code=i, severity=1) for i in range(1, records + 1)))
    assert (rating.d1, rating.ceiling) == (d1, ceiling)


@pytest.mark.parametrize(
    ("joined", "state", "ceiling"),
    [
        (date(2026, 5, 23), State.NOT_RATED, A),
        (date(2026, 5, 22), State.PROVISIONAL, A),
        (date(2025, 11, 23), State.PROVISIONAL, A),
        (date(2025, 11, 22), State.RATED, AA),
        (date(2024, 11, 23), State.RATED, AA),
        (date(2024, 11, 22), State.RATED, AAA),
    ],
)
def test_a_new_member_waits(joined: date, state: State, ceiling: int) -> None:
    rating = rated(member=Member("m", "a", 3, joined))
    assert (rating.state, rating.ceiling) == (state, ceiling)


@pytest.mark.parametrize(
    ("about", "state", "shown"),
    [
        ([fact(99, Kind.REVIEW, 89)], State.SUSPENDED, 0),
        ([fact(99, Kind.REVIEW, 90)], State.RATED, AAA),
        ([fact(99, Kind.REVIEW, 1), fact(100, Kind.LEFT, 0)], State.WITHDRAWN, 0),
        ([fact(99, Kind.LEFT, 1), fact(100, Kind.BAN, 1, until_on=DAY)], State.BARRED, D),
        ([fact(99, Kind.LEFT, 1), fact(100, Kind.BAN, 9, until_on=DAY - timedelta(1))], State.WITHDRAWN, 0),
        ([fact(99, Kind.CHECK, 0, code=1, a=0)], State.NOT_RATED, 0),
    ],
)
def test_states_in_their_order(about: list[Fact], state: State, shown: int) -> None:
    rating = rated(*about)
    assert (rating.state, rating.shown) == (state, shown)


def test_a_fact_that_is_still_to_come_counts_nothing_but_names_its_day() -> None:
    rating = rated(fact(99, Kind.BAN, -5))
    assert (rating.state, rating.grade, rating.next_change_on) == (State.RATED, AAA, DAY + timedelta(5))
    assert rating.last_fact_id == 99


@pytest.mark.parametrize(
    ("previous", "more", "shown", "up_on"),
    [
        (None, [], AAA, None),
        (Previous(State.RATED, BB, None, 50), [], BBB, DAY),
        (Previous(State.RATED, BB, DAY - timedelta(89), 50), [], BB, DAY - timedelta(89)),
        (Previous(State.RATED, BB, DAY - timedelta(90), 50), [], BBB, DAY),
        (Previous(State.BARRED, D, None, 50), [], C, DAY),
        (Previous(State.NOT_RATED, 0, None, 50), [], AAA, None),
        (Previous(State.RATED, BB, None, 50), [fact(60, Kind.REVERSAL, 0, ref_id=7)], AAA, DAY),
        (Previous(State.RATED, BB, None, 50), [fact(60, Kind.REPAIR, 0, ref_id=7)], AAA, DAY),
        (Previous(State.RATED, BB, None, 50), [fact(60, Kind.CORRECTION, 0, ref_id=7)], AAA, DAY),
        (Previous(State.RATED, BB, None, 50), [fact(60, Kind.STAY, 0, ref_id=7)], BBB, DAY),
        (Previous(State.RATED, BB, None, 60), [fact(60, Kind.REVERSAL, 0, ref_id=7)], BBB, DAY),
        (Previous(State.RATED, AAA, DAY, 50), [fact(60, Kind.UNPERFORMED)], CCC, DAY),
    ],
)
def test_the_brake_on_upgrades(previous, more, shown: int, up_on: date | None) -> None:
    rating = rated(*more, previous=previous)
    assert (rating.shown, rating.up_on) == (shown, up_on)
    if shown != rating.grade:
        assert rating.next_change_on <= (up_on or DAY) + timedelta(90)


@pytest.mark.parametrize(
    ("sequence", "counts"),
    [
        ([], True),
        ([Kind.STAY], False),
        ([Kind.STAY, Kind.STAY_ENDED], True),
        ([Kind.STAY, Kind.STAY_ENDED, Kind.REVERSAL], False),
        ([Kind.REPAIR, Kind.STAY_ENDED], True),
        ([Kind.CORRECTION], False),
        ([Kind.DISCHARGE], False),
    ],
)
def test_the_latest_word_about_a_record_decides(sequence: list[Kind], counts: bool) -> None:
    record = fact(99, Kind.VIOLATION, 30, code=1, severity=2)
    words = [fact(100 + i, kind, 20 - i, ref_id=99) for i, kind in enumerate(sequence)]
    assert rated(record, *words).d1 == (800_000 if counts else 1_000_000)


def test_a_word_about_a_record_waits_for_its_day_and_ties_go_by_id() -> None:
    record = fact(99, Kind.VIOLATION, 30, code=1, severity=2)
    later = rated(record, fact(100, Kind.REVERSAL, -3, ref_id=99))
    assert (later.d1, later.next_change_on) == (800_000, DAY + timedelta(3))
    same_day = [fact(101, Kind.STAY_ENDED, 1, ref_id=99), fact(100, Kind.STAY, 1, ref_id=99)]
    assert rated(record, *same_day).d1 == 800_000


def test_a_voided_record_is_no_earlier_record_either() -> None:
    first = fact(98, Kind.VIOLATION, 40, code=1, severity=2)
    second = fact(99, Kind.VIOLATION, 30, code=1, severity=2)
    undone = fact(100, Kind.REVERSAL, 1, ref_id=98)
    assert rated(first, second).d1 == 1_000_000 - 20 * 100 * 250
    assert rated(first, second, undone).d1 == 800_000


def test_an_agency_is_judged_by_its_roster_once_it_has_one() -> None:
    agency = Member("m", "a", 2, date(2020, 1, 1))
    assert (
        rated(fact(99, Kind.ROSTER, 1, a=9, b=5), member=agency).d4 == (60 * 555_556 + 40_000_000 + 50) // 100
    )
    assert rated(fact(99, Kind.ROSTER, 1, a=0, b=0), member=agency).d4 == 1_000_000
    assert rated(fact(99, Kind.ROSTER, 1, a=9, b=5)).d4 == 1_000_000


def test_a_missing_exam_halves_the_training() -> None:
    facts = [f for f in perfect() if f.kind != Kind.EXAM]
    streamer = Member("m", "a", 4, date(2020, 1, 1))
    assert evaluate(RULES, streamer, facts, DAY).d4 == 700_000
    assert evaluate(RULES, MEMBER, facts, DAY).d4 == 1_000_000


def test_who_opts_out_gets_no_points_and_loses_nothing_else() -> None:
    shy = rated(member=Member("m", "a", 3, date(2020, 1, 1), opt_out=True))
    assert (shy.d6, shy.dimensions[:5]) == (0, rated().dimensions[:5])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (fact(9, 18), "kind"),
        (fact(9, Kind.FIGURES, a=1, b=0, c=1, d=2, e=0), "d"),
        (fact(9, Kind.FIGURES, a=1, b=0, c=1, d=0, e=2), "e"),
        (fact(9, Kind.FIGURES, a=1, b=0, c=1, d=0), "e"),
        (fact(9, Kind.FIGURES, a=-1, b=0, c=0, d=0, e=0), "a"),
        (fact(9, Kind.FIGURES, a=1, b=10**7, c=0, d=0, e=0), "b"),
        (fact(9, Kind.MEDIATION, a=1, b=2), "b"),
        (fact(9, Kind.CHECK, code=1, a=2), "a"),
        (fact(9, Kind.TRAINING), "a"),
        (fact(9, Kind.VIOLATION, code=1, severity=5), "severity"),
        (fact(9, Kind.VIOLATION, code=1), "severity"),
        (fact(9, Kind.LICENCE), "until_on"),
        (fact(9, Kind.REPAIR), "ref_id"),
        (Fact(9, Kind.BAN, date(9999, 12, 31), DAY), "occurred_on"),
        (Fact(9, Kind.BAN, date(1, 1, 1), DAY), "occurred_on"),
        (fact(1, Kind.LEFT), "id"),
    ],
)
def test_an_impossible_fact_is_refused_by_name(wrong: Fact, field: str) -> None:
    with pytest.raises(FactError) as refused:
        rated(wrong)
    assert (refused.value.fact_id, refused.value.field) == (wrong.id, field)


def test_a_bar_for_good_may_be_written_as_the_last_day_of_the_calendar() -> None:
    rating = rated(fact(99, Kind.BAN, 5, until_on=date(9999, 12, 31)))
    assert rating.state is State.BARRED


def test_checked_facts_give_the_same_and_take_more_that_can_be() -> None:
    checked, more = Checked.of(reversed(perfect())), fact(50, Kind.VIOLATION, 3, code=1, severity=2)
    assert evaluate(RULES, MEMBER, checked, DAY) == rated()
    assert evaluate(RULES, MEMBER, checked.with_more([more]), DAY) == rated(more)
    with pytest.raises(FactError):
        checked.with_more([fact(1, Kind.CHECK, code=1, a=1)])
    with pytest.raises(FactError):
        checked.with_more([fact(51, Kind.CHECK, code=1, a=2)])
