"""Being served at the desk: opening a letter serves it for who has agreed to that, and for nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.discipline.services import lay_notice
from associations.discipline.states import CaseState
from associations.members.models import Membership
from associations.tenancy import scope
from core.ledger.models import Entry
from core.ledger.states import Act
from core.verdicts import Denied
from tests.associations.desk.conftest import on
from tests.cast import client_for, user_of


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def agreed(desk, city, operator):
    """The member has agreed to be served at the desk."""
    desk.client.post(
        f"/me/{city.slug}/{operator.public_id}/consents/", {"purpose": "deliver", "given": "yes"}
    )
    return desk


def test_opening_a_decision_serves_it_for_who_has_agreed(agreed):
    agreed.to("decided")
    with on(date(2026, 5, 14)):
        cover = agreed.get("letters/decision/").content.decode()
        assert "You have agreed to be served here" in cover
        assert "事实成立" not in cover
        assert agreed.file.service is None
        assert agreed.post("letters/decision/").status_code == 302
        page = agreed.get("letters/decision/").content.decode()
    assert "事实成立" in page
    file, (opened,) = agreed.file, agreed.opened()
    assert opened == ("decision", "韩经理")
    assert (file.state, file.service.served_on, file.service.by.name) == (
        CaseState.SERVED, date(2026, 5, 14), "韩经理",
    )  # fmt: skip
    assert file.service.proof == "由韩经理于2026-05-14 10:00拆阅，台账留痕。"
    assert (file.service.method, file.service.told_of_publication) == ("会员办事台电子送达", True)
    # fifteen working days on, and the record counts from the day
    assert (file.appeal_until, file.case.due_on) == (date(2026, 6, 4), date(2026, 6, 4))
    with scope.of(agreed.house.association):
        acts = list(Entry.objects.order_by("-seq").values_list("act", flat=True)[:3])
        facts = list(Fact.objects.filter(source="decision").values_list("kind", flat=True))
    assert {Act.DECISION_SERVED, Act.LETTER_OPENED} <= set(acts)
    assert facts == [FactKind.VIOLATION]


def test_opened_again_or_by_another_nothing_is_served_twice(agreed, city, operator):
    agreed.to("decided")
    with on(date(2026, 1, 5)):
        second = user_of(city, operator, "second", "杜法务")
    with on(date(2026, 5, 14)):
        agreed.post("letters/decision/")
    with on(date(2026, 5, 15)):
        agreed.post("letters/decision/")
        assert client_for(second).post(agreed.url("letters/decision/")).status_code == 302
    assert agreed.file.service.served_on == date(2026, 5, 14)
    assert agreed.opened() == [("decision", "韩经理"), ("decision", "杜法务")]


def test_an_expulsion_works_when_it_is_opened(agreed, city):
    agreed.walk.measure = 5
    agreed.to("decided")
    with on(date(2026, 5, 14)):
        assert agreed.post("letters/decision/").status_code == 302
    with scope.of(city.association):
        assert Membership.objects.get(pk=agreed.membership.pk).state == "expelled"
        assert Entry.objects.get(act=Act.MEMBER_EXPELLED).actor is None  # the rule does it, not the member


def test_who_withdraws_the_consent_is_served_on_paper(agreed, city, operator):
    agreed.to("decided")
    agreed.client.post(
        f"/me/{city.slug}/{operator.public_id}/consents/", {"purpose": "deliver", "given": "no"}
    )
    assert agreed.post("letters/decision/").status_code == 404
    assert agreed.file.service is None


def test_a_year_that_is_not_known_serves_nothing(agreed):
    agreed.to("decided")
    with on(date(2031, 2, 3)):
        agreed.client = client_for(agreed.somebody)
        assert agreed.post("letters/decision/").status_code == 403
    assert (agreed.file.service, agreed.opened()) == (None, [])


def test_a_notice_laid_out_is_served_by_opening_it(agreed, city):
    agreed.to("reported")
    assert agreed.get().status_code == 404  # the member has not been told
    with on(date(2026, 4, 22)), scope.of(city.association):
        lay_notice(case=agreed.walk.case, text="拟作出警告", measure=2, by=city.clerk)
    with on(date(2026, 4, 23)):
        assert "拟作出警告" not in agreed.get("letters/notice/").content.decode()
        assert (agreed.file.state, agreed.file.notice) == (CaseState.REPORTED, None)
        assert agreed.post("letters/notice/").status_code == 302
        assert "拟作出警告" in agreed.get("letters/notice/").content.decode()
    file = agreed.file
    assert (file.state, file.notice.served_on, file.notice.answer_until) == (
        CaseState.NOTICED, date(2026, 4, 23), date(2026, 5, 11),
    )  # fmt: skip
    assert (file.notice.text, file.notice.measure, file.case.due_on) == ("拟作出警告", 2, date(2026, 5, 11))
    assert agreed.opened() == [("notice", "韩经理")]
    with on(date(2026, 4, 24)):
        assert "opened by me 2026-04-23 10:00" in agreed.get().content.decode()


def test_a_notice_laid_out_and_not_opened_is_served_on_paper(agreed, city):
    agreed.to("reported")
    with on(date(2026, 4, 22)), scope.of(city.association):
        lay_notice(case=agreed.walk.case, text="拟作出警告", measure=2, by=city.clerk)
    page = f"/en/a/{city.slug}/cases/{agreed.walk.case.public_id}/"
    clerk = client_for(city.clerk)
    assert "It lies at the member desk since 2026-04-22" in clerk.get(page).content.decode()
    assert "拟作出警告" in clerk.get(f"{page}notice/").content.decode()  # filled in
    with scope.of(city.association):
        agreed.walk.notice(served_on=date(2026, 4, 24))
    with on(date(2026, 4, 25)):
        agreed.post("letters/notice/")
    assert (agreed.file.notice.served_on, agreed.file.notice.proof) == (date(2026, 4, 24), "签收单 1 号")


def test_who_has_not_agreed_finds_no_notice_laid_out(desk, city):
    desk.to("reported")
    with scope.of(city.association), pytest.raises(Denied, match="has not agreed"):
        lay_notice(case=desk.walk.case, text="拟作出警告", measure=2, by=city.clerk)
    offered = (
        client_for(city.clerk).get(f"/en/a/{city.slug}/cases/{desk.walk.case.public_id}/").context["acts"]
    )
    assert not any("notice-laid" in each["url"] for each in offered)


@pytest.mark.parametrize("consents", [True, False])
def test_opening_the_decision_on_the_appeal_serves_it_only_for_who_has_agreed(desk, city, operator, consents):
    if consents:
        desk.client.post(
            f"/me/{city.slug}/{operator.public_id}/consents/", {"purpose": "deliver", "given": "yes"}
        )
    desk.to("served")
    with scope.of(city.association):
        desk.walk.appeal()
        for number in (3, 4):
            desk.walk.review(number, "uphold")
    with on(date(2026, 6, 15)):
        desk.post("letters/appeal/")
    file = desk.file
    assert file.state == CaseState.EFFECTIVE
    step = f"/en/a/{city.slug}/cases/{desk.walk.case.public_id}/appeal-service/"
    if consents:
        assert (file.appeal_service.served_on, file.case.due_on) == (date(2026, 6, 15), date(2026, 7, 15))
        return
    assert (file.appeal_service, file.case.due_on) == (None, date(2026, 7, 15))
    with on(date(2026, 6, 17)):  # the clerk records it; that it was opened is filled in as the proof
        form = client_for(city.clerk).get(step).context["form"]
        assert form["served_on"].value() == date(2026, 6, 15)
        assert form["proof"].value() == "Opened at the desk by 韩经理 2026-06-15 10:00"
        told = {name: form[name].value() for name in ("served_on", "method", "proof")}
        assert client_for(city.clerk).post(step, told).status_code == 302
    assert desk.file.appeal_service.served_on == date(2026, 6, 15)
