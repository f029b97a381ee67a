"""The monthly roster of an agency."""

from datetime import date

import pytest

from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.members.models import AgencyLink
from associations.members.states import Category
from associations.tenancy import scope
from associations.training import services
from associations.training.services import AttendanceRow, record_attendance, record_rosters
from associations.training.services.rosters import month_end_before
from associations.training.states import Presence
from tests.associations.training.conftest import enrol


@pytest.fixture
def firm(city):
    return enrol(city, Category.AGENCY)


def link(city, agency, streamer, since, until=None):
    with scope.of(city.association):
        return AgencyLink.objects.create(
            association=city.association, agency=agency, streamer=streamer, since=since, until=until
        )


def train(city, course, member, day, hours=12, *, passed=True):
    with scope.of(city.association):
        session = services.hold_session(course=course, held_on=day, by=None)
        record_attendance(
            session=session,
            rows=[AttendanceRow(member.pk, Presence.PRESENT, hours=hours, passed=passed)],
            by=None,
        )


def rosters(city, agency):
    with scope.of(city.association):
        rows = Fact.objects.filter(membership=agency, kind=FactKind.ROSTER).order_by("id")
        return list(rows.values_list("occurred_on", "a", "b"))


def take(city, on):
    with scope.of(city.association):
        return record_rosters(on=on)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 3, 1), date(2026, 2, 28)),
        (date(2028, 3, 31), date(2028, 2, 29)),
        (date(2026, 1, 1), date(2025, 12, 31)),
        (date(2026, 1, 31), date(2025, 12, 31)),
    ],
)
def test_the_month_that_ended(day, end):
    assert month_end_before(day) == end


def test_counts_those_signed_on_the_last_day_of_the_month(city, firm):
    a, b, c, d = (enrol(city) for _ in range(4))
    link(city, firm, a, date(2026, 1, 5))
    link(city, firm, b, date(2026, 1, 5), date(2026, 3, 30))  # ended the day before
    link(city, firm, c, date(2026, 1, 5), date(2026, 3, 31))  # the last day counts
    link(city, firm, d, date(2026, 4, 1))  # begins the day after
    left = enrol(city, left_on=date(2026, 3, 31))
    link(city, firm, left, date(2026, 1, 5))
    assert take(city, date(2026, 4, 1)) == 1
    assert rosters(city, firm) == [(date(2026, 3, 31), 2, 0)]


def test_trained_is_hours_and_exam_within_the_year(city, firm, course):
    trained, on_the_edge, too_old, no_exam, too_few = (enrol(city) for _ in range(5))
    for each in (trained, on_the_edge, too_old, no_exam, too_few):
        link(city, firm, each, date(2024, 1, 20))
    train(city, course, trained, date(2026, 1, 10))
    train(city, course, on_the_edge, date(2025, 4, 1))  # 364 days before 2026-03-31
    train(city, course, too_old, date(2025, 3, 31))  # 365 days: out of the window
    train(city, course, no_exam, date(2026, 1, 10), passed=False)
    train(city, course, too_few, date(2026, 1, 10), hours=11)
    take(city, date(2026, 4, 15))
    assert rosters(city, firm) == [(date(2026, 3, 31), 5, 2)]


def test_the_same_month_again_records_nothing(city, firm):
    link(city, firm, enrol(city), date(2026, 1, 5))
    assert [take(city, day) for day in (date(2026, 4, 1), date(2026, 4, 30), date(2026, 5, 1))] == [1, 0, 1]
    assert rosters(city, firm) == [(date(2026, 3, 31), 1, 0), (date(2026, 4, 30), 1, 0)]


def test_an_agency_whose_last_streamer_left_gets_an_empty_roster_once(city, firm):
    link(city, firm, enrol(city), date(2026, 1, 5), date(2026, 4, 10))
    assert [take(city, date(2026, month, 1)) for month in (4, 5, 6)] == [1, 1, 0]
    assert rosters(city, firm) == [(date(2026, 3, 31), 1, 0), (date(2026, 4, 30), 0, 0)]


def test_an_agency_without_streamers_has_no_roster(city, firm):
    assert take(city, date(2026, 4, 1)) == 0
    assert rosters(city, firm) == []


def test_statements_do_not_grow_with_the_agencies(city, django_assert_num_queries):
    for more, month in ((1, 4), (5, 5)):
        for _ in range(more):
            link(city, enrol(city, Category.AGENCY), enrol(city), date(2026, 1, 5))
        with scope.of(city.association), django_assert_num_queries(15):
            record_rosters(on=date(2026, month, 1))
