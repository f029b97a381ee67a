"""The public account: what is counted, what is held back for want of numbers, when it is counted anew."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import translation

from associations.fees import services as fees
from associations.fees.services import Payment
from associations.members.states import Category
from associations.tenancy import scope
from credit.publication.account.payers import Line, fairness, weighed
from credit.publication.account.payload import verdict
from credit.publication.models import PublishedAccount
from credit.publication.services import publish_accounts, publish_due
from portal.doors import KEPT
from tests.associations.discipline.conftest import NOW, Walk
from tests.cast import admit, client_for, firm, person
from tests.credit.publication.conftest import facts_for, past_decision, rate

TODAY = NOW.date()
PAGE, API = "/en/associations/city/accountability/", "/api/v1/associations/city/account/"


@pytest.fixture(autouse=True)
def _day():
    KEPT.bodies.clear()
    KEPT.size = 0
    cache.clear()
    with time_machine.travel(NOW, tick=False), translation.override("en"):
        yield


def published() -> dict:
    publish_due(today=TODAY)
    publish_accounts(today=TODAY)
    with scope.public():
        return PublishedAccount.objects.get(association_slug="city").payload


def pay(house, member, receipt, yuan=1000):
    with scope.of(house.association):
        line = Payment(member.number, 100 * yuan, TODAY, receipt)
        fees.keep_payments(year=2026, lines=[line], by=house.clerk)


# --- cases ---


def test_what_became_of_cases_and_how_long_they_stayed(city, operator, agency):
    with scope.of(city.association):
        Walk(city, operator).to("served")
        recused = Walk(city, agency).to("panel")
        from associations.discipline import services

        services.recuse(case=recused.case, member=city.reviewers[1], reason="同学", on=TODAY, by=city.decider)
        dropped = Walk(city, agency)
        dropped.open()
        dropped.drop()
    past_decision(
        city,
        operator,
        decided_on=TODAY - timedelta(days=30),
        notice_served_on=TODAY - timedelta(days=80),
        appeal_until=TODAY - timedelta(days=5),
    )
    told = published()
    assert {each["state"]: each["count"] for each in told["cases"]} == {
        "panel": 1, "served": 1, "effective": 1, "dropped": 1,
    }  # fmt: skip
    # opened 20 April, reported 21, noticed 22, answered 6 May, seated 8, decided 12, served 13; one dropped 15 June
    assert {each["state"]: (each["median_days"], each["cases"]) for each in told["stages"]} == {
        "filed": (1, 3), "reported": (1, 2), "noticed": (14, 2), "heard": (2, 2), "panel": (4, 1), "decided": (1, 1),
    }  # fmt: skip
    assert [(each["how"], each["count"]) for each in told["endings"]] == [("drop", 1)]
    assert told["decisions"] == {"made": 2, "that_count": 2, "reversed": 0, "median_days": 22}
    assert told["panels"] == {"seats": 6, "recusals": 1, "cases": 2, "cases_with_recusal": 1}
    assert told["years"] == [{"year": 2026, "opened": 4, "decided": 2}]
    assert told["cases"][0]["name"] == {"zh": "评议中", "en": "Before the panel"}


def test_a_clock_that_has_run_out_is_told(city, operator):
    with scope.of(city.association):
        Walk(city, operator).to("noticed")
    assert [(each["what"]["en"], each["cases"], each["oldest_days"]) for each in published()["overdue"]] == [
        ("Statement", 1, 37)
    ]


def test_an_association_without_cases_has_its_page(city, client):
    told = published()
    assert (told["cases"], told["stages"], told["overdue"], told["fees"]["table"]) == ([], [], [], None)
    page = client.get(PAGE).content.decode()
    assert "No case yet" in page
    assert "The association has published no fee table." in page
    assert "No payment is on file" in page


# --- when it is counted ---


def test_it_is_counted_anew_when_something_moves_and_at_night(city, operator):
    assert publish_accounts(today=TODAY) == 1
    assert publish_accounts(today=TODAY) == 0
    pay(city, operator, "SJ-1")
    assert publish_accounts(today=TODAY) == 1
    with scope.of(city.association):
        Walk(city, operator).open()
    assert publish_accounts(today=TODAY) == 1
    assert publish_accounts(today=TODAY) == 0
    assert publish_accounts(today=TODAY + timedelta(days=1)) == 1


def test_of_another_association_nothing_is_counted(city, province, operator):
    with scope.of(city.association):
        Walk(city, operator).to("noticed")
    pay(city, operator, "SJ-1")
    publish_accounts(today=TODAY)
    with scope.public():
        theirs = PublishedAccount.objects.get(association_slug="province").payload
    assert (theirs["cases"], theirs["fees"]["years"], theirs["panels"]["seats"]) == ([], [], 0)


# --- fees ---


def test_few_persons_who_paid_are_not_told(city, operator):
    pay(city, operator, "SJ-1", 2000)
    assert published()["fees"]["years"] == [{"year": 2026, "payers": 1, "total": 200_000}]
    somebody = admit(city, person(5), Category.STREAMER)
    pay(city, somebody, "SJ-2")
    assert published()["fees"]["years"] == [{"year": 2026, "payers": None, "total": None}]
    for number in range(6, 9):
        pay(city, admit(city, person(number), Category.STREAMER), f"SJ-{number}")
    assert published()["fees"]["years"] == [{"year": 2026, "payers": 5, "total": 600_000}]


# --- do payers fare better? ---


def line(n, grade, score, *, pays, category=3, size=1, is_person=False):
    return Line(category, size, is_person, pays, grade, n, n * score, n * score * score)


def test_payers_are_held_against_members_of_their_own_kind():
    """Agencies score better and pay more often: within each kind there is no difference, so there is none."""
    found = weighed([
        line(9, 2, 880_000, pays=True, category=2), line(3, 2, 880_000, pays=False, category=2),
        line(3, 5, 650_000, pays=True), line(9, 5, 650_000, pays=False),
    ])  # fmt: skip
    assert (found.share.mean, found.share.like, found.share.sure) == (750, 750, False)
    assert (found.score.points, found.score.sure) == (0, False)
    assert verdict(found) == (
        "Fee payers fare no better: 75.0% of them have A or better, 75.0% of like members who did not pay; "
        "that is no more than chance gives."
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "words"),
    [
        ((2, 870_000), (5, 660_000), "Fee payers fare better"),
        ((5, 660_000), (2, 870_000), "Fee payers fare worse"),
    ],
)
def test_a_difference_is_called_by_its_name(mine, theirs, words):
    found = weighed([line(10, *mine, pays=True), line(10, *theirs, pays=False)])
    assert verdict(found).startswith(words)
    assert "210.000 points apart" in verdict(found)


def test_another_size_is_another_kind():
    found = weighed([line(10, 2, 870_000, pays=True, size=4), line(10, 5, 650_000, pays=False, size=1)])
    assert (found.share, found.score) == (None, None)
    assert verdict(found).startswith("Too few to compare")


@pytest.mark.parametrize(("pays", "others"), [(4, 9), (9, 4)])
def test_fewer_than_five_are_not_compared_nor_shown(pays, others):
    found = weighed([line(pays, 2, 870_000, pays=True), line(others, 2, 870_000, pays=False)])
    assert (found.share, found.grades) == (None, None)


def test_natural_persons_are_in_no_table_of_grades():
    found = weighed([line(9, 2, 870_000, pays=pays, category=4, is_person=True) for pays in (True, False)])
    assert found.share.n == 9
    assert found.grades is None


def test_they_are_counted_from_standings_payments_and_orders(city):
    members = [admit(city, firm(number)) for number in range(100, 112)]
    for member in members:
        facts_for(member)
    rate()
    for at, member in enumerate(members[:6]):
        pay(city, member, f"SJ-{at}")
    with scope.of(city.association):
        found = fairness(TODAY)
    assert (found.payers, found.others) == (6, 6)
    assert sum(found.grades[0]) == sum(found.grades[1]) == 6
    assert (found.score.n, found.score.points, found.score.sure) == (6, 0, False)


# --- page and API ---


def test_page_and_api_tell_the_same_and_move_with_it(city, operator, client):
    assert client.get(PAGE).status_code == 404  # the association itself is not public yet
    publish_due(today=TODAY)
    assert "Not counted yet" in client.get(PAGE).content.decode()
    assert client.get(API).status_code == 404
    told = published()
    first = client.get(PAGE)
    assert client.get(API).json() == told
    assert client.get(PAGE, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    with scope.of(city.association):
        Walk(city, operator).to("served")
    publish_accounts(today=TODAY)
    again = client.get(PAGE, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 200
    assert re.findall(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", again.content.decode()) == []
    assert "Decision served" in again.content.decode()


def test_what_the_page_costs(city, operator, client, django_assert_num_queries):
    published()
    client.get(PAGE)
    KEPT.bodies.clear()
    KEPT.size = 0
    # the version (5: one round trip outside a test), the scope (4), the association, its account
    with django_assert_num_queries(11):
        client.get(PAGE)
    with django_assert_num_queries(5):
        client.get(PAGE)


def test_the_association_leads_to_it(city, client):
    published()
    assert PAGE in client.get("/en/associations/city/").content.decode()
    assert client_for(city.clerk).get(PAGE).status_code == 200
