"""The list of members in the console: what it shows, to whom, in how many queries, and what is exported of it."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from associations.members import services
from associations.members.states import Category, Item
from associations.tenancy import scope
from core.ledger.models import Entry
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
