"""The console's pages of bars: who sees them, what they tell, and how a bar is reviewed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from associations.conduct import queue
from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.tenancy import scope
from core.verdicts import Denied
from credit.blacklist import rules, selectors, services, waiting
from credit.blacklist.models import Bar, BarEvent
from credit.scoring.models import Standing
from tests import cast

OFFICERS = ("clerk", "reviewer", "decider", "admin", "observer")
REASONS = "三年内无再犯，已改正"


def page(user, house, tail="", **asked):
    return cast.client_for(user).get(f"/en/a/{house.slug}/bars/{tail}", asked)


def review(user, bar, slug="city", **told):
    return cast.client_for(user).post(f"/en/a/{slug}/bars/{bar.public_id}/review/", told)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def listed(response):
    return [row.bar.membership.name for row in response.context_data["rows"]]


@pytest.fixture
def bar(city, work):
    """A bar for life of two hundred days ago."""
    return work.bar(work.enrol(city, 51, "甲公司"))


# --- who ---


@pytest.mark.parametrize("who", OFFICERS)
def test_every_officer_sees_the_pages(city, bar, who):
    user = getattr(city, who)
    assert [page(user, city, tail).status_code for tail in ("", f"{bar.public_id}/")] == [200, 200]


@pytest.mark.parametrize("tail", ["", "{bar}/"])
def test_for_everybody_else_they_do_not_exist(city, province, bar, operator_user, tail):
    tail = tail.format(bar=bar.public_id)
    strangers = [city.suspended, city.former, operator_user, province.clerk]
    assert [page(user, city, tail).status_code for user in strangers] == [302, 404, 404, 404]
    assert Client().get(f"/en/a/city/bars/{tail}").status_code == 302


def test_another_associations_bar_does_not_exist_and_does_not_change(city, province, bar):
    assert page(province.reviewer, province, f"{bar.public_id}/").status_code == 404
    assert review(province.reviewer, bar, "province", outcome="lift", reasons=REASONS).status_code == 404
    with scope.of(city.association):
        assert (Bar.objects.get().state, BarEvent.objects.count()) == ("listed", 1)
    assert listed(page(province.reviewer, province)) == []


# --- the list ---


def test_tabs_and_filters(city, work):
    work.bar(work.enrol(city, 51, "终身公司"), days_ago=1040)
    work.bar(work.enrol(city, 52, "期限公司"), days_ago=100, until_on=work.today + timedelta(days=900))
    ended = work.enrol(city, 53, "已止公司")
    fact = work.bar(ended).fact
    work.say(ended, FactKind.REVERSAL, 0, ref=fact, source="decision")
    services.list_bars()
    asked = [
        ({}, ["终身公司", "期限公司"]),
        ({"view": "due"}, ["终身公司"]),
        ({"view": "ended"}, ["已止公司"]),
        ({"term": "life"}, ["终身公司"]),
        ({"term": "term"}, ["期限公司"]),
        ({"q": "期限"}, ["期限公司"]),
        ({"q": "T00051"}, ["终身公司"]),
        ({"q": "无此"}, []),
        ({"view": "nothing"}, ["终身公司", "期限公司"]),
    ]
    assert [listed(page(city.clerk, city, **each)) for each, _names in asked] == [
        names for _each, names in asked
    ]
    tabs = page(city.clerk, city).context_data["tabs"]
    assert [(tab["count"], tab["tone"]) for tab in tabs] == [(2, ""), (1, ""), (1, "")]


def test_a_review_in_time_has_a_clock_and_a_late_one_is_told(city, work, monkeypatch):
    soon = work.bar(work.enrol(city, 51, "将到公司"), days_ago=1085)
    with scope.of(city.association):
        due = selectors.review_due(soon)
    assert due.on == soon.review_on
    assert due.remaining is not None
    assert due.remaining > 0
    late = work.bar(work.enrol(city, 52, "逾期公司"), days_ago=1100)
    answer = page(city.clerk, city, view="due")
    assert listed(answer) == ["逾期公司", "将到公司"]
    assert "1 review is overdue" in text(answer)
    with scope.of(city.association):
        assert selectors.review_due(late).remaining < 0
        assert selectors.review_due(Bar(state="lifted")) is None


def test_a_far_review_needs_no_calendar(city, bar):
    with scope.of(city.association):
        assert selectors.review_due(bar) == selectors.Due(bar.review_on, None)


@pytest.mark.parametrize("asked", [{"term": "forever"}, {"q": "x" * 500}, {"page": "x"}, {"q": "\x00"}])
def test_what_cannot_be_read_is_told_and_breaks_nothing(city, bar, asked):
    answer = page(city.clerk, city, **asked)
    assert (answer.status_code, "to correct" in text(answer)) == (200, "page" not in asked)


def test_an_empty_list_says_where_bars_come_from(city):
    assert "A bar follows by itself from an expulsion or a bar for life" in text(page(city.clerk, city))


# --- bars of others ---


def test_other_associations_bars_are_told_without_reasons_while_they_stand(city, province, work):
    ours = work.enrol(city, 51, "两会公司")
    theirs = work.enrol(province, 51, "两会公司")
    bar = work.bar(theirs)
    answer = page(city.clerk, city)
    assert [(each.name, each.member, each.set_by, each.bar) for each in answer.context_data["news"]] == [
        ("两会公司", ours.public_id, "某省直播电商协会", bar.public_id)
    ]
    assert bar.ground not in text(answer)
    assert page(province.clerk, province).context_data["news"] == []
    assert page(city.clerk, city, f"{bar.public_id}/").status_code == 404
    work.say(theirs, FactKind.REVERSAL, 0, ref=bar.fact, source="decision")
    services.list_bars()
    assert page(city.clerk, city).context_data["news"] == []


# --- one bar ---


def test_a_bar_says_what_it_is_and_is_not(city, bar):
    words = text(page(city.observer, city, f"{bar.public_id}/"))
    assert f"This bar is of {city.association.name} only" in words
    assert "It bars nobody from the occupation" in words
    assert bar.ground in words
    assert "For life, and reviewed every three years all the same." in words


@pytest.mark.parametrize("who", ["clerk", "decider", "admin", "observer"])
def test_who_may_not_review_reads_why_and_changes_nothing(city, bar, who):
    user = getattr(city, who)
    words = text(page(user, city, f"{bar.public_id}/"))
    assert "Not available: Only these roles may do this: Reviewer." in words
    assert review(user, bar, outcome="lift", reasons=REASONS).status_code == 403
    with scope.of(city.association):
        assert (Bar.objects.get().state, BarEvent.objects.count()) == ("listed", 1)


def test_who_took_part_reads_why(city, bar, monkeypatch):
    monkeypatch.setattr(rules.discipline, "people_involved", lambda _ref: {city.reviewer.pk})
    words = text(page(city.reviewer, city, f"{bar.public_id}/"))
    assert "You took part in the case. A bar is reviewed by somebody who did not." in words
    assert review(city.reviewer, bar, outcome="keep", reasons=REASONS).status_code == 403


def test_who_acts_for_the_subject_reads_why(city, bar, monkeypatch):
    monkeypatch.setattr(rules.discipline, "interested_in", lambda _subject: {city.reviewer.pk})
    assert "You act for the subject." in text(page(city.reviewer, city, f"{bar.public_id}/"))
    assert review(city.reviewer, bar, outcome="keep", reasons=REASONS).status_code == 403


def test_who_took_part_is_not_asked_either(city, bar, work, monkeypatch):
    """An appeal after the bar was listed may have added people."""
    monkeypatch.setattr(
        selectors.discipline, "people_of", lambda refs: dict.fromkeys(refs, frozenset({city.reviewer.pk}))
    )
    with scope.of(city.association):
        Bar.objects.update(review_on=work.today)
        (asked,) = waiting.waiting(work.today)
        assert asked.never == {city.reviewer.pk}
        services.review(bar=bar, keep=False, reasons=REASONS, by=city.reviewers[1])
        assert [each.never for each in waiting.waiting(work.today)] == [
            {city.reviewer.pk},
            {city.reviewer.pk, city.reviewers[1].pk},
        ]


def test_too_few_to_review_is_told_with_who_appoints_another(city, bar):
    few = "Too few reviewers are left who had no part in the case. The administrator of the association appoints"
    first, second_, *others = city.reviewers
    for out, told in ((others, False), ([second_, *others], True)):
        with scope.of(city.association):
            Bar.objects.update(involved=[user.pk for user in out])
        assert (few in text(page(city.clerk, city, f"{bar.public_id}/"))) is told
    review(first, bar, outcome="lift", reasons=REASONS)
    assert few in text(page(city.clerk, city, f"{bar.public_id}/"))


def test_a_review_that_keeps_it(city, bar, work):
    answer = review(city.reviewer, bar, outcome="keep", reasons=REASONS)
    assert answer.status_code == 302
    with scope.of(city.association):
        kept = Bar.objects.get()
        event = BarEvent.objects.order_by("-id").first()
    assert (kept.state, kept.review_on) == ("listed", services.years_after(work.today, 3))
    assert (event.before, event.after, event.reasons, event.by_id) == (
        "listed",
        "listed",
        REASONS,
        city.reviewer.pk,
    )
    words = text(page(city.reviewer, city, f"{bar.public_id}/"))
    assert "Reviewed and kept" in words
    assert REASONS in words


def second(user, bar, **told):
    return cast.client_for(user).post(f"/en/a/city/bars/{bar.public_id}/lifting/", told)


def test_lifting_takes_two_and_the_second_reads_why(city, bar):
    review(city.reviewer, bar, outcome="lift", reasons=REASONS)
    words = text(page(city.reviewer, city, f"{bar.public_id}/"))
    assert "You proposed to lift it; a second person decides." in words
    assert second(city.reviewer, bar, outcome="agree", reasons=REASONS).status_code == 403
    assert second(city.clerk, bar, outcome="agree", reasons=REASONS).status_code == 403
    assert REASONS in text(page(city.reviewers[1], city, f"{bar.public_id}/"))
    assert second(city.reviewers[1], bar, outcome="agree").status_code == 422
    assert review(city.reviewers[1], bar, outcome="keep", reasons=REASONS).status_code == 403
    assert second(city.reviewers[1], bar, outcome="refuse", reasons="仍有风险").status_code == 302
    with scope.of(city.association):
        assert Bar.objects.get().state == "listed"
    assert second(city.reviewers[1], bar, outcome="agree", reasons=REASONS).status_code == 404


def test_a_bar_lifted_by_two_is_a_fact_and_the_rating_follows(city, bar, work):
    work.rate()
    with scope.of(city.association):
        assert Standing.objects.get().state == 5
    assert review(city.reviewer, bar, outcome="lift", reasons=REASONS).status_code == 302
    assert second(city.reviewers[1], bar, outcome="agree", reasons="同意").status_code == 302
    with scope.of(city.association):
        fact = Fact.objects.get(kind=FactKind.DISCHARGE)
        assert (Bar.objects.get().state, fact.ref_id, fact.source, fact.source_ref) == (
            "lifted",
            bar.fact_id,
            "bar",
            bar.public_id,
        )
        assert queue.waits(bar.membership_id)
    assert services.list_bars().listed == 0
    words = text(page(city.clerk, city, f"{bar.public_id}/"))
    assert f"{city.reviewer.name} {REASONS} · {city.reviewers[1].name} 同意" in words
    assert "For life, and reviewed" not in words
    work.rate()
    with scope.of(city.association):
        assert (Bar.objects.get().state, Standing.objects.get().state) == ("lifted", 0)
    assert "This bar has ended; there is nothing left to review." in text(
        page(city.reviewer, city, f"{bar.public_id}/")
    )
    assert review(city.reviewer, bar, outcome="keep", reasons=REASONS).status_code == 403


@pytest.mark.parametrize(
    ("told", "sentences"),
    [
        ({}, 2),
        ({"outcome": "keep"}, 1),
        ({"outcome": "keep", "reasons": "   "}, 1),
        ({"reasons": REASONS}, 1),
        ({"outcome": "pardon", "reasons": REASONS}, 1),
        ({"outcome": "lift", "reasons": "长" * 4001}, 1),
    ],
)
def test_bad_input_names_the_field_keeps_what_was_typed_and_changes_nothing(city, bar, told, sentences):
    answer = review(city.reviewer, bar, **told)
    assert answer.status_code == 422
    assert f"{sentences} thing{'s' if sentences > 1 else ''} to correct" in text(answer)
    if told.get("reasons") == REASONS:
        assert REASONS in text(answer)
    with scope.of(city.association):
        assert (Bar.objects.get().state, BarEvent.objects.count()) == ("listed", 1)


def test_the_service_asks_for_reasons_too(city, bar):
    with override("en"), scope.of(city.association):
        with pytest.raises(Denied, match="Write the reasons; a review without reasons does not count"):
            services.review(bar=bar, keep=True, reasons=" ", by=city.reviewer)
        assert BarEvent.objects.count() == 1


def test_a_review_is_posted(city, bar):
    assert page(city.reviewer, city, f"{bar.public_id}/review/").status_code == 405


# --- how many questions ---

LIST_QUERIES = 22
BAR_QUERIES = 20


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_long(city, province, work, count, django_assert_num_queries):
    for number in range(count):
        work.bar(work.enrol(city, 60 + number))
        work.enrol(city, 70 + number)
        work.bar(work.enrol(province, 70 + number))
    client = cast.client_for(city.clerk)
    client.get("/en/a/city/bars/")
    with django_assert_num_queries(LIST_QUERIES):
        answer = client.get("/en/a/city/bars/")
    assert (len(listed(answer)), len(answer.context_data["news"])) == (count, count)


@pytest.mark.parametrize("count", [1, 3])
def test_a_bar_asks_the_same_however_often_it_was_reviewed(city, bar, count, django_assert_num_queries):
    with scope.of(city.association):
        for number in range(count):
            services.review(bar=bar, keep=True, reasons=f"{number}", by=city.reviewer)
    client = cast.client_for(city.reviewer)
    client.get(f"/en/a/city/bars/{bar.public_id}/")
    with django_assert_num_queries(BAR_QUERIES):
        answer = client.get(f"/en/a/city/bars/{bar.public_id}/")
    assert len(answer.context_data["moments"]) == count + 3
