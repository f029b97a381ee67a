"""From rating, decision and bar to the portal, and off it again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from associations.tenancy import scope
from core.ledger.models import Entry
from core.verdicts import Denied
from credit.publication.models import (
    PublishedAssociation,
    PublishedBar,
    PublishedDecision,
    PublishedRating,
    PublishedRuleSet,
)
from credit.publication.services import confirm, consider, publish_due, withdraw, withdraw_ended
from credit.publication.settling import Outcome
from credit.publication.states import RecordKind
from tests.credit.publication.conftest import (
    DAY,
    candidate,
    consent,
    facts_for,
    past_decision,
    rate,
    take_back,
)


def public(table: type, **wanted: object) -> list[str]:
    with scope.public():
        return list(table.objects.filter(**wanted).order_by("id").values_list("public_id", flat=True))


def payload(table: type, public_id: str) -> dict:
    with scope.public():
        return table.objects.get(public_id=public_id).payload


def test_a_firms_rating_is_published_by_the_workers_alone(city, rated):
    assert publish_due(today=DAY) == Outcome(looked_at=1, published=1)
    assert public(PublishedRating) == [rated.public_id]
    told = payload(PublishedRating, rated.public_id)
    assert (told["name"], told["code"], told["association"]["slug"]) == (rated.name, rated.code, "city")
    assert sum(line["earned"] for line in told["lines"]) == told["score"]
    assert sum(each["earned"] for each in told["dimensions"]) == told["score"]
    assert (told["edition"], told["history"][-1]["score"]) == (1, told["score"])
    with scope.public():
        assert PublishedRuleSet.objects.get().sha256 == told["ruleset"]["sha256"]
        assert PublishedAssociation.objects.get(slug="city").figures["ratings"] == 1


def test_publishing_again_changes_nothing(city, rated):
    publish_due(today=DAY)
    with scope.of(city.association):
        before = Entry.objects.count()
    assert publish_due(today=DAY) == Outcome()
    with scope.of(city.association):
        assert Entry.objects.count() == before


def test_only_the_association_asked_for_is_published(city, province, rated):
    assert publish_due(association_id=province.association.pk, today=DAY) == Outcome()
    assert public(PublishedRating) == []


def test_a_natural_person_is_private_by_default(city, rated_streamer):
    assert publish_due(today=DAY) == Outcome(looked_at=1, blocked=1)
    assert public(PublishedRating) == []
    assert candidate(city, RecordKind.RATING, rated_streamer.public_id).missing == ["basis", "confirmation"]


def test_a_person_is_published_with_consent_and_a_named_confirmation_and_goes_with_the_consent(
    city, rated_streamer
):
    publish_due(today=DAY)
    consent(city, rated_streamer)
    assert publish_due(today=DAY) == Outcome(looked_at=1, waiting=1)
    waiting = candidate(city, RecordKind.RATING, rated_streamer.public_id)
    assert (waiting.state, waiting.missing) == ("ready", ["confirmation"])
    with scope.of(city.association):
        confirm(candidate=waiting, asks_for=waiting.asks_for, by=city.decider)
    assert publish_due(today=DAY) == Outcome(looked_at=1, published=1)
    told = payload(PublishedRating, rated_streamer.public_id)
    assert (told["name"], told["code"], told["member_number"]) == ("小满在播", "", "")

    take_back(city, rated_streamer)
    assert withdraw_ended(DAY) == Outcome(looked_at=1, withdrawn=1)
    assert public(PublishedRating) == []
    gone = candidate(city, RecordKind.RATING, rated_streamer.public_id)
    assert (gone.state, gone.withdrawn_for, gone.edition) == ("withdrawn", "consent", 1)
    assert withdraw_ended(DAY) == Outcome()
    assert publish_due(today=DAY) == Outcome()


def test_a_clerk_may_not_confirm_and_nothing_changes(city, rated_streamer):
    consent(city, rated_streamer)
    publish_due(today=DAY)
    waiting = candidate(city, RecordKind.RATING, rated_streamer.public_id)
    with scope.of(city.association), pytest.raises(Denied):
        confirm(candidate=waiting, asks_for=waiting.asks_for, by=city.clerk)
    assert candidate(city, RecordKind.RATING, rated_streamer.public_id).approved_by is None


def test_a_confirmation_is_for_what_was_looked_at(city, rated_streamer):
    consent(city, rated_streamer)
    publish_due(today=DAY)
    waiting = candidate(city, RecordKind.RATING, rated_streamer.public_id)
    with scope.of(city.association), pytest.raises(Denied, match="记录有变动"):
        confirm(candidate=waiting, asks_for="0:1", by=city.decider)


def test_another_grade_asks_a_named_person_again(city, rated_streamer):
    consent(city, rated_streamer)
    publish_due(today=DAY)
    waiting = candidate(city, RecordKind.RATING, rated_streamer.public_id)
    with scope.of(city.association):
        confirm(candidate=waiting, asks_for=waiting.asks_for, by=city.decider)
    publish_due(today=DAY)
    past_decision(city, rated_streamer, severity=4)
    rate()
    assert publish_due(today=DAY) == Outcome(looked_at=2, blocked=0, waiting=2, withdrawn=1)
    assert public(PublishedRating) == []
    again = candidate(city, RecordKind.RATING, rated_streamer.public_id)
    assert (again.state, again.withdrawn_for) == ("ready", "grade_changed")


def test_a_decision_is_published_and_named_by_the_rating(city, rated):
    ref = past_decision(city, rated)
    rate()
    publish_due(today=DAY)
    assert public(PublishedDecision) == [ref]
    told = payload(PublishedDecision, ref)
    assert (told["measure"], told["severity"], told["charter_article"]) == (4, 2, "第二十三条")
    assert told["withdraw_on"] == (DAY + timedelta(days=335)).isoformat()
    record = next(line for line in payload(PublishedRating, rated.public_id)["lines"] if line["record"])
    assert record["decision"] == {"id": ref, "number": told["number"]}
    assert (record["hidden"], record["code"], record["lost"]) == (False, "AD01", 70_000)


@pytest.mark.parametrize(
    ("paper", "lacks"),
    [
        ({"members_present": 5}, ["vote"]),
        ({"votes_in_favour": 3}, ["vote"]),
        ({"notice_served_on": None}, ["notice", "told"]),
        ({"severity": 1, "measure": 2}, ["severity", "end"]),
    ],
)
def test_what_lacks_something_is_neither_published_nor_named(city, rated, paper, lacks):
    ref = past_decision(city, rated, **paper)
    rate()
    publish_due(today=DAY)
    assert public(PublishedDecision) == []
    assert candidate(city, RecordKind.DECISION, ref).missing == lacks
    lines = payload(PublishedRating, rated.public_id)["lines"]
    hidden = [line for line in lines if line["record"]]
    assert [(line["hidden"], line["on"], line["code"], line["decision"]) for line in hidden] == [
        (True, None, None, None)
    ] * (paper.get("severity") == 1)


def test_what_would_change_a_grade_names_no_record_that_is_not_public(city, rated):
    """A record that is not public counts, and holds the grade; nobody is told when it fades or could be repaired."""
    ref = past_decision(city, rated)
    rate()
    publish_due(today=DAY)
    open_ = payload(PublishedRating, rated.public_id)
    assert [(each["what"], each["line"]) for each in open_["prospects"] if each["line"] == "1.2"] == [
        ("repair", "1.2"),
        ("wait", "1.2"),
        ("wait", "1.2"),
    ]
    with scope.of(city.association):
        withdraw(candidate=candidate(city, RecordKind.DECISION, ref), why="名称有误，待核", by=city.decider)
    publish_due(today=DAY)
    hidden = payload(PublishedRating, rated.public_id)
    assert [(line["no"], line["changes_on"]) for line in hidden["lines"] if line["hidden"]] == [("1.2", None)]
    assert [each["changes_on"] for each in hidden["ceilings"] if each["line"] == "1.2"] == [None]
    assert hidden["caps"] == []
    assert [each for each in hidden["prospects"] if each["line"] == "1.2"] == []
    assert "1.2" not in str(hidden["prospects"])


def test_a_decision_leaves_on_its_day_and_the_rating_forgets_its_number(city, rated):
    ref = past_decision(city, rated)
    rate()
    publish_due(today=DAY)
    last = DAY + timedelta(days=334)
    assert withdraw_ended(last) == Outcome()
    assert withdraw_ended(last + timedelta(days=1)).withdrawn == 1
    assert public(PublishedDecision) == []
    kept = candidate(city, RecordKind.DECISION, ref)
    assert (kept.state, kept.withdrawn_for) == ("withdrawn", "period_over")
    rate(last + timedelta(days=1))
    publish_due(today=last + timedelta(days=1))
    told = payload(PublishedRating, rated.public_id)
    assert [line["no"] for line in told["lines"] if line["record"]] == []
    assert ref not in str(told)


def test_an_ended_record_leaves_no_trace_in_the_course_of_the_score(city, rated):
    past_decision(city, rated)
    rate()
    publish_due(today=DAY)
    marked = payload(PublishedRating, rated.public_id)["history"]
    over = DAY + timedelta(days=340)
    rate(over)
    publish_due(today=over)
    told = payload(PublishedRating, rated.public_id)
    without = {step["on"]: step["score"] for step in told["history"]}
    assert without[marked[-1]["on"]] == marked[-1]["score"] + 70_000


def test_a_bar_is_published_with_its_decision_and_leaves_when_it_ends(city, expelled):
    publish_due(today=DAY)
    (ref,) = public(PublishedBar)
    told = payload(PublishedBar, ref)
    assert (told["for_life"], told["until_on"]) == (False, "2029-10-21")
    assert told["decision"]["id"] == public(PublishedDecision)[0]
    assert payload(PublishedRating, expelled.public_id)["state"] == 5
    over = date(2029, 10, 22)
    assert withdraw_ended(over - timedelta(days=1)).withdrawn == 1, "the decision's 1095 days"
    assert public(PublishedBar) == [ref]
    assert withdraw_ended(over).withdrawn == 1
    assert public(PublishedBar) == []


def test_an_officer_takes_a_record_off_with_reasons_and_it_stays_off(city, rated):
    publish_due(today=DAY)
    standing = candidate(city, RecordKind.RATING, rated.public_id)
    with scope.of(city.association):
        with pytest.raises(Denied, match="须写明理由"):
            withdraw(candidate=standing, why=" ", by=city.decider)
        with pytest.raises(Denied):
            withdraw(candidate=standing, why="because", by=city.clerk)
    assert public(PublishedRating) == [rated.public_id]
    with scope.of(city.association):
        withdraw(candidate=standing, why="名称有误，待核", by=city.decider)
    assert public(PublishedRating) == []
    assert publish_due(today=DAY) == Outcome()
    facts_again = DAY + timedelta(days=1)
    rate(facts_again)
    publish_due(today=facts_again)
    held = candidate(city, RecordKind.RATING, rated.public_id)
    assert (held.state, held.missing, held.withdrawn_why) == ("withdrawn", ["held"], "名称有误，待核")
    with scope.of(city.association):
        confirm(candidate=held, asks_for=held.asks_for, by=city.decider)
    assert publish_due(today=DAY).published == 1


def test_one_record_is_considered_alone(city, rated):
    assert consider(RecordKind.RATING, rated.public_id).state == "published"
    assert consider(RecordKind.RATING, "no such member here") is None
    assert consider(RecordKind.DECISION, rated.public_id) is None


def test_a_member_who_left_is_gone_from_the_portal(city, rated):
    from associations.members.services.standing import leave

    publish_due(today=DAY)
    with scope.of(city.association):
        leave(membership=rated, on=DAY, reason="退会", by=city.clerk)
    assert withdraw_ended(DAY).withdrawn == 1
    assert candidate(city, RecordKind.RATING, rated.public_id).withdrawn_for == "left"


def test_free_text_loses_what_identifies_a_person(city, rated):
    text = "经办人 13812345678，身份证 99000019950505001X，邮箱 a.b@example.test，代码 " + rated.code
    ref = past_decision(city, rated, facts=text)
    publish_due(today=DAY)
    assert payload(PublishedDecision, ref)["reasons"] == (
        f"经办人 ***，身份证 ***，邮箱 ***，代码 {rated.code}"
    )


def test_what_cannot_be_drawn_up_holds_up_no_other(city, rated, agency, monkeypatch):
    from credit.publication.sources import ratings as source

    facts_for(agency)
    rate()
    real = source.payload_of

    def failing(explained, **rest):
        if explained.member.id == rated.pk:
            raise ValueError("cannot be told")
        return real(explained, **rest)

    monkeypatch.setattr(source, "payload_of", failing)
    assert publish_due(today=DAY) == Outcome(looked_at=2, published=1, failed=1)
    assert public(PublishedRating) == [agency.public_id]
    monkeypatch.undo()
    assert publish_due(today=DAY) == Outcome(looked_at=1, published=1)
