"""The yearly duty: what is done of it, when it falls due, how it is discharged."""

from datetime import date

import pytest

from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.members.states import Category
from associations.tenancy import scope
from associations.training import services, tasks
from associations.training.selectors import duties_of, duty_of, overview
from associations.training.services import AttendanceRow, Settled, record_attendance, settle_duties
from associations.training.states import DutyState, Presence
from core.ledger.models import Entry
from tests.associations.training.conftest import enrol


@pytest.fixture
def train(city, course, today):
    """Attend `hours` on a day, with an exam passed or not; entered on that day, or on another."""

    def attend(member, day, hours, *, passed=None, presence=Presence.PRESENT, entered_on=None):
        today(entered_on or day)
        with scope.of(city.association):
            session = services.hold_session(course=course, held_on=day, by=None)
            row = AttendanceRow(member.pk, presence, hours=hours, passed=passed)
            return record_attendance(session=session, rows=[row], by=None)

    return attend


@pytest.fixture
def adopted(city):
    with scope.of(city.association):
        services.adopt_default_duties(year=2024, by=city.admin)


def settle(city, on):
    with scope.of(city.association):
        return settle_duties(on=on)


def duties(city, member):
    """(kind, occurred_on) of the member's duty facts, in the order they were written."""
    with scope.of(city.association):
        rows = Fact.objects.filter(membership=member, kind__in=[FactKind.DUTY, FactKind.DISCHARGE]).order_by(
            "id"
        )
        return [(FactKind(fact.kind).name, fact.occurred_on) for fact in rows]


@pytest.mark.parametrize(
    ("category", "hours", "exam"),
    [
        (Category.PLATFORM, 24, True),
        (Category.AGENCY, 16, True),
        (Category.OPERATOR, 8, False),
        (Category.STREAMER, 12, True),
    ],
)
def test_the_requirements_of_each_category(city, category, hours, exam):
    member = enrol(city, category)
    with scope.of(city.association):
        before = duty_of(member, 2025, as_of=date(2026, 5, 1))
        services.adopt_default_duties(year=2025, by=city.admin)
        after = duty_of(member, 2025, as_of=date(2026, 5, 1))
        services.set_duty(category=category, year=2026, hours=30, exam=not exam, by=city.admin)
        later = duty_of(member, 2026, as_of=date(2026, 5, 1))
        unchanged = duty_of(member, 2025, as_of=date(2026, 5, 1))
    assert (before.hours_required, before.exam_required, before.overdue) == (
        hours,
        exam,
        False,
    )  # none adopted
    assert (after.hours_required, after.exam_required, after.overdue) == (hours, exam, True)
    assert (later.hours_required, later.exam_required) == (30, not exam)
    assert unchanged == after


@pytest.mark.parametrize(
    ("attended", "as_of", "state"),
    [
        ((0, None), date(2025, 6, 1), DutyState.NOT_BEGUN),
        ((3, None), date(2025, 6, 1), DutyState.UNDER_WAY),
        ((12, None), date(2025, 6, 1), DutyState.UNDER_WAY),  # the exam is missing
        ((11, True), date(2025, 6, 1), DutyState.UNDER_WAY),
        ((12, True), date(2025, 6, 1), DutyState.DONE),
        ((12, False), date(2025, 12, 31), DutyState.UNDER_WAY),  # the last day
        ((12, False), date(2026, 1, 1), DutyState.OVERDUE),
        ((12, True), date(2026, 1, 1), DutyState.DONE),
    ],
)
@pytest.mark.usefixtures("adopted")
def test_a_year_day_by_day(city, train, attended, as_of, state):
    member = enrol(city, joined_on=date(2024, 12, 1))
    hours, passed = attended
    train(member, date(2025, 3, 3), hours, passed=passed)
    with scope.of(city.association):
        assert duty_of(member, 2025, as_of=as_of).state == state


@pytest.mark.usefixtures("adopted")
def test_the_edges_of_the_year(city, train):
    member = enrol(city, Category.OPERATOR)
    train(member, date(2024, 12, 31), 1)
    train(member, date(2025, 1, 1), 2)
    train(member, date(2025, 12, 31), 4)
    train(member, date(2026, 1, 1), 8)
    with scope.of(city.association):
        # as of 2025, what was missing in 2024 (7 of 8) took the hours of 2025
        assert [duty_of(member, year, as_of=date(2026, 1, 1)).hours_done for year in (2024, 2025, 2026)] == [
            8,
            7,
            0,
        ]
        assert duty_of(member, 2024, as_of=date(2026, 1, 1)).due_on == date(2024, 12, 31)


@pytest.mark.usefixtures("adopted")
def test_absence_counts_nothing(city, train):
    member = enrol(city, Category.OPERATOR, joined_on=date(2024, 12, 1))
    train(member, date(2025, 3, 3), None, presence=Presence.EXCUSED)
    with scope.of(city.association):
        assert duty_of(member, 2025, as_of=date(2025, 6, 1)).state == DutyState.NOT_BEGUN


@pytest.mark.usefixtures("adopted")
def test_leap_day_is_a_day_of_its_year(city, train):
    member = enrol(city, Category.OPERATOR)
    train(member, date(2024, 2, 29), 8)
    with scope.of(city.association):
        assert duty_of(member, 2024, as_of=date(2024, 2, 29)).state == DutyState.DONE
    assert settle(city, date(2025, 1, 1)) == Settled()


def test_nothing_falls_due_before_the_association_sets_a_duty(city):
    member = enrol(city)
    assert settle(city, date(2026, 1, 1)) == Settled()
    with scope.of(city.association):
        services.set_duty(category=Category.OPERATOR, year=2024, hours=8, exam=False, by=city.admin)
    assert settle(city, date(2026, 1, 1)) == Settled()  # set for operators, not for streamers
    assert duties(city, member) == []


@pytest.mark.usefixtures("adopted")
@pytest.mark.parametrize(
    ("on", "fallen"),
    [
        (date(2024, 12, 31), []),  # the last day is still the member's
        (date(2025, 1, 1), [("DUTY", date(2024, 12, 31))]),
        (date(2026, 1, 1), [("DUTY", date(2024, 12, 31)), ("DUTY", date(2025, 12, 31))]),
    ],
)
def test_a_duty_falls_due_on_the_last_of_december(city, on, fallen):
    member = enrol(city)
    settle(city, on)
    assert duties(city, member) == fallen


@pytest.mark.usefixtures("adopted")
def test_settling_again_records_nothing(city):
    member = enrol(city)
    assert settle(city, date(2025, 1, 1)) == Settled(fell_due=1)
    with scope.of(city.association):
        entries = Entry.objects.count()
    assert settle(city, date(2025, 1, 2)) == Settled()
    with scope.of(city.association):
        assert Entry.objects.count() == entries
    assert duties(city, member) == [("DUTY", date(2024, 12, 31))]


@pytest.mark.usefixtures("adopted")
def test_late_training_discharges_at_once_on_its_day(city, train):
    member = enrol(city, Category.OPERATOR)
    train(member, date(2024, 6, 6), 3)
    settle(city, date(2025, 1, 1))
    train(member, date(2025, 2, 2), 4)
    assert duties(city, member) == [("DUTY", date(2024, 12, 31))]
    train(member, date(2025, 3, 3), 4)
    assert duties(city, member) == [("DUTY", date(2024, 12, 31)), ("DISCHARGE", date(2025, 3, 3))]
    with scope.of(city.association):
        # 8 hours in 2025, 5 of them for 2024
        assert duty_of(member, 2025, as_of=date(2025, 4, 1)).hours_done == 3


@pytest.mark.usefixtures("adopted")
def test_a_sheet_entered_late_discharges_on_the_due_day(city, train):
    member = enrol(city, Category.OPERATOR)
    settle(city, date(2025, 1, 1))
    train(member, date(2024, 12, 20), 8, entered_on=date(2025, 1, 5))
    assert duties(city, member) == [("DUTY", date(2024, 12, 31)), ("DISCHARGE", date(2024, 12, 31))]


@pytest.mark.usefixtures("adopted")
def test_the_exam_alone_keeps_a_duty_open(city, train):
    member = enrol(city)
    train(member, date(2024, 6, 6), 12)
    settle(city, date(2025, 1, 1))
    assert duties(city, member) == [("DUTY", date(2024, 12, 31))]
    train(member, date(2025, 2, 2), 0, passed=False)
    assert duties(city, member) == [("DUTY", date(2024, 12, 31))]
    train(member, date(2025, 2, 3), 0, passed=True)
    assert duties(city, member) == [("DUTY", date(2024, 12, 31)), ("DISCHARGE", date(2025, 2, 3))]


@pytest.mark.usefixtures("adopted")
def test_a_correction_that_takes_the_hours_back_lets_it_fall_due_anew(city, train):
    member = enrol(city, Category.OPERATOR, joined_on=date(2024, 1, 1))
    settle(city, date(2025, 1, 1))
    train(member, date(2024, 12, 20), 8, entered_on=date(2025, 1, 5))
    train(member, date(2024, 12, 20), None, presence=Presence.ABSENT, entered_on=date(2025, 2, 5))
    due = ("DUTY", date(2024, 12, 31))
    assert duties(city, member) == [due, ("DISCHARGE", date(2024, 12, 31)), due]


@pytest.mark.usefixtures("adopted")
def test_who_came_late_or_left_owes_nothing(city):
    late = enrol(city, joined_on=date(2024, 7, 1))
    gone = enrol(city, left_on=date(2024, 12, 31))
    stayed = enrol(city, left_on=date(2025, 1, 1))
    settle(city, date(2025, 1, 2))
    assert [duties(city, member) for member in (late, gone, stayed)] == [
        [],
        [],
        [("DUTY", date(2024, 12, 31))],
    ]


@pytest.mark.usefixtures("adopted")
def test_one_association_does_not_settle_the_others(city, province):
    theirs = enrol(province)
    with scope.of(province.association):
        services.adopt_default_duties(year=2024, by=province.admin)
    settle(city, date(2026, 1, 1))
    assert duties(province, theirs) == []


@pytest.mark.usefixtures("adopted")
def test_statements_do_not_grow_with_the_members(city, django_assert_num_queries):
    for more in (1, 20):
        members = [enrol(city) for _ in range(more)]
        with scope.of(city.association):
            with django_assert_num_queries(15):
                settle_duties(on=date(2025, 1, 1))
            with django_assert_num_queries(2):
                duties_of(members, 2025)
            with django_assert_num_queries(3):
                overview(2025)


def test_the_sweep_visits_every_association(city, province, today):
    members = [enrol(city), enrol(province)]
    for house in (city, province):
        with scope.of(house.association):
            services.adopt_default_duties(year=2025, by=house.admin)
    today(date(2026, 1, 1))
    tasks.settle_duties()
    assert [duties(city, members[0]), duties(province, members[1])] == [[("DUTY", date(2025, 12, 31))]] * 2


def test_setting_a_duty_again_keeps_the_one_before_in_the_ledger(city):
    with scope.of(city.association):
        services.set_duty(category=Category.STREAMER, year=2026, hours=12, exam=True, by=city.admin)
        services.set_duty(category=Category.STREAMER, year=2026, hours=12, exam=True, by=city.admin)
        services.set_duty(category=Category.STREAMER, year=2026, hours=10, exam=True, by=city.clerk)
        entries = Entry.objects.filter(act="training.duty.set").order_by("seq")
        assert [(e.thing_id, e.detail["hours"], e.detail["before"]) for e in entries] == [
            ("4-2026", 12, {}),
            ("4-2026", 10, {"hours": 12, "exam": True}),
        ]
