"""Working days: the official calendar, our own days before it, and no guessing."""

from datetime import date

import pytest

from core.calendar.selectors import (
    Calendar,
    UnknownYear,
    add_working_days,
    calendar,
    is_working_day,
    working_days_between,
)
from core.verdicts import Denied
from core.walls.roles import Role, taken

PLAIN = Calendar({}, frozenset())


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 4, 22), True),
        (date(2026, 5, 1), False),  # Labour Day
        (date(2026, 5, 4), False),  # a Monday off in exchange
        (date(2026, 5, 9), True),  # a Saturday worked in exchange
        (date(2026, 5, 16), False),  # a Saturday
        (date(2026, 10, 1), False),
    ],
)
def test_days_of_the_official_calendar(day, working):
    assert PLAIN.is_working_day(day) is working


@pytest.mark.parametrize(
    ("day", "count", "reached"),
    [
        (date(2026, 4, 22), 10, date(2026, 5, 9)),
        (date(2026, 4, 30), 1, date(2026, 5, 6)),
        (date(2026, 5, 2), 0, date(2026, 5, 2)),
        (date(2026, 5, 6), -1, date(2026, 4, 30)),
    ],
)
def test_so_many_working_days_on(day, count, reached):
    assert PLAIN.add(day, count) == reached


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 4, 22), date(2026, 5, 9), 10),
        (date(2026, 5, 9), date(2026, 4, 22), -10),
        (date(2026, 4, 30), date(2026, 5, 5), 0),
        (date(2026, 5, 6), date(2026, 5, 6), 0),
    ],
)
def test_between(first, last, days):
    assert PLAIN.between(first, last) == days


def test_a_year_nobody_knows_is_not_guessed():
    with pytest.raises(UnknownYear, match="2099") as raised:
        PLAIN.is_working_day(date(2099, 1, 5))
    assert (raised.value.year, isinstance(raised.value, Denied)) == (2099, True)


@pytest.mark.django_db
def test_own_days_go_before_and_an_entered_year_is_known(owner):
    assert (is_working_day(date(2026, 5, 4)), calendar().years) == (False, frozenset())
    owner.execute(
        "INSERT INTO core_dayoverride (day, working, source) "
        "VALUES ('2026-05-04', true, '通知'), ('2099-01-05', false, '通知')"
    )
    owner.execute("INSERT INTO core_enteredyear (year, source) VALUES (2099, '通知')")
    try:
        with taken(Role.CONSOLE, association_id=1):
            assert is_working_day(date(2026, 5, 4)) is True
            assert add_working_days(date(2099, 1, 2), 1) == date(2099, 1, 6)
            assert working_days_between(date(2099, 1, 1), date(2099, 1, 6)) == 2
    finally:
        owner.execute("DELETE FROM core_dayoverride")
        owner.execute("DELETE FROM core_enteredyear")
