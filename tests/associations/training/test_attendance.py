"""Recording and correcting attendance; what credit is told of it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from associations.conduct.models import ConductDue, Fact
from associations.conduct.states import FactKind
from associations.tenancy import scope
from associations.training import services
from associations.training.models import Attendance, Certificate, Session
from associations.training.selectors import certificate_by_number, certificates_of, number_is_well_formed
from associations.training.services import AttendanceRow, Recorded, record_attendance
from associations.training.states import CertificateState, Presence
from core.ledger.models import Entry
from core.verdicts import Denied
from tests.associations.training.conftest import enrol

PRESENT, ABSENT, EXCUSED = Presence.PRESENT, Presence.ABSENT, Presence.EXCUSED
DAY = date(2026, 3, 12)


def told(membership):
    """(kind, a, occurred_on, key's tail, whether corrected) of the member's facts, in the order they were written."""
    corrected = set(Fact.objects.filter(kind=FactKind.CORRECTION).values_list("ref_id", flat=True))
    rows = Fact.objects.filter(membership=membership).exclude(kind=FactKind.CORRECTION).order_by("id")
    return [(FactKind(f.kind).name, f.a, f.occurred_on, f.pk in corrected) for f in rows]


@pytest.mark.parametrize(
    ("line", "stands", "facts"),
    [
        ({}, (4, None, None), [("TRAINING", 4)]),
        ({"hours": 2}, (2, None, None), [("TRAINING", 2)]),
        ({"score": 60}, (4, 60, True), [("TRAINING", 4), ("EXAM", 1)]),
        ({"score": 59}, (4, 59, False), [("TRAINING", 4), ("EXAM", 0)]),
        ({"score": 0}, (4, 0, False), [("TRAINING", 4), ("EXAM", 0)]),
        (
            {"score": 100, "passed": False},
            (4, 100, True),
            [("TRAINING", 4), ("EXAM", 1)],
        ),  # the score decides
        ({"passed": True}, (4, None, True), [("TRAINING", 4), ("EXAM", 1)]),
        ({"passed": False, "hours": 0}, (0, None, False), [("EXAM", 0)]),
        ({"hours": 0}, (0, None, None), []),
        ({"presence": ABSENT}, (0, None, None), []),
        ({"presence": EXCUSED}, (0, None, None), []),
    ],
)
def test_a_line_and_the_facts_it_makes(city, session, line, stands, facts):
    member = enrol(city)
    with scope.of(city.association):
        row = AttendanceRow(member.pk, **({"presence": PRESENT} | line))
        done = record_attendance(session=session, rows=[row], by=city.clerk)
        assert done.new == 1
        attendance = Attendance.objects.get(membership=member)
        assert (attendance.hours, attendance.score, attendance.passed) == stands
        assert told(member) == [(kind, a, DAY, False) for kind, a in facts]
        assert ConductDue.objects.filter(membership=member).exists() is bool(facts)


@pytest.mark.parametrize(
    "line",
    [
        {"presence": ABSENT, "hours": 1},
        {"presence": ABSENT, "score": 0},
        {"presence": EXCUSED, "passed": False},
        {"presence": PRESENT, "hours": -1},
        {"presence": PRESENT, "score": 101},
        {"presence": PRESENT, "score": -1},
    ],
)
def test_a_line_that_cannot_be(line):
    with pytest.raises(ValueError, match=r"present|negative|between"):
        AttendanceRow(1, **line)


def test_the_same_sheet_again_changes_nothing(city, session):
    members = [enrol(city) for _ in range(3)]
    rows = [AttendanceRow(member.pk, PRESENT, score=88) for member in members]
    with scope.of(city.association):
        first = record_attendance(session=session, rows=rows, by=city.clerk)
        before = (Fact.objects.count(), Entry.objects.count(), Certificate.objects.count())
        again = record_attendance(session=session, rows=rows, by=city.clerk)
        assert (first.new, again) == (3, Recorded(unchanged=3))
        assert (
            (Fact.objects.count(), Entry.objects.count(), Certificate.objects.count()) == before == (6, 5, 3)
        )


def test_a_member_twice_in_a_sheet_is_refused_whole(city, session):
    member, other = enrol(city), enrol(city)
    rows = [
        AttendanceRow(other.pk, PRESENT),
        AttendanceRow(member.pk, PRESENT),
        AttendanceRow(member.pk, ABSENT),
    ]
    with scope.of(city.association):
        with pytest.raises(ValueError, match="twice"):
            record_attendance(session=session, rows=rows, by=city.clerk)
        assert Attendance.objects.count() == 0


def test_a_correction_names_the_old_facts_and_writes_new_ones(city, session):
    member = enrol(city)
    with scope.of(city.association):
        record_attendance(session=session, rows=[AttendanceRow(member.pk, PRESENT, score=50)], by=city.clerk)
        done = record_attendance(
            session=session,
            rows=[AttendanceRow(member.pk, PRESENT, hours=3, score=70)],
            why="成绩登记有误",
            by=city.second_clerk,
        )
        assert done == Recorded(corrected=1, certificates=done.certificates)
        assert told(member) == [
            ("TRAINING", 4, DAY, True),
            ("EXAM", 0, DAY, True),
            ("TRAINING", 3, DAY, False),
            ("EXAM", 1, DAY, False),
        ]
        today = timezone.localdate()
        corrections = Fact.objects.filter(kind=FactKind.CORRECTION)
        assert [(f.occurred_on, f.membership_id, f.ref.kind) for f in corrections.order_by("ref_id")] == [
            (today, member.pk, FactKind.TRAINING),
            (today, member.pk, FactKind.EXAM),
        ]
        entry = Entry.objects.latest("seq")
        assert (entry.act, entry.why, entry.actor) == (
            "training.attendance.recorded",
            "成绩登记有误",
            city.second_clerk,
        )
        assert entry.detail["corrected"] == [
            {
                "member": member.public_id,
                "before": {"presence": "present", "hours": 4, "score": 50, "passed": False},
                "after": {"presence": "present", "hours": 3, "score": 70, "passed": True},
                "facts": True,
            }
        ]


def test_a_score_that_changes_neither_hours_nor_result_leaves_the_facts(city, session):
    member = enrol(city)
    with scope.of(city.association):
        record_attendance(session=session, rows=[AttendanceRow(member.pk, PRESENT, score=75)], by=city.clerk)
        record_attendance(session=session, rows=[AttendanceRow(member.pk, PRESENT, score=76)], by=city.clerk)
        assert told(member) == [("TRAINING", 4, DAY, False), ("EXAM", 1, DAY, False)]
        assert Attendance.objects.get().score == 76
        assert Entry.objects.latest("seq").detail["corrected"][0]["facts"] is False


def test_corrected_twice_and_back_again(city, session):
    member = enrol(city)
    with scope.of(city.association):
        for row in (
            AttendanceRow(member.pk, PRESENT),
            AttendanceRow(member.pk, ABSENT),
            AttendanceRow(member.pk, PRESENT),
        ):
            record_attendance(session=session, rows=[row], by=city.clerk)
        assert told(member) == [("TRAINING", 4, DAY, True), ("TRAINING", 4, DAY, False)]
        assert Attendance.objects.get().revision == 2


def test_statements_do_not_grow_with_the_sheet(city, session, django_assert_num_queries):
    few, many = [enrol(city) for _ in range(1)], [enrol(city) for _ in range(30)]
    with scope.of(city.association):
        for members in (few, many):
            rows = [AttendanceRow(member.pk, PRESENT, score=90) for member in members]
            session.refresh_from_db()
            with django_assert_num_queries(21):
                record_attendance(session=session, rows=rows, by=None)


# --- who, when ---


def test_only_clerk_and_administrator_record(city, session):
    member = enrol(city)
    may = {}
    for who in (
        city.clerk,
        city.admin,
        city.reviewer,
        city.decider,
        city.observer,
        city.former,
        city.suspended,
    ):
        with scope.of(city.association):
            try:
                may[who.name] = record_attendance(
                    session=session, rows=[AttendanceRow(member.pk, PRESENT)], by=who
                ).new
            except Denied:
                may[who.name] = None
    assert may == {
        "周秘书": 1, "王主任": 0, "评议甲": None, "郑会长": None, "冯观察": None, "褚离任": None, "陈停用": None,
    }  # fmt: skip


def test_never_in_advance(city, course):
    member, tomorrow = enrol(city), timezone.localdate() + timedelta(days=1)
    with scope.of(city.association):
        planned = services.hold_session(course=course, held_on=tomorrow, by=city.clerk)
        with pytest.raises(Denied, match=f"{tomorrow}"):
            record_attendance(session=planned, rows=[AttendanceRow(member.pk, PRESENT)], by=city.clerk)
        assert Attendance.objects.count() == 0
        today = services.hold_session(course=course, held_on=timezone.localdate(), by=city.clerk)
        assert (
            record_attendance(session=today, rows=[AttendanceRow(member.pk, PRESENT)], by=city.clerk).new == 1
        )


def test_a_member_of_another_association_cannot_be_written_down(city, province, session):
    stranger = enrol(province)
    with pytest.raises(IntegrityError), transaction.atomic(), scope.of(city.association):
        record_attendance(session=session, rows=[AttendanceRow(stranger.pk, PRESENT)], by=city.clerk)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with scope.of(city.association):
        assert Attendance.objects.count() == 0


# --- courses and sessions ---


def test_a_course_or_session_entered_again_is_the_same(city, course, session):
    with scope.of(city.association):
        before = Entry.objects.count()
        assert services.add_course(name=course.name, hours=9, by=city.clerk) == course
        assert services.hold_session(course=course, held_on=DAY, by=city.clerk) == session
        assert Entry.objects.count() == before
        other_place = services.hold_session(course=course, held_on=DAY, place="二楼", hours=6, by=city.clerk)
        assert (other_place.hours, Session.objects.count()) == (6, 2)


def test_no_session_of_a_retired_course(city, course):
    with scope.of(city.association):
        services.retire_course(course=course, by=city.clerk)
        with pytest.raises(Denied):
            services.hold_session(course=course, held_on=DAY, by=city.clerk)
        assert Session.objects.count() == 0


# --- certificates ---


def test_who_passes_gets_a_certificate_and_no_second_one(city, session):
    passed, failed, no_exam = enrol(city), enrol(city), enrol(city)
    with scope.of(city.association):
        done = record_attendance(
            session=session,
            rows=[
                AttendanceRow(passed.pk, PRESENT, score=80),
                AttendanceRow(failed.pk, PRESENT, score=10),
                AttendanceRow(no_exam.pk, PRESENT),
            ],
            by=city.clerk,
        )
        record_attendance(session=session, rows=[AttendanceRow(passed.pk, PRESENT, score=85)], by=city.clerk)
        record_attendance(session=session, rows=[AttendanceRow(failed.pk, PRESENT, score=61)], by=city.clerk)
        first, second = certificates_of(passed.pk)[0], certificates_of(failed.pk)[0]
        assert done.certificates == (first.number,)
        assert (first.number[:16], second.number[:16]) == ("T001-2026-000001", "T001-2026-000002")
        assert (first.issued_on, first.expires_on) == (DAY, date(2027, 3, 12))
        assert Certificate.objects.count() == 2


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        (DAY, CertificateState.VALID),
        (date(2027, 3, 12), CertificateState.VALID),  # its last day
        (date(2027, 3, 13), CertificateState.EXPIRED),
    ],
)
def test_a_certificate_is_good_until_its_day(city, session, as_of, state):
    member = enrol(city)
    with scope.of(city.association):
        record_attendance(session=session, rows=[AttendanceRow(member.pk, PRESENT, score=80)], by=city.clerk)
        assert [row.state for row in certificates_of(member.pk, as_of=as_of)] == [state]


def test_a_certificate_from_leap_day(city, course):
    member = enrol(city)
    with scope.of(city.association):
        leap = services.hold_session(course=course, held_on=date(2024, 2, 29), by=city.clerk)
        record_attendance(session=leap, rows=[AttendanceRow(member.pk, PRESENT, score=80)], by=city.clerk)
        assert certificates_of(member.pk)[0].expires_on == date(2025, 2, 28)


def test_a_certificate_goes_with_its_result_and_comes_back_with_it(city, session):
    member = enrol(city)
    with scope.of(city.association):
        states = []
        for score in (80, 30, 80):
            record_attendance(
                session=session, rows=[AttendanceRow(member.pk, PRESENT, score=score)], by=city.clerk
            )
            states += [row.state for row in certificates_of(member.pk, as_of=DAY)]
        assert states == [CertificateState.VALID, CertificateState.WITHDRAWN, CertificateState.VALID]


def test_looked_up_by_number(city, province, session):
    member = enrol(city, name="小满在播")
    with scope.of(city.association):
        (number,) = record_attendance(
            session=session, rows=[AttendanceRow(member.pk, PRESENT, score=80)], by=city.clerk
        ).certificates
        found = certificate_by_number(f" {number.lower()} ", as_of=DAY)
        assert (found.holder, found.course, found.state) == (
            "小满在播",
            "开播前合规必修",
            CertificateState.VALID,
        )
        assert certificate_by_number(number[:-1] + "0") is None or number.endswith("0")
    with scope.of(province.association):
        assert certificate_by_number(number) is None
    mistyped = [number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :] for at in range(10, 16)]
    assert number_is_well_formed(number)
    assert [number_is_well_formed(each) for each in mistyped] == [False] * 6
    assert not number_is_well_formed("")
