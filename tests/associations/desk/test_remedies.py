"""The member's own remedies at the desk: the own file alone, the calculator, what comes of it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.remedies.models import Objection, OwnStatement, Repair
from associations.tenancy import scope
from tests.associations.remedies.conftest import _day, checked, past  # noqa: F401 - the day stands still
from tests.cast import client_for


def address(house, member, where=""):
    return f"/en/me/{house.slug}/{member.public_id}/remedies/{where}"


@pytest.fixture
def record(city, operator):
    """A past decision of 120 days ago, and a check."""
    with scope.of(city.association):
        past(city, operator)
        checked(city, operator)
        return Fact.objects.get(membership=operator, kind=FactKind.VIOLATION)


def about(fact):
    return f"?about=fact&ref={fact.public_id}"


def test_contested_at_the_desk_it_stands_there_with_its_clock(city, operator, operator_user, record):
    me = client_for(operator_user)
    assert me.get(address(city, operator, "objection/") + about(record)).status_code == 200
    sent = me.post(address(city, operator, "objection/") + about(record), {"text": "日期有误"})
    assert (sent.status_code, sent.headers["Location"]) == (302, address(city, operator))
    page = me.get(address(city, operator)).content.decode()
    assert "日期有误" in page
    assert "answer by 2026-06-25" in page
    with scope.of(city.association):
        assert Objection.objects.get().by == operator_user


def test_the_rating_page_marks_the_line_and_leads_to_the_form(city, operator, operator_user, record):
    from credit.scoring.services import rate_due

    rate_due()
    me = client_for(operator_user)
    me.post(address(city, operator, "objection/") + about(record), {"text": "日期有误"})
    page = me.get(f"/en/me/{city.slug}/{operator.public_id}/").content.decode()
    assert "Contested since 2026-06-15" in page
    assert f"remedies/objection/?about=fact&amp;ref={record.public_id}" in page


def test_what_is_wrong_with_it_is_said_and_what_was_typed_is_kept(city, operator, operator_user, record):
    me = client_for(operator_user)
    answer = me.post(
        address(city, operator, "repair/") + about(record), {"performed": "已退款", "undertaking": ""}
    )
    assert answer.status_code == 422
    assert "已退款" in answer.content.decode()
    with scope.of(city.association):
        assert not Repair.objects.exists()


def test_repair_is_asked_for_with_the_calculator(city, operator, operator_user, record):
    me = client_for(operator_user)
    page = me.get(address(city, operator)).content.decode()
    assert "2026-05-15" in page  # the least term: three months from 15 February
    told = {"performed": "已退款", "undertaking": "不再虚构销量", "publicly": "on"}
    assert me.post(address(city, operator, "repair/") + about(record), told).status_code == 302
    with scope.of(city.association):
        assert Repair.objects.get().state == "asked"
    again = me.post(address(city, operator, "repair/") + about(record), told)
    assert (again.status_code, "already" in again.content.decode()) == (422, True)


def test_a_statement_is_written_and_taken_back(city, operator, operator_user, record):
    me = client_for(operator_user)
    me.post(address(city, operator, "statement/") + about(record), {"text": "我方已全额退款。"})
    with scope.of(city.association):
        statement = OwnStatement.objects.get()
    me.post(address(city, operator, f"statements/{statement.public_id}/withdraw/"))
    with scope.of(city.association):
        assert OwnStatement.objects.get().state == "taken_back"
    assert (
        me.post(address(city, operator, "statement/") + about(record), {"text": "实" * 1001}).status_code
        == 422
    )


def test_anothers_remedies_and_things_do_not_exist(  # noqa: PLR0917 - fixtures
    city, operator, operator_user, streamer, streamer_user, record
):
    client_for(operator_user).post(
        address(city, operator, "objection/") + about(record), {"text": "日期有误"}
    )
    with scope.of(city.association):
        theirs = Objection.objects.get()
    stranger = client_for(streamer_user)
    for where in ("", "objection/" + about(record), f"objections/{theirs.public_id}/withdraw/"):
        assert stranger.get(address(city, operator, where)).status_code in {404, 405}
        assert stranger.post(address(city, operator, where)).status_code in {404, 405}
    own = address(city, streamer, f"objections/{theirs.public_id}/withdraw/")
    assert stranger.post(own).status_code == 404
    sent = stranger.post(address(city, streamer, "objection/") + about(record), {"text": "…"})
    assert sent.headers["Location"] == address(city, streamer)
    with scope.of(city.association):
        assert Objection.objects.get().state == "open"


def test_the_page_costs_the_same_however_much_stands_on_it(city, operator, operator_user, record):
    me = client_for(operator_user)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert me.get(address(city, operator)).status_code == 200
        return len(asked)

    first = cost()
    me.post(address(city, operator, "objection/") + about(record), {"text": "日期有误"})
    me.post(address(city, operator, "statement/") + about(record), {"text": "我方已全额退款。"})
    with scope.of(city.association):
        checked(city, operator, on=record.occurred_on)
    assert cost() == first
