"""The console's pages of remedies: lists with clocks, answering, entering from paper."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.remedies import services
from associations.remedies.models import Correction, Objection, Repair
from associations.remedies.states import Thing
from associations.tenancy import scope
from tests.associations.remedies.conftest import checked, past
from tests.cast import client_for

LIST = "/en/a/city/remedies/"


@pytest.fixture
def check(city, operator):
    with scope.of(city.association):
        past(city, operator)
        return checked(city, operator)


@pytest.fixture
def objection(city, operator, operator_user, check):
    with scope.of(city.association):
        return services.object_to(
            membership=operator, thing=Thing.FACT, ref=check.public_id, text="已补齐执照", by=operator_user
        )


def test_what_waits_stands_with_its_clock(city, operator, objection):
    page = client_for(city.reviewer).get(LIST).content.decode()
    assert operator.name in page
    assert "7 d left" in page


def test_the_list_costs_the_same_for_one_and_for_many(city, operator, operator_user, objection):
    reviewer = client_for(city.reviewer)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert reviewer.get(LIST).status_code == 200
        return len(asked)

    first = cost()
    with scope.of(city.association):
        for code in range(3, 9):
            services.object_to(
                membership=operator, thing=Thing.LINE, ref=f"1.2:{code}", text="…", by=operator_user
            )
    assert cost() == first


@pytest.mark.parametrize("view", ["objections", "repairs", "corrections", "statements", "nonsense"])
@pytest.mark.parametrize("closed", ["", "&closed=1"])
def test_every_list_opens(city, objection, view, closed):
    assert client_for(city.observer).get(f"{LIST}?view={view}{closed}").status_code == 200


def test_a_reviewer_answers_and_the_clerk_who_checked_is_told_why_not(city, objection):
    page = f"{LIST}objections/{objection.public_id}/"
    told = {"outcome": "yes", "reasons": "执照已补"}
    shown = client_for(city.clerk).get(page).content.decode()
    assert "Only these roles may do this: Reviewer" in shown
    assert client_for(city.clerk).post(page, told).status_code == 403
    assert client_for(city.reviewer).post(page, {"outcome": "yes", "reasons": ""}).status_code == 422
    assert client_for(city.reviewer).post(page, told).status_code == 302
    with scope.of(city.association):
        assert Objection.objects.get().state == "upheld"
    assert "执照已补" in client_for(city.observer).get(page).content.decode()


def enter(who, verb, fact, told):
    with scope.of(fact.association_id):
        member = fact.membership.public_id
    page = f"/en/a/city/members/{member}/remedies/{verb}/?about=fact&ref={fact.public_id}"
    return client_for(who).post(page, told)


def test_a_clerk_enters_from_paper_and_proposes_a_correction(city, operator, check):
    with scope.of(city.association):
        record = Fact.objects.get(membership=operator, kind=FactKind.VIOLATION)
    told = {"performed": "已退款", "undertaking": "不再虚构销量", "publicly": "on"}
    assert enter(city.clerk, "repair", record, told).status_code == 302
    assert enter(city.clerk, "objection", check, {"text": "…"}).status_code == 302
    assert enter(city.clerk, "statement", check, {"text": "…"}).status_code == 302
    told = {"why": "看错原件", "a": "1", "occurred_on": "2026-06-03"}
    assert enter(city.clerk, "correction", check, told).status_code == 302
    assert enter(city.reviewer, "correction", check, told).status_code == 403
    with scope.of(city.association):
        assert Repair.objects.get().state == "asked"
        correction = Correction.objects.get()
    assert correction.instead == {"a": 1, "occurred_on": "2026-06-03"}
    for sort, each in (("repairs", Repair), ("corrections", Correction)):
        with scope.of(city.association):
            found = each.objects.get()
        assert client_for(city.reviewer).get(f"{LIST}{sort}/{found.public_id}/").status_code == 200
    of_member = client_for(city.clerk).get(f"/en/a/city/members/{operator.public_id}/remedies/")
    assert "Applied for" in of_member.content.decode()


def test_repair_is_decided_on_the_page(city, operator, check):
    with scope.of(city.association):
        record = Fact.objects.get(membership=operator, kind=FactKind.VIOLATION)
        repair = services.ask_repair(
            membership=operator, ref=record.public_id, performed="已退款", undertaking="…", by=city.clerk
        )
    page = f"{LIST}repairs/{repair.public_id}/"
    told = {"is_performed": "on", "has_undertaken": "on", "else_met": "on", "reasons": "四项均符合"}
    assert client_for(city.reviewer).post(page, told).status_code == 302
    with scope.of(city.association):
        assert Fact.objects.get(kind=FactKind.REPAIR).ref == record


def test_another_associations_remedies_do_not_exist(city, province, objection):
    assert (
        client_for(province.reviewer)
        .get(f"/a/province/remedies/objections/{objection.public_id}/")
        .status_code
        == 404
    )
    assert client_for(province.reviewer).get(LIST).status_code == 404
