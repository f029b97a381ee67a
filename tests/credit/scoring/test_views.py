"""The console's pages of ratings: who sees what, what is listed, what a rating page tells, bad input."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from openpyxl import load_workbook

from associations.conduct.states import FactKind
from associations.tenancy import scope
from core.ledger.models import Entry
from credit.scoring import runs, selectors, services
from tests import cast

OFFICERS = ("clerk", "reviewer", "decider", "admin", "observer")
STRANGERS = ("suspended", "former")


def page(user, house, tail="", **asked):
    return cast.client_for(user).get(f"/en/a/{house.slug}/ratings/{tail}", asked)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def whole(answer):
    """The bytes of a streamed answer; read to its end it is closed."""
    return b"".join(answer.streaming_content)


def listed(response):
    return [row.member.name for row in response.context_data["rows"]]


@pytest.fixture
def three(city, work):
    """The worked example; the same with a general record of 40 days ago; one of whom nothing is known."""
    rows = [
        work.enrol(city, 31, "甲公司"),
        work.enrol(city, 32, "乙公司", category=2),
        work.enrol(city, 33, "丙公司", facts=False),
    ]
    work.say(rows[1], FactKind.VIOLATION, 40, code=3, severity=2, source="decision", source_ref="unknown")
    work.say(rows[2], FactKind.TRAINING, 9, a=1)
    work.rate()
    return rows


# --- who ---


@pytest.mark.parametrize("who", OFFICERS)
def test_every_officer_sees_the_pages(city, three, who):
    user = getattr(city, who)
    tails = ("", "waiting/", f"{three[0].public_id}/")
    assert [page(user, city, tail).status_code for tail in tails] == [200, 286, 200]


@pytest.mark.parametrize("tail", ["", "waiting/", "{member}/"])
def test_for_everybody_else_they_do_not_exist(city, province, three, operator_user, tail):
    tail = tail.format(member=three[0].public_id)
    strangers = [*(getattr(city, who) for who in STRANGERS), operator_user, province.clerk]
    answers = [page(user, city, tail).status_code for user in strangers]
    assert answers == [302, 404, 404, 404]  # a suspended account is logged out
    assert Client().get(f"/en/a/city/ratings/{tail}").status_code == 302


def test_another_associations_member_does_not_exist(city, province, three, work):
    theirs = work.enrol(province, 9, "别会公司")
    work.rate()
    assert page(city.clerk, city, f"{theirs.public_id}/").status_code == 404
    assert page(province.clerk, province, f"{three[0].public_id}/").status_code == 404
    assert listed(page(province.clerk, province)) == ["别会公司"]
    assert page(city.clerk, city, "no-such-member/").status_code == 404


# --- the list ---


def test_the_list_is_in_order_of_the_score_with_what_holds_it(city, three):
    rows = page(city.clerk, city).context_data["rows"]
    assert [(row.member.name, row.held) for row in rows] == [
        ("甲公司", ""),
        ("乙公司", "record in force"),
        ("丙公司", "little known, identity not verified"),
    ]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"grade": "AA"}, ["甲公司"]),
        ({"category": "2"}, ["乙公司"]),
        ({"hold": "record"}, ["乙公司"]),
        ({"hold": "identity"}, ["丙公司"]),
        ({"view": "unrated"}, ["丙公司"]),
        ({"view": "rated"}, ["甲公司", "乙公司"]),
        ({"view": "left"}, []),
        ({"q": "乙公"}, ["乙公司"]),
        ({"q": "T00033"}, ["丙公司"]),
        ({"sort": "score"}, ["丙公司", "乙公司", "甲公司"]),
        ({"sort": "-rated", "view": "rated"}, ["乙公司", "甲公司"]),
        ({"sort": "next", "category": "2"}, ["乙公司"]),
    ],
)
def test_filters_views_and_orders(city, three, asked, names):
    assert listed(page(city.clerk, city, **asked)) == names


def test_a_day_on_which_ratings_change_leads_to_them(city, three, work):
    day = work.today + timedelta(days=25)
    work.say(three[0], FactKind.LICENCE, 1, until_on=day - timedelta(days=1))
    work.rate()
    answer = page(city.clerk, city)
    assert [(each.on, each.count) for each in answer.context_data["coming"]] == [(day, 1)]
    assert listed(page(city.clerk, city, on=day.isoformat())) == ["甲公司"]
    assert listed(page(city.clerk, city, change="30")) == ["甲公司"]
    assert listed(page(city.clerk, city, change="7")) == []


def test_the_distribution_counts_grades_and_leaves_out_who_has_none(city, three):
    distribution = page(city.clerk, city).context_data["distribution"]
    assert (sum(distribution.counts), distribution.counts[1], distribution.unrated) == (2, 1, 1)


def test_the_change_of_ninety_days_is_told(city, three, work):
    runs.rate_all(as_of=work.today)  # nothing new
    rows = {row.member.name: row.change for row in page(city.clerk, city).context_data["rows"]}
    assert rows == {"甲公司": None, "乙公司": None, "丙公司": None}
    fresh = work.enrol(city, 7, "丁公司")
    runs.rate_all(as_of=work.today - timedelta(days=91))
    work.rate()
    with scope.of(city.association):
        then, now = (each.score for each in reversed(selectors.ratings_of(fresh.pk)))
    rows = {row.member.name: row.change for row in page(city.clerk, city).context_data["rows"]}
    assert rows["丁公司"] is None or rows["丁公司"] == now - then


def test_pages_go_on_from_the_last_row(city, work):
    for number in range(52):
        work.enrol(city, 100 + number, f"公司{number:02d}", facts=False)
    runs.rate_all(as_of=work.today)
    first = page(city.clerk, city)
    second = page(city.clerk, city, cursor=first.context_data["page"].next)
    back = page(city.clerk, city, cursor=second.context_data["page"].previous)
    assert (len(listed(first)), len(listed(second))) == (50, 2)
    assert set(listed(first)).isdisjoint(listed(second))
    assert listed(back) == listed(first)


@pytest.mark.parametrize(
    "asked",
    [
        {"cursor": "not a cursor"},
        {"cursor": "WyJuIiwxXQ"},
        {"sort": "password"},
        {"view": "nobody"},
        {"grade": "Z"},
        {"category": "99"},
        {"hold": "nothing"},
        {"change": "-1"},
        {"on": "2026-02-30"},
        {"q": "x" * 500},
        {"q": "\x00"},
        {"page": "x"},
    ],
)
def test_what_cannot_be_read_is_told_and_breaks_nothing(city, three, asked):
    answer = page(city.clerk, city, **asked)
    assert answer.status_code == 200
    told = {"grade", "category", "hold", "change", "on", "q"} & set(asked)
    assert ("to correct" in text(answer)) is bool(told)


def test_an_association_without_members_is_told_what_comes(city):
    assert "Nobody is rated yet" in text(page(city.clerk, city))


# --- asking ---


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 302), ("admin", 302), ("reviewer", 403), ("decider", 403), ("observer", 403)],
)
def test_who_may_ask_for_a_rating(city, three, who, status):
    answer = cast.client_for(getattr(city, who)).post("/en/a/city/ratings/ask/")
    with scope.of(city.association):
        waiting = selectors.progress(association_id=city.association.pk).waiting
        told = list(Entry.objects.filter(act="scoring.rating.asked").values_list("detail", flat=True))
    assert (answer.status_code, waiting, told) == (
        (302, 3, [{"count": 3}]) if status == 302 else (403, 0, [])
    )


def test_who_may_not_ask_reads_why(city, three):
    assert "Only these roles may do this: Clerk, Association administrator" in text(page(city.observer, city))


def test_nobody_asks_twice(city, three):
    client = cast.client_for(city.clerk)
    client.post("/en/a/city/ratings/ask/")
    assert client.post("/en/a/city/ratings/ask/").status_code == 403
    assert "Every member already waits to be rated." in text(client.get("/en/a/city/ratings/waiting/"))


def test_asking_is_posted(city, three):
    assert page(city.clerk, city, "ask/").status_code == 405
    assert page(city.clerk, city, "export/").status_code == 405


def test_progress_is_asked_for_until_nobody_waits(city, three, work):
    client = cast.client_for(city.clerk)
    client.post("/en/a/city/ratings/ask/")
    whole = client.get("/en/a/city/ratings/").content.decode()
    assert 'hx-get="/en/a/city/ratings/waiting/" hx-trigger="load"' in whole
    part = client.get("/en/a/city/ratings/waiting/")
    assert (part.status_code, 'hx-trigger="every 3s"' in part.content.decode()) == (200, True)
    assert 'value="0" max="3"' in part.content.decode()
    assert runs.rate_stretches() == services.Outcome(looked_at=3, changed=0)
    done = client.get("/en/a/city/ratings/waiting/")
    assert (done.status_code, "hx-get" in done.content.decode()) == (286, False)
    assert "All ratings are up to date." in text(done)


def test_only_this_associations_members_are_queued(city, province, three, work):
    work.enrol(province, 9, "别会公司")
    work.rate()
    cast.client_for(city.clerk).post("/en/a/city/ratings/ask/")
    with scope.of(province.association):
        assert selectors.progress(association_id=province.association.pk).waiting == 0


# --- export ---


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 200), ("admin", 200), ("observer", 200), ("reviewer", 403), ("decider", 403)],
)
def test_who_may_export(city, three, who, status):
    answer = cast.client_for(getattr(city, who)).post("/en/a/city/ratings/export/", {"kind": "csv"})
    assert answer.status_code == status
    assert not answer.streaming or whole(answer)
    assert ("Export CSV" in text(page(getattr(city, who), city))) is (status == 200)


def test_the_export_holds_what_is_filtered_and_runs_nothing(city, three, work):
    work.enrol(city, 4, "=1+1公司")
    work.rate()
    answer = cast.client_for(city.clerk).post("/en/a/city/ratings/export/?grade=AA", {"kind": "csv"})
    rows = list(csv.reader(io.StringIO(whole(answer).decode("utf-8-sig"))))
    assert rows[0][:7] == ["Member number", "Name", "Code", "Category", "State", "Grade", "Score"]
    assert [row[1] for row in rows[1:]] == ["甲公司", "'=1+1公司"]
    assert rows[1][0] == "T00031"
    assert rows[1][3:9] == ["Room operator", "Rated", "AA", "867.147", "1.0", "0.725525"]
    with scope.of(city.association):
        told = Entry.objects.get(act="scoring.list.exported").detail
    assert told == {"rows": 2, "kind": "csv", "filters": "grade=AA"}


def test_a_workbook_too(city, three):
    answer = cast.client_for(city.clerk).post("/en/a/city/ratings/export/", {"kind": "xlsx"})
    sheet = load_workbook(io.BytesIO(whole(answer))).active
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["甲公司", "乙公司", "丙公司"]
    assert sheet["G2"].value == 867.147


def test_a_long_workbook_is_refused_with_the_remedy(city, three, monkeypatch):
    monkeypatch.setattr("credit.scoring.rules.MOST_IN_A_WORKBOOK", 2)
    client = cast.client_for(city.clerk)
    answer = client.post("/en/a/city/ratings/export/", {"kind": "xlsx"})
    assert answer.status_code == 403
    assert "takes at most 2 rows, this would be 3: export CSV, or filter more" in text(answer)
    assert (
        client.post("/en/a/city/ratings/export/", {"kind": "pdf"})["Content-Type"]
        == "text/csv; charset=utf-8"
    )


# --- one rating ---


def test_a_rating_is_told_to_the_last_line(city, three):
    answer = page(city.observer, city, f"{three[0].public_id}/")
    told = answer.context_data["told"]
    assert [sum(line.lost or 0 for line in group.lines) for group in told.groups] == [
        group.lost for group in told.groups
    ]
    assert (told.total.got, told.total.most, told.total.grade) == (867_147, 1_000_000, "AA")
    words = text(answer)
    assert "The score of 867.147 reaches AA." in words
    assert "Check by the association" in words
    assert "Training records" in words
    assert answer.context_data["ruleset_sha"] in words
    assert answer.context_data["inputs_sha"] in words


def test_what_bit_is_marked_and_leads_to_its_line(city, three):
    answer = page(city.observer, city, f"{three[1].public_id}/")
    bit = [hold for hold in answer.context_data["told"].holds if hold.hit]
    assert [(hold.condition.key, hold.line) for hold in bit] == [("general_record:3", "1.2")]
    assert 'href="#l1-2"' in answer.content.decode()


def test_who_is_not_rated_reads_why(city, three):
    words = text(page(city.observer, city, f"{three[2].public_id}/"))
    assert (
        "Not rated (NR). The identity has not been verified. Too little is known to give a rating." in words
    )
    assert "Not rated is not a bad grade." in words


def test_a_member_without_a_rating_has_a_page_all_the_same(city, work):
    row = work.enrol(city, 8, "新公司", facts=False)
    answer = page(city.clerk, city, f"{row.public_id}/")
    assert answer.status_code == 200
    assert "Not rated yet" in text(answer)


def test_a_waiting_member_says_so(city, three, work):
    work.say(three[0], FactKind.CONTRIBUTION, 1, a=3)
    words = text(page(city.clerk, city, f"{three[0].public_id}/"))
    assert "Waits to be rated again" in words
    assert "The score of 867.147 reaches AA." in words  # the standing one, until then


def test_ratings_so_far_tell_what_changed(city, three, work):
    work.say(three[0], FactKind.CONTRIBUTION, 1, a=20)
    work.rate()
    given = page(city.clerk, city, f"{three[0].public_id}/").context_data["given"]
    assert [(row["rating"].score, row["change"]) for row in given] == [(907_147, 40_000), (867_147, None)]


# --- how many questions ---


LIST_QUERIES = 13
RATING_QUERIES = 16


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_long(city, work, count, django_assert_num_queries):
    for number in range(count):
        work.enrol(city, 20 + number)
    work.rate()
    client = cast.client_for(city.clerk)
    client.get("/en/a/city/ratings/")
    with django_assert_num_queries(LIST_QUERIES):
        assert len(listed(client.get("/en/a/city/ratings/"))) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_rating_page_asks_the_same_however_many_records(city, work, count, django_assert_num_queries):
    row = work.enrol(city, 20)
    for number in range(count):
        work.say(
            row,
            FactKind.VIOLATION,
            40 + number,
            code=3 + number,
            severity=2,
            source="decision",
            source_ref=f"r{number}",
        )
        work.rate()
    client = cast.client_for(city.clerk)
    client.get(f"/en/a/city/ratings/{row.public_id}/")
    with django_assert_num_queries(RATING_QUERIES):
        answer = client.get(f"/en/a/city/ratings/{row.public_id}/")
    assert len(answer.context_data["given"]) == count
