"""The console's publication queue."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from associations.tenancy import scope
from credit.publication.models import PublishedRating
from credit.publication.services import publish_due
from credit.publication.states import RecordKind
from tests.cast import client_for
from tests.credit.publication.conftest import DAY, candidate, consent, facts_for, past_decision, rate
from tests.portal.conftest import rated_firm

QUEUE = "/en/a/city/publication/"


@pytest.fixture
def waiting(city, rated_streamer):
    """Let the streamer's rating wait for its confirmation."""
    consent(city, rated_streamer)
    publish_due(today=DAY)
    return candidate(city, RecordKind.RATING, rated_streamer.public_id)


def test_it_lists_what_each_record_lacks(city, rated, streamer):
    facts_for(streamer)
    past_decision(city, rated, notice_served_on=None)
    rate()
    publish_due(today=DAY)
    page = client_for(city.observer).get(QUEUE).content.decode()
    assert "There is no proof that prior notice was served before the decision." in page
    assert "neither separate consent to publication nor a lawful public source" in page
    assert page.count("nothing, 3 conditions met") == 1
    only = client_for(city.observer).get(f"{QUEUE}?kind=decision").content.decode()
    assert (only.count('<tr id="c-'), page.count('<tr id="c-')) == (1, 3)


def test_a_decider_confirms_and_a_clerk_may_not(city, waiting, rated_streamer):
    address = f"{QUEUE}{waiting.public_id}/confirm/"
    refused = client_for(city.clerk).post(address, {"asks_for": waiting.asks_for})
    assert refused.status_code == 403
    assert candidate(city, RecordKind.RATING, rated_streamer.public_id).approved_by is None
    assert client_for(city.decider).post(address, {"asks_for": waiting.asks_for}).status_code == 302
    publish_due(today=DAY)
    done = candidate(city, RecordKind.RATING, rated_streamer.public_id)
    assert (done.state, done.approved_by) == ("published", city.decider)
    page = client_for(city.decider).get(QUEUE).content.decode()
    assert f'href="/en/ratings/{rated_streamer.public_id}/"' in page
    assert f"confirmed by {city.decider.name}" in page


def test_a_public_source_stands_in_for_consent_and_shows_no_full_name(city, rated_streamer):
    publish_due(today=DAY)
    blocked = candidate(city, RecordKind.RATING, rated_streamer.public_id)
    address = f"{QUEUE}{blocked.public_id}/confirm/"
    decider = client_for(city.decider)
    assert decider.post(address, {"asks_for": blocked.asks_for}).status_code == 403
    bad = {"asks_for": blocked.asks_for, "public_source": "javascript:alert(1)"}
    assert decider.post(address, bad).status_code == 302
    assert candidate(city, RecordKind.RATING, rated_streamer.public_id).approved_by is None
    named = {"asks_for": blocked.asks_for, "public_source": "https://gov.example.test/notice/1"}
    assert decider.post(address, named).status_code == 302
    publish_due(today=DAY)
    with scope.public():
        assert PublishedRating.objects.get(public_id=rated_streamer.public_id).name == "小***"


def test_a_decider_takes_a_record_off_with_reasons(city, rated):
    publish_due(today=DAY)
    standing = candidate(city, RecordKind.RATING, rated.public_id)
    address = f"{QUEUE}{standing.public_id}/withdraw/"
    assert client_for(city.decider).post(address, {"why": " "}).status_code == 302
    assert client_for(city.reviewer).post(address, {"why": "误"}).status_code == 403
    assert candidate(city, RecordKind.RATING, rated.public_id).state == "published"
    assert client_for(city.decider).post(address, {"why": "名称有误"}).status_code == 302
    with scope.public():
        assert PublishedRating.objects.count() == 0
    assert "名称有误" in client_for(city.observer).get(QUEUE).content.decode()


def test_another_associations_queue_does_not_exist(city, province, rated):
    publish_due(today=DAY)
    standing = candidate(city, RecordKind.RATING, rated.public_id)
    stranger = client_for(province.decider)
    assert stranger.get(QUEUE).status_code == 404
    theirs = f"/a/province/publication/{standing.public_id}"
    assert stranger.post(f"{theirs}/confirm/", {"asks_for": "0:1"}).status_code == 404
    assert stranger.post(f"{theirs}/withdraw/", {"why": "x"}).status_code == 404
    assert candidate(city, RecordKind.RATING, rated.public_id).state == "published"


def test_it_costs_the_same_however_long(city):
    counts = []
    for number in (1, 2, 3):
        rated_firm(city, 80 + number, f"某市试验{number}号电子商务有限公司")
        rate()
        publish_due(today=DAY)
        statements = []
        watcher = client_for(city.observer)
        watch = lambda execute, sql, *rest, seen=statements: (seen.append(sql), execute(sql, *rest))[1]  # noqa: E731
        with connection.execute_wrapper(watch):
            assert watcher.get(QUEUE).content.decode().count('<tr id="c-') == number
        counts.append(len(statements))
    assert counts[0] == counts[2]


def test_the_command_publishes_and_tells_in_json(city, province, rated, capsys):
    call_command("publish", association="province")
    assert json.loads(capsys.readouterr().out)["published"] == 0
    call_command("publish", association="city")
    told = json.loads(capsys.readouterr().out)
    assert (told["published"], told["withdrawn"], told["failed"]) == (1, 0, 0)
    with pytest.raises(CommandError, match="no association"):
        call_command("publish", association="nowhere")
    assert province.slug == "province"
