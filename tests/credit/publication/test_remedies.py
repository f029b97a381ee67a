"""What stands beside a public record, and what ends it: within the sweep after the verb."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.remedies import services
from associations.remedies.models import MarksDue
from associations.remedies.services.repairing import Findings
from associations.remedies.states import Thing
from associations.tenancy import scope
from credit.publication.models import PublishedDecision, PublishedRating
from credit.publication.services import publish_due, withdraw_ended
from credit.publication.states import RecordKind
from credit.scoring.services import rate_due
from tests.cast import client_for
from tests.credit.publication.conftest import DAY, candidate, past_decision

MET = Findings(is_performed=True, has_undertaken=True, else_met=True)


@pytest.fixture(autouse=True)
def _day():
    at = datetime(DAY.year, DAY.month, DAY.day, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    with time_machine.travel(at, tick=False):
        yield


def sweep() -> None:
    """What the timetable does every half minute: rate, publish, withdraw; and publish what moved by that."""
    rate_due(as_of=DAY)
    publish_due(today=DAY)
    withdraw_ended(today=DAY)
    publish_due(today=DAY)


def public(table, ref):
    with scope.public():
        return table.objects.filter(public_id=ref).values_list("payload", flat=True).first()


def line_of(member):
    (line,) = [each for each in public(PublishedRating, member.public_id)["lines"] if each["record"]]
    return line


@pytest.fixture
def decided(city, rated):
    """A public decision of a hundred days ago, and the rating with its line."""
    ref = past_decision(
        city, rated, decided_on=DAY - timedelta(days=100), notice_served_on=DAY - timedelta(days=150)
    )
    sweep()
    assert public(PublishedDecision, ref)
    assert line_of(rated)["decision"]["id"] == ref
    return ref


@pytest.fixture
def record(city, rated, decided):
    with scope.of(city.association):
        return Fact.objects.get(membership=rated, kind=FactKind.VIOLATION)


def contest(city, member, thing, ref):
    with scope.of(city.association):
        return services.object_to(membership=member, thing=thing, ref=ref, text="不属实", by=city.clerk)


def test_contested_it_says_so_on_both_pages_and_not_once_answered(city, rated, decided, record):
    objection = contest(city, rated, Thing.FACT, record.public_id)
    sweep()
    assert (line_of(rated)["contested"], public(PublishedDecision, decided)["contested_on"]) == (
        True,
        DAY.isoformat(),
    )
    page = client_for(None).get(f"/en/ratings/{rated.public_id}/").content.decode()
    assert "an objection to this line is being looked into" in page
    page = client_for(None).get(f"/en/decisions/{decided}/").content.decode()
    assert f"Since {DAY}" in page
    with scope.of(city.association):
        services.answer_objection(objection=objection, uphold=False, reasons="属实", by=city.reviewer)
    sweep()
    assert (line_of(rated)["contested"], public(PublishedDecision, decided)["contested_on"]) == (False, None)


def test_what_the_member_says_of_a_fact_is_read_beside_its_first_line(city, rated, record):
    """Once an officer has passed it, until it is taken back."""
    words = "已向两名消费者退款。"
    with scope.of(city.association):
        figures = Fact.objects.filter(membership=rated, kind=FactKind.FIGURES).latest("occurred_on")
        said = services.speak(
            membership=rated, thing=Thing.FACT, ref=figures.public_id, text=words, by=city.clerk
        )
    sweep()
    page = client_for(None).get(f"/en/ratings/{rated.public_id}/").content.decode()
    assert words not in page
    with scope.of(city.association):
        services.check(statement=said, passes=True, reasons="无违法内容", by=city.reviewer)
    sweep()
    told = public(PublishedRating, rated.public_id)["lines"]
    assert [line["said"] for line in told if line["said"]] == [words]
    page = client_for(None).get(f"/en/ratings/{rated.public_id}/").content.decode()
    assert f"The member says: {words}" in page
    feed = client_for(None).get(f"/en/feeds/{rated.public_id}/").content.decode()
    assert "Its subject has put a statement beside it." in feed
    with scope.of(city.association):
        services.take_back(statement=said, by=city.clerk)
    sweep()
    assert not any(line["said"] for line in public(PublishedRating, rated.public_id)["lines"])


def test_the_queue_is_emptied_by_the_sweep_and_a_second_run_changes_nothing(city, rated, record):
    contest(city, rated, Thing.FACT, record.public_id)
    sweep()
    with scope.of(city.association):
        assert not MarksDue.objects.exists()
    edition = public(PublishedRating, rated.public_id)["edition"]
    sweep()
    assert public(PublishedRating, rated.public_id)["edition"] == edition


def test_upheld_it_leaves_the_portal_and_the_rating_is_as_without_it(city, rated, decided, record):
    with_it = public(PublishedRating, rated.public_id)["score"]
    objection = contest(city, rated, Thing.DECISION, decided)
    with scope.of(city.association):
        services.answer_objection(objection=objection, uphold=True, reasons="认定有误", by=city.reviewer)
    sweep()
    told = public(PublishedRating, rated.public_id)
    assert public(PublishedDecision, decided) is None
    assert told["score"] > with_it
    assert [each for each in told["lines"] if each["record"]] == []
    assert client_for(None).get(f"/decisions/{decided}/").status_code == 404


def test_repaired_publication_and_use_stop_at_once(city, rated, decided, record):
    with scope.of(city.association):
        repair = services.ask_repair(
            membership=rated,
            ref=record.public_id,
            performed="已退款",
            undertaking="不再虚构销量",
            by=city.clerk,
        )
    sweep()
    assert public(PublishedDecision, decided)["undertaking"] == "不再虚构销量"
    with scope.of(city.association):
        services.decide_repair(repair=repair, findings=MET, reasons="四项均符合", by=city.reviewer)
    sweep()
    assert public(PublishedDecision, decided) is None
    told = public(PublishedRating, rated.public_id)
    assert [each for each in told["lines"] if each["record"]] == []
    assert str(record.occurred_on) not in str(told)  # no trace, the chart included
    kept = candidate(city, RecordKind.DECISION, decided)
    assert (kept.state, kept.withdrawn_for) == ("withdrawn", "repaired")
    with scope.of(city.association):
        assert Fact.objects.filter(pk=record.pk).exists()  # both versions are kept


def test_a_reversed_or_repaired_record_gives_exactly_the_rating_without_it(city, rated, decided, record):
    with scope.of(city.association):
        repair = services.ask_repair(
            membership=rated,
            ref=record.public_id,
            performed="已退款",
            undertaking="不再虚构销量",
            by=city.clerk,
        )
        services.decide_repair(repair=repair, findings=MET, reasons="四项均符合", by=city.reviewer)
    sweep()
    told = public(PublishedRating, rated.public_id)
    first = min(told["history"], key=lambda step: step["on"])
    assert (told["score"], told["by_score"]) == (first["score"], told["by_facts"])


def test_the_own_statement_is_public_once_passed(city, rated, decided, record):
    with scope.of(city.association):
        said = services.speak(
            membership=rated, thing=Thing.FACT, ref=record.public_id, text="我方已全额退款。", by=city.clerk
        )
    sweep()
    assert public(PublishedDecision, decided)["own_statement"] == ""
    with scope.of(city.association):
        services.check(statement=said, passes=True, reasons="无违法内容", by=city.reviewer)
    sweep()
    assert public(PublishedDecision, decided)["own_statement"] == "我方已全额退款。"
    page = client_for(None).get(f"/en/decisions/{decided}/").content.decode()
    assert "我方已全额退款。" in page
    assert "own words" in page
    assert (
        "Its subject has put a statement beside it."
        in client_for(None).get(f"/en/feeds/{decided}/").content.decode()
    )


def test_nothing_of_a_remedy_makes_anything_public(city, rated_streamer):
    """A natural person's private record stays private, whatever is contested or said beside it."""
    past_decision(city, rated_streamer, decided_on=date(2026, 8, 1), notice_served_on=date(2026, 6, 1))
    sweep()
    with scope.of(city.association):
        record = Fact.objects.get(membership=rated_streamer, kind=FactKind.VIOLATION)
    contest(city, rated_streamer, Thing.FACT, record.public_id)
    sweep()
    with scope.public():
        assert not PublishedRating.objects.exists()
        assert not PublishedDecision.objects.exists()
