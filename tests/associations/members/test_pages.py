"""The members' pages in the console: what they show, to whom, in how many queries, and what a post changes."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from associations.members import services
from associations.members.models import AgencyLink, Application, Consent, Membership, ScreeningQuestion
from associations.members.states import Category, Item, Purpose
from associations.tenancy import scope
from core.ledger.models import Entry
from core.subjects.models import WatchMark
from tests.cast import admit, client_for, firm, person

TODAY = timezone.localdate()
LIST_QUERIES = 11


def address(house, name, *parts):
    return reverse(f"members:{name}", args=[house.slug, *parts])


def the_list(house, **asked):
    return client_for(house.clerk).get(address(house, "list"), asked)


def names(response):
    return [line.member.name for line in response.context["lines"]]


# --- the list ---


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_whatever_the_rows(city, rows, django_assert_num_queries):
    for number in range(rows):
        admit(city, firm(number))
    client = client_for(city.clerk)
    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(address(city, "list"))
    assert (response.status_code, len(names(response))) == (200, rows)


def test_the_list_shows_the_own_members_only(city, province):
    admit(city, firm(1, "某市甲有限公司"))
    admit(province, firm(2, "某省乙有限公司"))
    assert names(the_list(city)) == ["某市甲有限公司"]
    assert names(the_list(province)) == ["某省乙有限公司"]


@pytest.mark.parametrize("somebody", ["province.clerk", "city.suspended", "city.former"])
def test_for_strangers_the_console_does_not_exist(city, province, somebody):
    house, who = somebody.split(".")
    response = client_for(getattr({"city": city, "province": province}[house], who)).get(
        address(city, "list")
    )
    assert response.status_code == (302 if who == "suspended" else 404)


def test_the_public_is_asked_to_log_in(city):
    response = client_for(None).get(address(city, "list"))
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/en/account/login/")


@pytest.fixture
def four(city):
    """Three firms and a streamer, told apart by every filter."""
    made = [
        admit(city, firm(1, "某市棠屿电子商务有限公司"), Category.OPERATOR),
        admit(city, firm(2, "某市乐行文化传播有限公司"), Category.AGENCY),
        admit(city, firm(3, "ＡＢＣ商贸有限公司"), Category.OPERATOR),
        admit(city, person(4, "小满在播"), Category.STREAMER),
    ]
    with scope.of(city.association):
        for member, ago in zip(made, [170, 20, 200], strict=False):
            services.check_item(
                membership=member,
                item=Item.IDENTITY,
                passed=True,
                checked_on=TODAY - timedelta(days=ago),
                by=city.clerk,
            )
    return made


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [0, 1, 2, 3]),
        ({"q": "某市棠"}, [0]),
        ({"q": "棠屿"}, [0]),
        ({"q": "某市"}, [0, 1]),
        ({"q": "乐行"}, [1]),
        ({"q": "樂行"}, [1]),
        ({"q": "moushiyuexing"}, [1]),
        ({"q": "yuexing"}, [1]),
        ({"q": "mslxwh"}, [1]),
        ({"q": "abc"}, [2]),
        ({"q": "ＡＢＣ商贸"}, [2]),
        ({"q": "M00003"}, [2]),
        ({"q": "m0000"}, [0, 1, 2, 3]),
        ({"q": firm(2).identifier}, [1]),
        ({"q": firm(2).identifier.lower()}, [1]),
        ({"q": "小满"}, [3]),
        ({"q": "不存在"}, []),
        ({"q": "%"}, []),
        ({"category": "3"}, [0, 2]),
        ({"category": "3", "q": "棠屿"}, [0]),
        ({"category": "9"}, [0, 1, 2, 3]),
        ({"due": "0"}, [2, 3]),
        ({"due": "30"}, [0, 2, 3]),
        ({"view": "soon"}, [0]),
        ({"view": "overdue"}, [2, 3]),
        ({"view": "former"}, []),
        ({"view": "no such view"}, [0, 1, 2, 3]),
        ({"grade": "AAA"}, []),
        ({"sort": "-number"}, [3, 2, 1, 0]),
        ({"sort": "name"}, [2, 1, 0, 3]),
        ({"sort": "due"}, [3, 2, 0, 1]),
        ({"sort": "no such order"}, [0, 1, 2, 3]),
        ({"cursor": "not a cursor"}, [0, 1, 2, 3]),
        ({"cursor": "WyJuIiwgIngiXQ"}, [0, 1, 2, 3]),
    ],
)
def test_filters_views_and_orders(city, four, asked, found):
    assert names(the_list(city, **asked)) == [four[place].name for place in found]


def test_the_tabs_count(city, four):
    with scope.of(city.association):
        services.suspend(membership=four[1], on=TODAY, reason="决定", by=city.decider)
        services.leave(membership=four[2], on=TODAY, reason="", by=city.clerk)
    counts = {tab.label: tab.count for tab in the_list(city).context["tabs"]}
    assert list(counts.values()) == ["3", "0", "1", "1", "0", "1", "0", "1"]


@pytest.mark.parametrize("sort", ["number", "-number", "name", "-due", "joined"])
def test_pages_follow_each_other_both_ways_without_gap_or_repeat(city, sort, monkeypatch):
    from core.ui import keyset

    monkeypatch.setattr(keyset.stretch, "__kwdefaults__", {**keyset.stretch.__kwdefaults__, "size": 2})
    for number in range(5):
        admit(city, firm(number))
    whole = [names(the_list(city, sort=sort))]
    page = the_list(city, sort=sort)
    while page.context["page"].next:
        page = the_list(city, sort=sort, cursor=page.context["page"].next)
        whole.append(names(page))
    assert [len(part) for part in whole] == [2, 2, 1]
    assert len({name for part in whole for name in part}) == 5
    back = []
    while page.context["page"].previous:
        page = the_list(city, sort=sort, cursor=page.context["page"].previous)
        back.append(names(page))
    assert back == whole[1::-1]
    assert page.context["page"].previous == ""


# --- the export ---


def _body(response):
    """All that is sent; read to the end, it closes its file."""
    return b"".join(response.streaming_content)


def _csv(response):
    return list(csv.reader(io.StringIO(_body(response).decode("utf-8-sig"))))


def test_the_export_holds_what_is_filtered_and_is_noted(city, four):
    client = client_for(city.observer)
    response = client.post(address(city, "export") + "?category=3", {"kind": "csv"})
    rows = _csv(response)
    assert [row[0] for row in rows[1:]] == ["M00001", "M00003"]
    with scope.of(city.association):
        entry = Entry.objects.order_by("-seq").first()
        assert (entry.act, entry.detail, entry.actor) == (
            "members.list.exported",
            {"rows": 2, "kind": "csv", "filters": "category=3"},
            city.observer,
        )


def test_the_export_holds_what_is_ticked_and_no_identity_number(city, four):
    response = client_for(city.clerk).post(
        address(city, "export"), {"kind": "csv", "pick": [four[3].public_id]}
    )
    rows = _csv(response)
    assert [row[1:3] for row in rows[1:]] == [["小满在播", four[3].code_masked]]


def test_no_cell_of_an_export_is_a_formula(city):
    admit(city, firm(1, "=HYPERLINK(1)公司"))
    client = client_for(city.clerk)
    assert _csv(client.post(address(city, "export"), {"kind": "csv"}))[1][1] == "'=HYPERLINK(1)公司"
    response = client.post(address(city, "export"), {"kind": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(_body(response))).active
    cell = sheet.cell(row=2, column=2)
    assert (cell.value, cell.data_type) == ("'=HYPERLINK(1)公司", "s")


@pytest.mark.parametrize(("who", "status"), [("clerk", 200), ("observer", 200), ("reviewer", 403)])
def test_who_may_export(city, four, who, status):
    before = _entries(city)
    response = client_for(getattr(city, who)).post(address(city, "export"), {"kind": "csv"})
    assert response.status_code == status
    assert (status == 403) or len(_csv(response)) == 5
    assert _entries(city) == before + (status == 200)


def _entries(house):
    with scope.of(house.association):
        return Entry.objects.count()


# --- applications ---


FIELDS = {
    "category": "3",
    "name": "某市新来有限公司",
    "identifier": firm(50).identifier,
    "contact_person": "某甲",
    "contact_phone": "19900000001",
}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_applications_take_the_same_queries(city, rows, django_assert_num_queries):
    with scope.of(city.association):
        for number in range(rows):
            services.apply_to_join(identity=firm(number), category=Category.OPERATOR, by=city.clerk)
    client = client_for(city.clerk)
    with django_assert_num_queries(9):
        response = client.get(address(city, "applications"))
    assert len(response.context["page"]) == rows


def test_an_application_is_entered_accepted_and_leads_to_the_file(city):
    client = client_for(city.clerk)
    entered = client.post(address(city, "applications"), FIELDS)
    with scope.of(city.association):
        application = Application.objects.get()
    assert entered["Location"] == address(city, "application", application.public_id)
    assert client.get(entered["Location"]).status_code == 200
    accepting = reverse("conduct:accept", args=[city.slug, application.public_id])
    accepted = client.post(accepting, {"joined_on": "2026-01-05", "number": ""})
    with scope.of(city.association):
        member = Membership.objects.get()
    assert accepted["Location"] == reverse("conduct:file", args=[city.slug, member.public_id])
    assert (member.name, member.number) == ("某市新来有限公司", "M00001")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"identifier": "91990000000000000X"}, "identifier"),
        ({"identifier": "1"}, "identifier"),
        ({"identifier": person(1).identifier}, "legal_name"),
        ({"name": "\u202e坏"}, "name"),
        ({"category": "9"}, "category"),
        ({"platform": "某音"}, "account"),
        ({"category": "4"}, "__all__"),
    ],
)
def test_bad_input_names_the_field_keeps_what_was_typed_and_changes_nothing(city, change, field):
    response = client_for(city.clerk).post(address(city, "applications"), FIELDS | change)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert "某甲" in response.content.decode()
    with scope.of(city.association):
        assert Application.objects.count() == 0


def test_an_observer_reads_applications_and_enters_none(city):
    client = client_for(city.observer)
    assert client.get(address(city, "applications")).status_code == 200
    assert client.post(address(city, "applications"), FIELDS).status_code == 403
    with scope.of(city.association):
        assert Application.objects.count() == 0


@pytest.fixture
def application(city, province):
    with scope.across_associations(why="a test lists a bar"):
        kind, index = firm(50).marks()[0]
        WatchMark.objects.create(kind=kind, index=index, bar_public_id="b" * 22, set_by=province.association)
    with scope.of(city.association):
        return services.apply_to_join(identity=firm(50), category=Category.OPERATOR, by=city.clerk)


def test_a_question_shows_where_to_ask_and_disables_acceptance_with_the_reason(city, province, application):
    client = client_for(city.clerk)
    page = client.get(address(city, "application", application.public_id)).content.decode()
    assert "A screening question is open: a reviewer must answer it first." in page
    assert province.association.name in page
    accepting = reverse("conduct:accept", args=[city.slug, application.public_id])
    assert client.post(accepting, {"joined_on": "2026-01-05"}).status_code == 403
    with scope.of(city.association):
        assert Membership.objects.count() == 0


def test_a_refusal_keeps_its_reason_and_without_one_changes_nothing(city, application):
    client = client_for(city.clerk)
    refusing = address(city, "refuse", application.public_id)
    assert client.post(refusing, {"reason": ""}).status_code == 422
    with scope.of(city.association):
        assert Application.objects.get().state == "question"
    assert client.post(refusing, {"reason": "材料不齐"}).status_code == 302
    with scope.of(city.association):
        assert (Application.objects.get().state, Application.objects.get().reason) == ("refused", "材料不齐")


# --- screening ---


@pytest.mark.parametrize("rows", [1, 3])
def test_the_questions_take_the_same_queries(city, province, rows, django_assert_num_queries):
    with scope.across_associations(why="a test lists bars"):
        kind, index = firm(50).marks()[0]
        for number in range(rows):
            WatchMark.objects.create(
                kind=kind, index=index, bar_public_id=f"{number:022d}", set_by=province.association
            )
    admit(city, firm(50))
    client = client_for(city.reviewer)
    with django_assert_num_queries(9):
        response = client.get(address(city, "screening"))
    assert len(response.context["page"]) == rows


def test_a_reviewer_answers_with_reasons_a_clerk_does_not(city, application):
    with scope.of(city.association):
        question = ScreeningQuestion.objects.get()
    there = address(city, "question", question.public_id)
    answer = {"answer": "not_the_same", "reasons": "已核对证照原件"}
    assert client_for(city.clerk).post(there, answer).status_code == 403
    assert client_for(city.reviewer).post(there, {"answer": "not_the_same"}).status_code == 422
    with scope.of(city.association):
        assert ScreeningQuestion.objects.get().answer == "open"
    assert client_for(city.reviewer).post(there, answer).status_code == 302
    with scope.of(city.association):
        assert ScreeningQuestion.objects.get().answer == "not_the_same"
        assert Application.objects.get().state == "received"


# --- consents and links ---


def test_a_consent_is_given_and_withdrawn_at_the_file(city, streamer):
    client = client_for(city.clerk)
    given = {"purpose": "publish", "method": "paper", "text_version": "2026-1"}
    client.post(address(city, "consent", streamer.public_id), given)
    client.post(
        address(city, "withdraw", streamer.public_id),
        {"purpose": "publish", "method": "paper", "receiver": ""},
    )
    with scope.of(city.association):
        lines = Consent.objects.order_by("id").values_list("purpose", "given")
        assert list(lines) == [(Purpose.PUBLISH, True), (Purpose.PUBLISH, False)]


def test_a_link_is_made_from_the_streamers_side_and_ended(city, agency, streamer):
    client = client_for(city.clerk)
    client.post(
        address(city, "link", streamer.public_id), {"number": agency.number.lower(), "since": "2025-03-01"}
    )
    with scope.of(city.association):
        made = AgencyLink.objects.get()
        assert (made.agency, made.streamer) == (agency, streamer)
    client.post(address(city, "end_link", streamer.public_id, made.public_id), {"until": "2025-04-01"})
    with scope.of(city.association):
        assert AgencyLink.objects.get().until.isoformat() == "2025-04-01"


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("consent", {"purpose": "rate", "method": "paper", "text_version": "1"}),
        ("withdraw", {"purpose": "rate", "method": "paper"}),
        ("link", {"number": "M00001", "since": "2025-03-01"}),
        ("resume", {"on": "2026-01-01", "reason": "期满"}),
    ],
)
def test_who_may_not_is_told_so_and_nothing_changes(city, province, streamer, name, sent):
    there = address(city, name, streamer.public_id)
    assert client_for(city.observer).post(there, sent).status_code == 403
    assert client_for(province.clerk).post(there, sent).status_code == 404
    theirs = reverse(f"members:{name}", args=[province.slug, streamer.public_id])
    assert client_for(province.clerk).post(theirs, sent).status_code == 404
    with scope.of(city.association):
        assert (Consent.objects.count(), AgencyLink.objects.count()) == (0, 0)


def test_the_console_speaks_chinese_unless_asked_otherwise(city, operator):
    response = client_for(city.clerk).get(f"/a/{city.slug}/members/")
    assert (response.status_code, '<html lang="zh-Hans">' in response.content.decode()) == (200, True)
