"""The arithmetic of the duty, line by line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from associations.training.reckoning import Year, binds, debts, done, made_up_on


@pytest.mark.parametrize(
    ("years", "owed", "counted"),
    [
        ([(8, 8)], [0], [8]),
        ([(8, 0)], [8], [0]),
        ([(8, 12)], [0], [12]),  # beyond the requirement is shown
        ([(8, 12), (8, 0)], [0, 8], [12, 0]),  # and not carried over
        ([(8, 0), (8, 8)], [8, 8], [8, 0]),  # what is held makes up for the oldest first
        ([(8, 3), (8, 6)], [5, 7], [8, 1]),
        ([(8, 0), (8, 16)], [8, 0], [8, 8]),
        ([(8, 0), (8, 0), (8, 10)], [8, 16, 14], [8, 2, 0]),
        ([(0, 0), (8, 8)], [0, 0], [0, 8]),
        ([(8, 0), (0, 5)], [8, 3], [5, 0]),  # a year that does not bind still makes up
        ([(1, 0), (1, 1)], [1, 1], [1, 0]),  # exams alike
        ([(1, 0), (1, 2)], [1, 0], [1, 1]),
    ],
)
def test_what_is_owed_and_what_counts(years, owed, counted):
    rows = [Year(*year) for year in years]
    assert debts(rows) == owed
    assert [done(rows, at) for at in range(len(rows))] == counted


@given(st.lists(st.builds(Year, st.integers(0, 24), st.integers(0, 60)), min_size=1, max_size=8))
def test_hours_count_once(years):
    assert sum(done(years, at) for at in range(len(years))) <= sum(year.held for year in years)


@given(
    st.lists(st.builds(Year, st.integers(0, 24), st.integers(0, 60)), min_size=1, max_size=8),
    st.integers(1, 9),
)
def test_more_hours_never_count_for_less(years, more):
    last = Year(years[-1].required, years[-1].held + more)
    richer = [*years[:-1], last]
    assert all(done(richer, at) >= done(years, at) for at in range(len(years)))


@given(st.lists(st.builds(Year, st.integers(0, 24), st.integers(0, 60)), min_size=1, max_size=8))
def test_what_is_missing_everywhere_is_what_is_owed_at_the_end(years):
    missing = sum(max(0, year.required - done(years, at)) for at, year in enumerate(years))
    assert missing == debts(years)[-1]


DUE = date(2025, 12, 31)
LATER = [(date(2026, 1, 9), 3, False), (date(2026, 2, 9), 0, True), (date(2026, 3, 9), 5, False)]


@pytest.mark.parametrize(
    ("hours", "exams", "day"),
    [
        (0, 0, DUE),
        (-2, 0, DUE),
        (3, 0, date(2026, 1, 9)),
        (0, 1, date(2026, 2, 9)),
        (3, 1, date(2026, 2, 9)),
        (4, 0, date(2026, 3, 9)),
        (8, 1, date(2026, 3, 9)),
        (9, 0, None),
        (0, 2, None),
    ],
)
def test_the_day_it_was_made_up(hours, exams, day):
    assert made_up_on(hours, exams, LATER, due_on=DUE) == day


@pytest.mark.parametrize(
    ("joined", "left", "bound"),
    [
        (date(2019, 1, 1), None, True),
        (date(2026, 1, 1), None, True),
        (date(2026, 6, 30), None, True),
        (date(2026, 7, 1), None, False),
        (date(2026, 12, 31), None, False),
        (date(2027, 1, 1), None, False),
        (date(2024, 2, 29), date(2026, 12, 31), False),  # gone on the day it falls due
        (date(2024, 2, 29), date(2027, 1, 1), True),
        (date(2024, 2, 29), date(2025, 1, 1), False),
    ],
)
def test_whom_a_year_binds(joined, left, bound):
    assert binds(2026, joined, left) is bound
