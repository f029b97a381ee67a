"""One association asks another about its bar; both keep it; who received word is told what becomes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from associations.conduct.states import FactKind
from associations.members import services as members
from associations.members.models import AgencyLink, ScreeningQuestion
from associations.members.states import Category
from associations.remedies import services as remedies
from associations.remedies.states import Thing
from associations.tenancy import scope
from core.ledger.models import Entry
from core.subjects.states import MarkKind
from core.verdicts import Denied
from credit.blacklist import rules, services
from credit.blacklist.models import BarChange, Inquiry, InquiryAnswer, OwnInquiry
from tests import cast

QUESTION = "是否为同一主体？禁入是否仍在执行？"


@pytest.fixture
def bar(city, work):
    """A bar of the city, against a firm."""
    return work.bar(work.enrol(city, 51, "甲公司"))


@pytest.fixture
def applied(province, bar):
    """The barred firm applies in the province under another name: screening raises a question there."""
    with scope.of(province.association):
        return members.apply_to_join(
            identity=cast.firm(51, "乙公司"), category=Category.OPERATOR, by=province.clerk
        )


@pytest.fixture
def asked(province, bar, applied):
    with scope.of(province.association):
        return services.ask(bar_public_id=bar.public_id, question=QUESTION, by=province.reviewer)


def test_the_register_of_who_asked_is_kept_by_who_set_the_bar(city, province, bar, asked):
    with scope.of(city.association):
        kept = Inquiry.objects.get()
        assert (kept.bar_id, kept.asked_by, kept.officer, kept.question) == (
            bar.pk,
            province.association,
            province.reviewer.name,
            QUESTION,
        )
        assert Entry.objects.filter(act="blacklist.inquiry.asked", actor=None).count() == 1
        for change in ({"question": "…"}, {"officer": "…"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Inquiry.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            Inquiry.objects.all().delete()
    with scope.of(province.association):
        assert Inquiry.objects.count() == 0
        assert OwnInquiry.objects.get().question == QUESTION
        assert Entry.objects.get(act="blacklist.inquiry.asked").actor == province.reviewer


def test_the_answer_reaches_who_asked_and_is_given_once(city, province, asked):
    with scope.of(city.association):
        inquiry = Inquiry.objects.get()
        services.answer(inquiry=inquiry, text="是，仍在执行。", by=city.reviewer)
        with pytest.raises(Denied):
            services.answer(inquiry=Inquiry.objects.get(), text="改口", by=city.decider)
        assert InquiryAnswer.objects.get().by == city.reviewer
    with scope.of(province.association):
        told = OwnInquiry.objects.get()
        assert (told.answer, told.answered_at is not None) == ("是，仍在执行。", True)
        assert Entry.objects.filter(act="blacklist.inquiry.answered").count() == 1


@pytest.mark.parametrize(
    ("who", "asks", "answers"),
    [("clerk", True, False), ("reviewer", True, True), ("decider", False, True), ("admin", True, True),
     ("observer", False, False)],
)  # fmt: skip
def test_who_may_ask_and_answer(city, province, bar, applied, who, asks, answers):  # noqa: PLR0917 - a table's columns
    with scope.of(province.association):
        assert bool(rules.may_ask(getattr(province, who), bar.public_id)) is asks
    with scope.of(city.association):
        assert bool(rules.may_answer(getattr(city, who), Inquiry())) is answers


def test_who_was_not_told_cannot_ask(province, bar):
    with scope.of(province.association):
        for name in (bar.public_id, "x" * 22):
            verdict = rules.may_ask(province.reviewer, name)
            assert "not told of such a bar" in str(verdict.reason) or not verdict
    assert (
        cast.client_for(province.reviewer).get(f"/en/a/province/bars/ask/{bar.public_id}/").status_code == 403
    )


def test_one_question_at_a_time_with_words(province, bar, asked):
    with scope.of(province.association), pytest.raises(Denied):
        services.ask(bar_public_id=bar.public_id, question=QUESTION, by=province.clerk)


def test_no_association_asks_itself(city, bar):
    with scope.across_associations(why="a test"), pytest.raises(IntegrityError), transaction.atomic():
        Inquiry.objects.create(
            association=city.association, bar=bar, asked_by=city.association, officer="…", question="…"
        )


# --- what becomes of it ---


def happens(work, bar, kind):
    """Something is said of the bar's fact today."""
    with scope.of(bar.association_id):
        member = bar.membership
    work.say(member, kind, 0, ref=bar.fact, source="decision")


def told_in(house):
    with scope.of(house.association):
        return list(BarChange.objects.order_by("id").values_list("bar_public_id", "became", "seen_at"))


def test_whoever_received_word_is_told_once_of_each_change(city, province, bar, asked, work):
    assert told_in(province) == []
    happens(work, bar, FactKind.STAY)
    services.list_bars()
    services.list_bars()
    assert told_in(province) == [(bar.public_id, "suspended", None)]
    happens(work, bar, FactKind.REVERSAL)
    services.list_bars()
    assert [became for _bar, became, _seen in told_in(province)] == ["suspended", "lifted"]
    assert told_in(city) == []
    page = cast.client_for(province.clerk).get("/en/a/province/bars/inquiries/").content.decode()
    assert page.count(bar.public_id) == 2
    assert cast.client_for(province.clerk).post("/en/a/province/bars/inquiries/seen/").status_code == 302
    assert all(seen for _bar, _became, seen in told_in(province))


def test_whoever_received_word_is_told_that_it_is_contested(city, province, bar, asked):
    with scope.of(city.association):
        member = bar.membership
        remedies.object_to(
            membership=member, thing=Thing.BAR, ref=bar.public_id, text="不属实", by=city.clerk
        )
    services.list_bars()
    services.list_bars()
    assert [became for _bar, became, _seen in told_in(province)] == ["contested"]


def speaks(city, bar, thing=Thing.BAR, ref="", text="我方已全额退款。"):
    """The barred one says something beside the bar, or beside the decision behind it; nobody has looked at it yet."""
    return remedies.speak(
        membership=bar.membership, thing=thing, ref=ref or bar.public_id, text=text, by=city.clerk
    )


@pytest.mark.parametrize("thing", [Thing.BAR, Thing.DECISION])
def test_whoever_received_word_is_told_of_what_the_barred_one_says(city, province, bar, asked, thing):
    def heard():
        services.list_bars()
        return [became for _bar, became, _seen in told_in(province)]

    ref = bar.public_id if thing == Thing.BAR else bar.decision_ref
    with scope.of(city.association):
        statement = speaks(city, bar, thing, ref)
    assert heard() == []
    with scope.of(city.association):
        remedies.check(statement=statement, passes=True, reasons="无违法内容", by=city.reviewer)
    assert (heard(), heard()) == (["said"], ["said"])
    with scope.of(city.association):
        changed = speaks(city, bar, thing, ref, "我方已全额退款，并已整改。")
    assert heard() == ["said", "unsaid"]
    with scope.of(city.association):
        remedies.check(statement=changed, passes=True, reasons="无违法内容", by=city.reviewer)
    assert heard() == ["said", "unsaid", "said"]
    assert told_in(city) == []


def test_what_was_withheld_from_the_public_is_told_to_nobody(city, province, bar, asked):
    with scope.of(city.association):
        statement = speaks(city, bar)
        remedies.check(statement=statement, passes=False, reasons="泄露第三人电话", by=city.reviewer)
        services.list_bars()
        remedies.take_back(statement=statement, by=city.clerk)
    services.list_bars()
    assert told_in(province) == []


def test_what_is_said_beside_another_record_of_the_member_is_not_told(city, province, bar, asked):
    with scope.of(city.association):
        statement = speaks(city, bar, Thing.LINE, "2.1:3")
        remedies.check(statement=statement, passes=True, reasons="无违法内容", by=city.reviewer)
    services.list_bars()
    assert told_in(province) == []


def test_word_of_a_bar_and_a_hit_of_screening_are_receipts_too(city, province, work):
    theirs = work.enrol(province, 61, "丙公司")
    bar = work.bar(work.enrol(city, 61, "丙公司"))
    assert theirs.pk
    happens(work, bar, FactKind.REVERSAL)
    services.list_bars()
    assert [became for _bar, became, _seen in told_in(province)] == ["lifted"]


@pytest.mark.parametrize(("days", "told"), [(3 * 365 - 2, 1), (3 * 366 + 1, 0)])
def test_for_three_years_after(province, bar, asked, work, days, told):  # noqa: PLR0917 - fixtures
    with scope.across_associations(why="a question of long ago"):
        then = timezone.now() - timedelta(days=days)
        OwnInquiry.objects.update(at=then)
    with scope.of(province.association):
        ScreeningQuestion.objects.update(raised_at=then)
    happens(work, bar, FactKind.REVERSAL)
    services.list_bars()
    assert len(told_in(province)) == told


# --- re-entry ---


def link(house, agency, streamer, since, until=None):
    with scope.of(house.association):
        AgencyLink.objects.create(
            association=house.association, agency=agency, streamer=streamer, since=since, until=until
        )


@pytest.mark.parametrize(
    ("since", "until", "raised"), [(400, None, True), (400, 100, True), (400, 300, False), (100, None, False)]
)
def test_who_was_signed_with_the_barred_one_that_day_is_a_question_about_the_link(  # noqa: PLR0917
    city, province, work, since, until, raised
):
    barred = work.enrol(city, 71, "某主播工作室", category=4)
    agency = work.enrol(city, 72, "某机构", category=2)
    day = work.today - timedelta(days=since)
    link(city, agency, barred, day, until and work.today - timedelta(days=until))
    bar = work.bar(barred, days_ago=200)
    with scope.of(province.association):
        members.apply_to_join(identity=cast.firm(72, "某机构"), category=Category.AGENCY, by=province.clerk)
        found = list(ScreeningQuestion.objects.values_list("mark_kind", "bar_public_id", "set_by_id"))
    assert found == ([(MarkKind.LINK, bar.public_id, city.association.pk)] if raised else [])


def test_a_hit_says_in_words_what_it_means(province, applied):
    with scope.of(province.association):
        question = ScreeningQuestion.objects.order_by("mark_kind").first()
    page = cast.client_for(province.reviewer).get(f"/en/a/province/members/screening/{question.public_id}/")
    words = page.content.decode()
    assert "this is the barred firm" in words
    assert f"/en/a/province/bars/ask/{question.bar_public_id}/" in words


def test_the_pages_of_inquiries(city, province, bar, applied):
    ask = f"/en/a/province/bars/ask/{bar.public_id}/"
    assert cast.client_for(province.clerk).post(ask, {"text": " "}).status_code == 422
    assert cast.client_for(province.clerk).post(ask, {"text": QUESTION}).status_code == 302
    assert QUESTION in cast.client_for(province.clerk).get("/en/a/province/bars/inquiries/").content.decode()
    with scope.of(city.association):
        inquiry = Inquiry.objects.get()
    answer = f"/en/a/city/bars/inquiries/{inquiry.public_id}/"
    assert QUESTION in cast.client_for(city.observer).get(answer).content.decode()
    assert cast.client_for(city.clerk).post(answer, {"text": "是"}).status_code == 403
    assert cast.client_for(city.admin).post(answer, {"text": "是，仍在执行。"}).status_code == 302
    register = cast.client_for(city.clerk).get(f"/en/a/city/bars/{bar.public_id}/").content.decode()
    assert province.association.name in register
    assert "是，仍在执行。" in register
    assert cast.client_for(province.clerk).get(answer.replace("city", "province")).status_code == 404
