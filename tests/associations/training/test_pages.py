"""The console's pages of training."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from associations.members.states import Category
from associations.tenancy import scope
from associations.training import services
from associations.training.models import Attendance, Course, Duty, Session
from associations.training.services import AttendanceRow, record_attendance
from associations.training.states import Presence
from core.ledger.models import Entry
from tests.associations.training.conftest import enrol
from tests.cast import client_for

PAGES = ["", "duties/", "courses/", "sessions/", "certificates/"]
ROLES = {
    "clerk": 200, "admin": 200, "reviewer": 200, "decider": 200, "observer": 200, "former": 404, "suspended": 302,
}  # fmt: skip


@pytest.mark.parametrize("where", PAGES)
@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_officers_read_every_page(city, where, role, status):
    assert client_for(getattr(city, role)).get(f"/a/city/training/{where}").status_code == status


@pytest.mark.parametrize("where", PAGES)
def test_nobody_else_does(city, province, where):
    assert client_for(None).get(f"/a/city/training/{where}").status_code == 302
    assert client_for(province.clerk).get(f"/a/city/training/{where}").status_code == 404


def test_a_session_and_a_course_of_another_association_do_not_exist(city, province, course, session):
    theirs = client_for(province.clerk)
    assert theirs.get(f"/a/province/training/sessions/{session.public_id}/").status_code == 404
    assert theirs.post(f"/a/province/training/courses/{course.public_id}/retire/").status_code == 404
    with scope.of(city.association):
        course.refresh_from_db()
        assert course.retired_on is None


WRITES = [
    ("courses/", {"name": "新课", "hours": 2, "pass_mark": 60, "valid_days": 365}, Course),
    ("duties/", {"category": 4, "year": timezone.localdate().year, "hours": 6}, Duty),
    ("duties/adopt/", {}, Duty),
]


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize(
    ("role", "status"), {"clerk": 302, "admin": 302, "reviewer": 403, "decider": 403, "observer": 403}.items()
)
def test_who_may_write(city, write, role, status):
    where, data, model = write
    with scope.of(city.association):
        before = model.objects.count()
    assert client_for(getattr(city, role)).post(f"/a/city/training/{where}", data).status_code == status
    with scope.of(city.association):
        assert (model.objects.count() > before) is (status == 302)


# --- bad input: the field, the reason, the remedy; nothing half-written ---


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"name": ""}, "name", None),
        ({"name": "开播前合规必修"}, "name", "There is a course of this name already. Choose another name."),
        ({"hours": 0}, "hours", "A course has between 1 and 200 hours. Correct the number."),
        ({"hours": 201}, "hours", "A course has between 1 and 200 hours. Correct the number."),
        ({"hours": "四"}, "hours", None),
        ({"pass_mark": 101}, "pass_mark", "Scores end at 100. Write a pass mark between 0 and 100."),
        ({"valid_days": 0}, "valid_days", "A certificate is good for at least one day. Write 1 or more."),
    ],
)
def test_a_course_that_cannot_be(city, course, changed, field, words):
    data = {"name": "新课", "hours": 2, "pass_mark": 60, "valid_days": 365} | changed
    response = client_for(city.clerk).post("/en/a/city/training/courses/", data)
    errors = response.context["form"].errors
    assert (response.status_code, list(errors)) == (400, [field])
    assert words is None or errors[field] == [words]
    with scope.of(city.association):
        assert list(Course.objects.all()) == [course]


def test_a_session_that_cannot_be(city, course, session):
    clerk = client_for(city.clerk)
    for changed, field in (
        ({"held_on": "下周三"}, "held_on"),
        ({"held_on": "2026-02-30"}, "held_on"),
        ({"held_on": "2026-03-12"}, "held_on"),  # entered already
        ({"course": 999999}, "course"),
        ({"hours": 0}, "hours"),
    ):
        data = {"course": course.pk, "held_on": "2026-05-05", "hours": "", "place": ""} | changed
        response = clerk.post("/en/a/city/training/sessions/", data)
        assert (response.status_code, list(response.context["form"].errors)) == (400, [field])
    with scope.of(city.association):
        assert list(Session.objects.all()) == [session]


def test_a_session_is_entered_and_opened(city, course):
    response = client_for(city.clerk).post(
        "/a/city/training/sessions/",
        {"course": course.pk, "held_on": "2026-05-05", "hours": "", "place": "三楼"},
    )
    with scope.of(city.association):
        held = Session.objects.get()
    assert response.url == f"/a/city/training/sessions/{held.public_id}/"
    assert (held.held_on, held.hours, held.place) == (date(2026, 5, 5), 4, "三楼")


@pytest.mark.parametrize(("offset", "status"), [(-1, 400), (0, 302), (1, 302), (2, 400)])
def test_a_duty_is_set_for_this_year_or_the_next(city, offset, status):
    year = timezone.localdate().year + offset
    data = {"category": 4, "year": year, "hours": 12, "exam": "on"}
    assert client_for(city.clerk).post("/a/city/training/duties/", data).status_code == status
    with scope.of(city.association):
        assert Duty.objects.filter(year=year).exists() is (status == 302)


# --- the sheet ---


def sheet(*lines, why=""):
    data = {"line-TOTAL_FORMS": len(lines), "line-INITIAL_FORMS": len(lines), "why": why}
    for at, line in enumerate(lines):
        data |= {f"line-{at}-{name}": value for name, value in line.items()}
    return data


def line(member, presence="", hours="", result=""):
    return {"member": member.public_id, "presence": presence, "hours": hours, "result": result}


def recorded(house):
    with scope.of(house.association):
        rows = Attendance.objects.order_by("membership_id")
        return list(rows.values_list("membership_id", "presence", "hours", "score", "passed"))


def test_a_sheet_is_entered_in_the_table(city, session):
    a, b, c, d = (enrol(city) for _ in range(4))
    url = f"/a/city/training/sessions/{session.public_id}/"
    data = sheet(line(a, "present", "", "88"), line(b, "absent"), line(c, "present", "2", "不合格"), line(d))
    response = client_for(city.clerk).post(url, data)
    assert (response.status_code, response.url) == (302, url)
    assert recorded(city) == [
        (a.pk, "present", 4, 88, True),
        (b.pk, "absent", 0, None, None),
        (c.pk, "present", 2, None, False),
    ]


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"presence": "present", "result": "101"}, "result"),
        ({"presence": "present", "result": "-1"}, "result"),
        ({"presence": "present", "result": "挺好"}, "result"),
        ({"presence": "present", "hours": "-1"}, "hours"),
        ({"presence": "present", "hours": "两"}, "hours"),
        ({"presence": "here"}, "presence"),
        ({"result": "80"}, "presence"),
        ({"presence": "absent", "result": "80"}, "presence"),
        ({"presence": "excused", "hours": "2"}, "presence"),
    ],
)
def test_one_bad_line_stops_the_whole_sheet_and_keeps_what_was_typed(city, session, bad, field):
    good, wrong = enrol(city), enrol(city)
    data = sheet(line(good, "present", "", "77"), line(wrong) | bad)
    response = client_for(city.clerk).post(f"/a/city/training/sessions/{session.public_id}/", data)
    assert response.status_code == 400
    assert [list(each.errors) for each in response.context["sheet"]] == [[], [field]]
    assert 'value="77"' in response.content.decode()
    assert recorded(city) == []


def test_a_stranger_in_the_sheet_stops_it(city, province, session):
    member, stranger = enrol(city), enrol(province)
    for other in (stranger.public_id, "nobody", ""):
        data = sheet(line(member, "present"), {**line(member, "present"), "member": other})
        response = client_for(city.clerk).post(f"/a/city/training/sessions/{session.public_id}/", data)
        assert response.status_code == 400
    twice = client_for(city.clerk).post(
        f"/a/city/training/sessions/{session.public_id}/",
        sheet(line(member, "present"), line(member, "absent")),
    )
    assert (twice.status_code, recorded(city)) == (400, [])


def test_a_correction_asks_why(city, session):
    member = enrol(city)
    url = f"/en/a/city/training/sessions/{session.public_id}/"
    clerk = client_for(city.clerk)
    clerk.post(url, sheet(line(member, "present", "", "50")))
    refused = clerk.post(url, sheet(line(member, "present", "4", "70")))
    assert refused.context["reason"].errors == {"why": ["A line that stands is changed: say why."]}
    assert recorded(city) == [(member.pk, "present", 4, 50, False)]
    removed = clerk.post(url, sheet(line(member), why="误录"))
    assert list(removed.context["sheet"][0].errors) == ["presence"]
    assert clerk.post(url, sheet(line(member, "present", "4", "70"), why="成绩录错")).status_code == 302
    assert recorded(city) == [(member.pk, "present", 4, 70, True)]
    same = clerk.post(url, sheet(line(member, "present", "4", "70")), follow=True)
    assert [str(message) for message in same.context["messages"]][-1] == "Nothing has changed."
    with scope.of(city.association):
        assert Entry.objects.latest("seq").why == "成绩录错"


def test_the_observer_sees_the_sheet_and_may_not_write(city, session):
    member = enrol(city)
    url = f"/a/city/training/sessions/{session.public_id}/"
    observer = client_for(city.observer)
    assert b"<select" not in observer.get(url).content.split(b'class="reg stack sheet"')[1]
    assert observer.post(url, sheet(line(member, "present"))).status_code == 403
    assert recorded(city) == []


def test_a_planned_session_says_when_it_can_be_recorded(city, course):
    member = enrol(city)
    with scope.of(city.association):
        planned = services.hold_session(
            course=course, held_on=timezone.localdate() + timedelta(days=1), by=city.clerk
        )
    url = f"/a/city/training/sessions/{planned.public_id}/"
    assert f"{planned.held_on}" in client_for(city.clerk).get(url).context["may_record"].reason
    assert client_for(city.clerk).post(url, sheet(line(member, "present"))).status_code == 403
    assert recorded(city) == []


def test_the_sheet_finds_members(city, session):
    streamer, firm = (
        enrol(city, name="小满在播"),
        enrol(city, Category.OPERATOR, name="某市棠屿电子商务有限公司"),
    )
    left = enrol(city, left_on=date(2026, 6, 1), name="已离会")
    with scope.of(city.association):
        record_attendance(session=session, rows=[AttendanceRow(left.pk, Presence.PRESENT)], by=None)
    clerk = client_for(city.clerk)

    def shown(query):
        page = clerk.get(f"/a/city/training/sessions/{session.public_id}/?{query}").context["page"]
        return [member.pk for member in page]

    assert shown("") == [streamer.pk, firm.pk, left.pk]  # who left stays on the sheet it is on
    assert shown("q=小满") == [streamer.pk]
    assert shown(f"q={firm.code[:12]}") == [firm.pk]
    assert shown("category=3") == [firm.pk]
    assert shown("show=recorded") == [left.pk]
    assert shown("show=open") == [streamer.pk, firm.pk]
    assert shown("category=絶") == [streamer.pk, firm.pk, left.pk]  # a filter that cannot be is no filter


# --- what the pages tell ---


def test_the_overview_counts_and_lists(city, course):
    this_year = timezone.localdate().year
    done, begun, idle = enrol(city, Category.OPERATOR), enrol(city, Category.OPERATOR), enrol(city)
    with scope.of(city.association):
        services.adopt_default_duties(year=this_year, by=city.admin)
        held = services.hold_session(course=course, held_on=date(this_year, 1, 2), by=None)
        rows = [
            AttendanceRow(done.pk, Presence.PRESENT, hours=8),
            AttendanceRow(begun.pk, Presence.PRESENT, hours=3),
        ]
        record_attendance(session=held, rows=rows, by=None)
    clerk = client_for(city.clerk)
    told = clerk.get("/a/city/training/").context
    assert [(bar.done, bar.required) for bar in told["picture"]] == [(1, 2), (0, 1)]
    assert (told["done"], told["owing"]) == (1, 3)
    listed = {
        state: [member.pk for member, _ in clerk.get(f"/a/city/training/?state={state}").context["rows"]]
        for state in ("done", "under_way", "not_begun", "overdue")
    }
    assert listed == {"done": [done.pk], "under_way": [begun.pk], "not_begun": [idle.pk], "overdue": []}


def test_a_mistyped_certificate_number_is_told(city, session):
    member = enrol(city)
    with scope.of(city.association):
        (number,) = record_attendance(
            session=session, rows=[AttendanceRow(member.pk, Presence.PRESENT, score=80)], by=None
        ).certificates
    wrong = number[:-4] + str((int(number[-4]) + 1) % 10) + number[-3:]
    clerk = client_for(city.clerk)
    assert [
        row.number for row in clerk.get(f"/a/city/training/certificates/?q={number}").context["rows"]
    ] == [number]
    refused = clerk.get(f"/a/city/training/certificates/?q={wrong}").context
    assert (refused["rows"], refused["mistyped"]) == ([], True)


QUERIES = {"": 14, "courses/": 10, "sessions/": 11, "certificates/": 10}


@pytest.mark.parametrize(("where", "queries"), QUERIES.items())
def test_queries_do_not_grow_with_the_rows(city, course, django_assert_num_queries, where, queries):
    clerk = client_for(city.clerk)
    for at, more in enumerate((1, 2)):
        for n in range(more):
            member = enrol(city)
            with scope.of(city.association):
                other = services.add_course(name=f"课程{at}-{n}", hours=4, by=None)
                held = services.hold_session(course=other, held_on=date(2026, 2, 1 + 10 * at + n), by=None)
                record_attendance(
                    session=held, rows=[AttendanceRow(member.pk, Presence.PRESENT, score=90)], by=None
                )
        clerk.get(f"/a/city/training/{where}")
        with django_assert_num_queries(queries):
            clerk.get(f"/a/city/training/{where}")


def test_queries_of_a_sheet_do_not_grow_with_its_lines(city, session, django_assert_num_queries):
    clerk, url = client_for(city.clerk), f"/a/city/training/sessions/{session.public_id}/"
    for more in (1, 2):
        for _ in range(more):
            enrol(city)
        clerk.get(url)
        with django_assert_num_queries(13):
            clerk.get(url)
