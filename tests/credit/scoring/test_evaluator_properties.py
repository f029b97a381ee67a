"""What the method must give, on any member."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from credit.rulesets import method
from credit.rulesets.vocabulary import Kind
from credit.scoring.evaluator import Fact, Member, Previous, Reason, State, evaluate
from credit.scoring.evaluator.arithmetic import month_mark, whole_months
from tests.credit.scoring.world import EDGES, checked, quiet_worlds, world, worlds

RULES = method.default()
WORST = 11


def rank(rating) -> int:
    """Grades in order of how good they are; none is worst."""
    return rating.grade or WORST


def figures(rating) -> tuple:
    """All that a rating is, but the id of its last fact."""
    return replace(rating, last_fact_id=None)


@checked
@given(worlds, st.sampled_from([1, 2, 3, 4]), st.sampled_from(EDGES), st.integers(1, 3))
def test_adding_a_violation_never_raises_score_or_grade(case, severity, age, code) -> None:
    member, facts, day, _ = case
    assume(age >= 0)
    worse = Fact(77_777, Kind.VIOLATION, day - timedelta(age), day, code=code, severity=severity)
    before, after = (evaluate(RULES, member, known, day) for known in (facts, [*facts, worse]))
    assert after.score <= before.score
    assert after.state == before.state
    assert after.grade >= before.grade


@checked
@given(worlds)
def test_raising_upheld_by_one_never_raises_score_or_grade(case) -> None:
    member, facts, day, _ = case
    places = [place for place, fact in enumerate(facts) if fact.kind == Kind.FIGURES]
    assume(places)
    before = evaluate(RULES, member, facts, day)
    for place in places:
        worse = list(facts)
        worse[place] = replace(facts[place], b=facts[place].b + 1)
        after = evaluate(RULES, member, worse, day)
        assert after.score <= before.score
        assert (after.state, after.grade >= before.grade) == (before.state, True)


@checked
@given(quiet_worlds, st.lists(st.sampled_from([1, 22, 45, 90, 91, 182, 365, 366, 1095]), max_size=5))
def test_time_alone_never_lowers_d1(case, jumps) -> None:
    member, facts, day, _ = case
    days = [day]
    for jump in jumps:
        days.append(days[-1] + timedelta(jump))
    values = [evaluate(RULES, member, facts, on).d1 for on in days]
    assert values == sorted(values)


@checked
@given(worlds, st.integers(0, 40), st.integers(0, 400))
def test_a_contribution_never_lowers_anything(case, points, age) -> None:
    member, facts, day, _ = case
    given_ = Fact(77_777, Kind.CONTRIBUTION, day - timedelta(age), day, a=points)
    before, after = (evaluate(RULES, member, known, day) for known in (facts, [*facts, given_]))
    assert all(a >= b for a, b in zip(after.dimensions, before.dimensions, strict=True))
    assert (after.score >= before.score, after.confidence >= before.confidence) == (True, True)
    assert rank(after) <= rank(before)


@checked
@given(worlds)
def test_doubling_the_orders_never_lowers_the_score(case) -> None:
    member, facts, day, _ = case
    busier = [replace(f, a=2 * f.a) if f.kind == Kind.FIGURES else f for f in facts]
    before, after = (evaluate(RULES, member, known, day) for known in (facts, busier))
    assert (after.score >= before.score, rank(after) <= rank(before)) == (True, True)


@checked
@given(worlds, st.sampled_from([Kind.REVERSAL, Kind.REPAIR]), st.integers(1, 4), st.sampled_from(EDGES))
def test_a_repaired_or_reversed_record_gives_exactly_the_rating_without_it(case, kind, severity, age) -> None:
    member, facts, day, _ = case
    record = Fact(77_777, Kind.VIOLATION, day - timedelta(age), day, code=1, severity=severity)
    undone = Fact(88_888, kind, day, day, ref_id=77_777)
    without = evaluate(RULES, member, facts, day)
    assert figures(evaluate(RULES, member, [*facts, record, undone], day)) == figures(without)


@checked
@given(worlds)
def test_a_second_run_on_the_same_day_changes_nothing(case) -> None:
    member, facts, day, previous = case
    first = evaluate(RULES, member, facts, day, previous)
    again = Previous(first.state, first.shown, first.up_on, first.last_fact_id)
    assert evaluate(RULES, member, facts, day, again) == first


def unchanging(rating) -> tuple:
    """What must stay until the day the rating names."""
    return (
        rating.score,
        rating.dimensions,
        rating.confidence,
        rating.n,
        rating.state,
        rating.grade,
        rating.shown,
        rating.ceiling,
        rating.mask,
        rating.up_on,
        rating.next_change_on,
        [line.earned for line in rating.lines],
    )


@pytest.mark.parametrize("seed", range(3))
def test_nothing_moves_before_the_day_it_names(seed: int) -> None:
    early = on_the_day = 0
    for number in range(seed * 150, (seed + 1) * 150):
        member, facts, day, previous = world(number)
        rating = evaluate(RULES, member, facts, day, previous)
        if rating.state is State.WITHDRAWN:
            assert rating.next_change_on is None
            continue
        standing = Previous(rating.state, rating.shown, rating.up_on, rating.last_fact_id)
        ends = rating.next_change_on or day + timedelta(1500)
        length = (ends - day).days
        for days in sorted({1, length // 3, length // 2, length - 1} - {0}):
            if 0 < days < length:
                later = evaluate(RULES, member, facts, day + timedelta(days), standing)
                early += unchanging(later) != unchanging(rating)
        on_the_day += bool(rating.next_change_on) and unchanging(
            evaluate(RULES, member, facts, ends, standing)
        ) != unchanging(rating)
    assert early == 0
    assert on_the_day > 100


def test_nothing_moves_on_any_day_between() -> None:
    for number in range(40):
        member, facts, day, previous = world(1_000 + number, 6)
        rating = evaluate(RULES, member, facts, day, previous)
        if rating.next_change_on is None:
            continue
        standing = Previous(rating.state, rating.shown, rating.up_on, rating.last_fact_id)
        for days in range(1, (rating.next_change_on - day).days):
            later = evaluate(RULES, member, facts, day + timedelta(days), standing)
            assert unchanging(later) == unchanging(rating), (number, days)


def test_night_by_night_gives_what_every_day_gives() -> None:
    """Rating only on the days named, and rating every day, show the same all along."""
    for number in range(12):
        member, facts, day, _ = world(2_000 + number, 8, others=False)
        lazy = daily = None
        due = day
        for days in range(400):
            today = day + timedelta(days)
            daily = evaluate(RULES, member, facts, today, daily and _before(daily))
            if due is not None and today >= due:
                lazy = evaluate(RULES, member, facts, today, lazy and _before(lazy))
                due = lazy.next_change_on
            assert unchanging(lazy) == unchanging(daily), (number, today)


def _before(rating) -> Previous:
    return Previous(rating.state, rating.shown, rating.up_on, rating.last_fact_id)


@pytest.mark.parametrize(
    ("severity", "edges"),
    [
        (1, [(0, 940_000), (22, 940_000), (23, 955_000), (44, 955_000), (45, 970_000), (67, 970_000),
             (68, 985_000), (89, 985_000), (90, 1_000_000)]),
        (2, [(91, 800_000), (92, 850_000), (182, 850_000), (183, 900_000), (273, 900_000), (274, 950_000),
             (364, 950_000), (365, 1_000_000)]),
        (3, [(273, 400_000), (274, 550_000), (547, 550_000), (548, 700_000), (821, 700_000), (822, 850_000),
             (1094, 850_000), (1095, 1_000_000)]),
        (4, [(0, 0), (1094, 750_000), (1095, 1_000_000)]),
    ],
)  # fmt: skip
def test_a_record_fades_by_its_steps(severity: int, edges: list[tuple[int, int]]) -> None:
    decided = date(2023, 3, 7)  # the year after holds a leap day
    record = Fact(1, Kind.VIOLATION, decided, decided, code=1, severity=severity)
    for age, d1 in edges:
        rating = evaluate(RULES, Member("m", "a", 3, date(2020, 1, 1)), [record], decided + timedelta(age))
        assert rating.d1 == d1, age


@pytest.mark.parametrize("decided", [date(2024, 2, 29), date(2023, 12, 31), date(2025, 6, 1)])
@pytest.mark.parametrize("severity", [1, 2, 3, 4])
def test_the_days_of_the_steps_are_exactly_those_named(decided: date, severity: int) -> None:
    record = Fact(1, Kind.VIOLATION, decided, decided, code=1, severity=severity)
    member = Member("m", "a", 3, date(2020, 1, 1))
    window = RULES.severities[severity].window_days
    named, day = [], decided
    while True:
        rating = evaluate(RULES, member, [record], day)
        line = next((line for line in rating.lines if line.facts == (1,)), None)
        if line is None:
            break
        assert line.changes_on > day
        assert line.ends_on == decided + timedelta(window)
        named.append((day, line.loss))
        day = line.changes_on
    assert [(day - decided).days for day, _ in named] == [-(-q * window // 4) for q in range(4)]
    assert day == decided + timedelta(window)
    for (_, loss), (next_day, next_loss) in pairwise(named):
        eve = evaluate(RULES, member, [record], next_day - timedelta(1))
        assert next(line.loss for line in eve.lines if line.facts == (1,)) == loss > next_loss


@pytest.mark.parametrize(
    ("days_between", "repeat"), [(0, 150), (1, 150), (364, 150), (365, 150), (366, 100), (400, 100)]
)
def test_an_earlier_record_of_the_code_counts_for_a_year(days_between: int, repeat: int) -> None:
    day = date(2025, 3, 1)
    first = Fact(1, Kind.VIOLATION, day - timedelta(days_between), day, code=5, severity=1)
    second = Fact(2, Kind.VIOLATION, day, day, code=5, severity=3)
    rating = evaluate(RULES, Member("m", "a", 3, date(2020, 1, 1)), [first, second], day)
    line = next(line for line in rating.lines if line.facts == (2,))
    assert dict(line.figures)["repeat"] == repeat


def test_repeat_is_capped_at_double_and_codes_do_not_mix() -> None:
    day = date(2025, 3, 1)
    records = [Fact(i, Kind.VIOLATION, day, day, code=5, severity=1) for i in range(1, 6)]
    other = Fact(9, Kind.VIOLATION, day, day, code=6, severity=1)
    rating = evaluate(RULES, Member("m", "a", 3, date(2020, 1, 1)), [*records, other], day)
    repeats = [dict(line.figures).get("repeat") for line in rating.lines if line.number == "1.1"]
    assert repeats == [None, 100, 150, 200, 200, 200, 100]
    assert rating.d1 == 1_000_000 - 6 * 100 * (100 + 150 + 200 + 200 + 200 + 100)


@checked
@given(st.dates(date(2019, 1, 1), date(2030, 12, 31)), st.integers(1, 40))
def test_a_month_mark_is_the_first_day_with_so_many_months(joined: date, months: int) -> None:
    mark = month_mark(joined, months)
    assert whole_months(joined, mark) == months
    assert whole_months(joined, mark - timedelta(1)) == months - 1


@pytest.mark.parametrize(
    ("joined", "day", "months"),
    [
        (date(2025, 1, 31), date(2025, 2, 28), 0),
        (date(2025, 1, 31), date(2025, 3, 1), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
        (date(2024, 2, 29), date(2025, 3, 1), 12),
        (date(2025, 5, 1), date(2025, 4, 1), 0),
    ],
)
def test_whole_months(joined: date, day: date, months: int) -> None:
    assert whole_months(joined, day) == months


def test_the_reasons_for_not_rating_are_named() -> None:
    day = date(2026, 3, 1)
    rating = evaluate(RULES, Member("m", "a", 3, date(2026, 1, 1)), [], day)
    assert rating.mask & Reason.TOO_NEW
    assert rating.next_change_on == date(2026, 4, 1)
