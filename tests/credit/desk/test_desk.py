"""The member desk: the own file, all of it, and nobody else's."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from associations.conduct.catalogue import by_code
from associations.conduct.services import record
from associations.conduct.states import FactKind
from associations.discipline import services as discipline
from associations.discipline.states import CaseState
from associations.members.models import Consent, Membership
from associations.members.states import Category
from associations.tenancy import scope
from associations.training import services as training
from associations.training.services import AttendanceRow
from associations.training.states import Presence
from core.ledger.models import Entry
from credit.scoring.services import rate_due
from tests.associations.training.conftest import enrol
from tests.cast import admit, appoint, client_for, person, user

CODE = by_code("AI01").number
PAGES = ["", "notices/", "training/", "data/"]


def own(house, membership, where=""):
    return f"/me/{house.slug}/{membership.public_id}/{where}"


@pytest.fixture
def member(city):
    return enrol(
        city, Category.STREAMER, name="小满在播", joined_on=timezone.localdate() - timedelta(days=900)
    )


@pytest.fixture
def me(city, member):
    somebody = user("me", "沈小满")
    appoint(city.association, somebody, "member", subject_id=member.subject_id)
    return somebody


def check(member, item, *, passed=1, on=None, key=""):
    day = on or timezone.localdate() - timedelta(days=5)
    return record(
        membership=member,
        kind=FactKind.CHECK,
        code=item,
        a=passed,
        occurred_on=day,
        source="association",
        key=key or f"check:{member.public_id}:{item}",
    )


@pytest.fixture
def rated(city, member):
    """Give the member enough facts for a rating, and rate."""
    with scope.of(city.association):
        for item in (1, 4, 5, 6):
            check(member, item)
    rate_due()
    return member


def open_case(house, member, *, state=CaseState.NOTICED):
    """A case under AI01, classed general, brought to a state by the room's own verbs."""
    today = timezone.localdate()
    with scope.of(house.association):
        case = discipline.open_case(
            membership=member, code=CODE, allegation="生成的试吃画面没有持续标识", severity=2, occurred_on=today,
            by=house.clerk,
        )  # fmt: skip
        if state != CaseState.FILED:
            discipline.report(case=case, findings="录屏已固定", by=house.clerk)
            discipline.serve_notice(
                case=case, text="拟予警告", measure=2, method="邮寄", proof="回执", by=house.clerk
            )
        if state == CaseState.HEARD:
            discipline.take_statement(case=case, text="当晚已补上标识", by=house.clerk)
    return case


# --- whose file it is ---


@pytest.mark.parametrize("where", PAGES)
def test_the_own_file_opens_rated_or_not(city, me, member, where):
    assert client_for(me).get(own(city, member, where)).status_code == 200
    with scope.of(city.association):
        check(member, 1)
    rate_due()
    assert client_for(me).get(own(city, member, where)).status_code == 200


@pytest.mark.parametrize("where", PAGES)
def test_nobody_elses_does(city, province, me, member, where):
    other, far = enrol(city, name="别的主播"), enrol(province)
    stranger = user("stranger", "路人")
    appoint(city.association, stranger, "member", subject_id=other.subject_id)
    mine = client_for(me)
    assert mine.get(own(city, other, where)).status_code == 404
    assert mine.get(own(province, far, where)).status_code == 404
    assert mine.get(own(province, member, where)).status_code == 404  # the own member, another association
    assert mine.get(f"/me/city/nobody/{where}").status_code == 404
    assert client_for(stranger).get(own(city, member, where)).status_code == 404
    for officer in (city.clerk, city.admin, city.observer, province.clerk):
        assert client_for(officer).get(own(city, member, where)).status_code == 404
    assert client_for(None).get(own(city, member, where)).status_code == 302


def test_a_subject_in_two_associations_sees_the_one_it_was_appointed_for(city, province, me, member):
    with scope.of(province.association):
        there = Membership.objects.create(
            association=province.association, subject_id=member.subject_id, number="P1", category=4, name="小满在播",
            name_key="小满在播", pinyin="", initials="", code_masked="9900********0001", is_person=True,
            joined_on=date(2024, 1, 1),
        )  # fmt: skip
    assert client_for(me).get(own(province, there)).status_code == 404
    appoint(province.association, me, "member", subject_id=member.subject_id)
    assert client_for(me).get(own(province, there)).status_code == 200
    listed = client_for(me).get("/me/").context["cards"]
    assert [(card[0].slug, card[1].pk) for card in listed] == [("city", member.pk), ("province", there.pk)]


def test_the_desk_closes_with_the_appointment_and_the_account(city, me, member):
    mine = client_for(me)
    assert mine.get(own(city, member)).status_code == 200
    me.appointments.update(until=timezone.localdate())
    assert mine.get(own(city, member)).status_code == 404
    me.appointments.update(until=None)
    me.is_active = False
    me.save()
    assert mine.get(own(city, member)).status_code == 302


def test_one_membership_opens_by_itself_and_none_is_told(city, me, member):
    assert client_for(me).get("/me/").url == own(city, member)
    assert client_for(city.clerk).get("/me/").context["cards"] == []


def test_nothing_of_it_is_kept_by_caches(city, me, member):
    for where in PAGES:
        assert client_for(me).get(own(city, member, where)).headers["Cache-Control"] == "no-store"


# --- the rating ---


def test_every_line_sums_to_the_score(city, me, rated):
    told = client_for(me).get(own(city, rated)).context["told"]
    standing = client_for(me).get(own(city, rated)).context["standing"]
    assert sum(group.got for group in told.groups) == told.total.got == standing.score > 0


def test_what_i_can_do_is_reckoned_by_the_evaluator(city, me, rated):
    before = client_for(me).get(own(city, rated)).context
    training_effect = next(effect for effect in before["mine"] if "12" in effect.text)
    with scope.of(city.association):
        course = training.add_course(name="年度课程", hours=12, by=None)
        held = training.hold_session(course=course, held_on=timezone.localdate(), by=None)
        training.record_attendance(
            session=held, rows=[AttendanceRow(rated.pk, Presence.PRESENT, score=90)], by=None
        )
    rate_due()
    after = client_for(me).get(own(city, rated)).context
    assert after["standing"].score - before["standing"].score == training_effect.points == 108_000
    assert not [effect for effect in after["mine"] if "12" in effect.text]


def test_my_rating_as_of_another_day_has_both(city, me, rated):
    today = timezone.localdate()
    answer = client_for(me).get(own(city, rated), {"as_of": today.isoformat()})
    told = answer.context["past"]
    assert (told.is_given, told.making) == (True, ())
    assert [row.differs for row in told.pairs] == [False] * len(told.pairs)
    assert sum(row.known for row in told.pairs) == answer.context["rebuilt"].given.score
    early = client_for(me).get("/en" + own(city, rated), {"as_of": "1990-01-01"})
    assert (early.status_code, "past" in early.context) == (200, False)
    assert "On 1990-01-01 this was no member yet." in early.content.decode()


def test_a_case_costs_what_was_told_once_it_is_upheld(city, me, rated):
    case = open_case(city, rated)
    before = client_for(me).get(own(city, rated)).context
    (worse,) = before["worse"]
    with scope.of(city.association):
        record(
            membership=rated, kind=FactKind.VIOLATION, code=case.code, severity=2,
            occurred_on=timezone.localdate(), source="decision", key="decision:x",
        )  # fmt: skip
    rate_due()
    after = client_for(me).get(own(city, rated)).context
    assert after["standing"].score - before["standing"].score == worse.points == -80_000


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        (CaseState.FILED, (False, False)),  # the notice has not been served
        (CaseState.NOTICED, (True, True)),
        (CaseState.HEARD, (True, False)),
    ],
)
def test_a_case_is_shown_from_its_notice_on(city, me, rated, state, seen):
    shown, urgent = seen
    open_case(city, rated, state=state)
    mine = client_for(me)
    assert [case.state for case in mine.get(own(city, rated, "notices/")).context["cases"]] == [state] * shown
    told = mine.get(own(city, rated)).context
    assert (len(told["urgent"]), len(told["worse"])) == (int(urgent), int(shown))
    assert [link.count for link in told["tabs"]] == [None, 1 if urgent else None, None, None]


def test_somebody_elses_case_is_not_shown(city, me, rated):
    open_case(city, enrol(city))
    assert client_for(me).get(own(city, rated, "notices/")).context["cases"] == []


def test_what_is_missing_for_a_rating(city, me):
    young = enrol(city, joined_on=timezone.localdate() - timedelta(days=40))
    appoint(city.association, me, "member", subject_id=young.subject_id)
    with scope.of(city.association):
        check(young, 4)
    rate_due()
    mine = client_for(me)
    assert [row.state for row in mine.get(own(city, young)).context["wanting"]] == ["missing"] * 3
    with scope.of(city.association):
        for item in (1, 5, 6):
            check(young, item)
    rate_due()
    assert [row.state for row in mine.get(own(city, young)).context["wanting"]] == ["met", "missing", "met"]


def test_an_agency_is_told_to_train_its_streamers(city, me):
    agency = enrol(city, Category.AGENCY, joined_on=timezone.localdate() - timedelta(days=900))
    appoint(city.association, me, "member", subject_id=agency.subject_id)
    with scope.of(city.association):
        for item in range(1, 7):
            check(agency, item)
        record(
            membership=agency, kind=FactKind.ROSTER, a=4, b=1, occurred_on=timezone.localdate() - timedelta(days=9),
            source="training", key="roster:test",
        )  # fmt: skip
    rate_due()
    effect = next(each for each in client_for(me).get(own(city, agency)).context["mine"] if "4" in each.text)
    assert effect.points == 81_000  # 180 points × 60 % × three quarters


# --- training ---


def test_my_training(city, me, member):
    this_year = timezone.localdate().year
    with scope.of(city.association):
        training.adopt_default_duties(year=this_year - 1, by=None)
        course = training.add_course(name="年度课程", hours=5, by=None)
        held = training.hold_session(course=course, held_on=date(this_year, 1, 2), by=None)
        training.record_attendance(
            session=held, rows=[AttendanceRow(member.pk, Presence.PRESENT, score=90)], by=None
        )
    told = client_for(me).get(own(city, member, "training/")).context
    assert told["overdue"].year == this_year - 1
    # what was held made up for last year first: 5 of 12 hours, and the exam
    assert [(bar.done, bar.required, bar.late) for bar in told["progress"]] == [(0, 12, False), (5, 12, True)]
    assert [line.score for line in told["attended"]] == [90]
    assert [row.course for row in told["certificates"]] == ["年度课程"]


# --- data and consents ---


def press(who, member, purpose, given, receiver=""):
    """Press a button of the data page, in the city."""
    url = f"/me/city/{member.public_id}/consents/"
    return client_for(who).post(url, {"purpose": purpose, "given": given, "receiver": receiver})


def said(house, member):
    with scope.of(house.association):
        rows = Consent.objects.filter(membership=member).order_by("id")
        return [(row.purpose, row.given, row.method, row.text_version, row.by_id) for row in rows]


def test_one_press_gives_and_one_press_withdraws(city, me, member):
    assert press(me, member, "publish", "yes").url == own(city, member, "data/")
    assert press(me, member, "publish", "no").status_code == 302
    assert said(city, member) == [
        ("publish", True, "desk", "2026-2", me.pk),
        ("publish", False, "desk", "2026-2", me.pk),
    ]
    rows = client_for(me).get(own(city, member, "data/")).context["consents"]
    assert [(row.purpose, row.given) for row in rows] == [
        ("rate", False), ("publish", False), ("deliver", False),
    ]  # fmt: skip
    with scope.of(city.association):
        acts = list(Entry.objects.filter(actor=me).order_by("seq").values_list("act", flat=True))
    assert acts == ["members.consent.given", "members.consent.withdrawn"]


def test_sharing_is_withdrawn_here_and_given_elsewhere(city, me, member):
    with scope.of(city.association):
        Consent.objects.create(
            association=city.association, membership=member, purpose="share", receiver="某平台", given=True,
            method="paper", text_version="1", by=city.clerk,
        )  # fmt: skip
    mine = client_for(me)
    rows = mine.get(own(city, member, "data/")).context["consents"]
    assert [(row.purpose, row.receiver, row.given) for row in rows][3:] == [("share", "某平台", True)]
    assert press(me, member, "share", "yes", "某平台").status_code == 403
    assert press(me, member, "share", "no", "某平台").status_code == 302
    assert len(mine.get(own(city, member, "data/")).context["consents"]) == 3
    assert [(row[0], row[1]) for row in said(city, member)] == [("share", True), ("share", False)]


@pytest.mark.parametrize(
    ("button", "status"),
    [
        (("rate", "no"), 403),
        (("join", "no"), 403),
        (("join", "yes"), 403),
        (("spy", "yes"), 400),
        (("rate", "perhaps"), 400),
    ],
)
def test_a_press_that_cannot_be_changes_nothing(city, me, member, button, status):
    assert press(me, member, *button).status_code == status
    assert said(city, member) == []


def test_nobody_consents_for_another(city, province, me, member):
    other = enrol(city)
    for who, whose in ((me, other), (city.clerk, member), (city.admin, member), (province.clerk, member)):
        assert press(who, whose, "publish", "yes").status_code == 404
    assert client_for(None).post(own(city, member, "consents/"), {}).status_code == 302
    assert client_for(me).get(own(city, member, "consents/")).status_code == 405
    assert said(city, member) == said(city, other) == []


def test_what_is_stored_is_masked(city):
    whole = person(7, "小满在播", legal_name="沈小满")
    member = admit(city, whole, Category.STREAMER, contact={"person": "沈小满", "phone": "13800000000"})
    somebody = user("masked", "沈小满")
    appoint(city.association, somebody, "member", subject_id=member.subject_id)
    answer = client_for(somebody).get(own(city, member, "data/"))
    assert answer.context["contact"] == {"person": "沈**", "phone": "138******00"}
    assert answer.context["accounts"] == ["某音"]
    body = answer.content.decode()
    for secret in (whole.identifier, whole.identifier[6:14], "13800000000", "shibo-7"):
        assert secret not in body


# --- queries ---

QUERIES = {"": 21, "notices/": 14, "training/": 13, "data/": 14}


@pytest.mark.parametrize("where", QUERIES)
def test_queries_do_not_grow_with_the_file(city, me, rated, django_assert_num_queries, where):
    mine = client_for(me)
    for turn in (1, 2):
        for n in range(turn):
            open_case(city, rated)
            with scope.of(city.association):
                course = training.add_course(name=f"课程{turn}-{n}", hours=2, by=None)
                held = training.hold_session(course=course, held_on=date(2026, 1, 1 + 3 * turn + n), by=None)
                row = AttendanceRow(rated.pk, Presence.PRESENT, score=90)
                training.record_attendance(session=held, rows=[row], by=None)
        rate_due()
        mine.get(own(city, rated, where))
        with django_assert_num_queries(QUERIES[where]):
            mine.get(own(city, rated, where))


def test_the_home_page_asks_once_an_association(city, me, member, django_assert_num_queries):
    mine = client_for(me)
    for more in (1, 2):
        for _ in range(more):
            appoint(city.association, me, "member", subject_id=enrol(city).subject_id)
        with django_assert_num_queries(9):
            mine.get("/me/")
