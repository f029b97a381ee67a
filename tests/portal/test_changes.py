"""The list of changes: in order, nothing left out, withdrawals too, nothing of what is not public."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from associations.tenancy import scope
from credit.publication import changes
from credit.publication.models import Candidate, PublishedRating, PublishedWithdrawal
from credit.publication.services import publish_due, withdraw
from tests.credit.publication.conftest import past_decision
from tests.portal.conftest import DAY, rated_firm

DOOR = "/api/v1/changes/"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def asked(client, **query):
    return client.get(DOOR, query).json()


def ids(told):
    return [(each["kind"], each["became"], each["id"]) for each in told["results"]]


def test_what_became_public_and_what_went(client, city, published, decision_ref):
    told = asked(client)
    assert sorted(ids(told)) == [
        ("decision", "public", decision_ref), ("rating", "public", published.public_id),
    ]  # fmt: skip
    assert told["next"] is None
    for each in told["results"]:
        record = client.get(urlsplit(each["url"]).path).json()
        assert (record["id"], record["edition"]) == (each["id"], each["edition"])
    with scope.of(city.association):
        withdraw(candidate=Candidate.objects.get(record_ref=decision_ref), why="数据有误", by=city.decider)
    after = asked(client, since=told["since"])
    assert ids(after)[-1] == ("decision", "withdrawn", decision_ref)
    assert sum(each["id"] == decision_ref for each in after["results"]) == 1
    assert (after["results"][-1]["edition"], after["results"][-1]["url"]) == (None, None)
    assert [each["at"] for each in after["results"]] == sorted(each["at"] for each in after["results"])


def test_only_what_is_later_is_told_and_the_next_asking_overlaps(client, published):
    told = asked(client)
    last = datetime.fromisoformat(told["results"][-1]["at"])
    later = (last + timedelta(seconds=1)).isoformat()
    assert asked(client, since=later)["results"] == []
    assert ids(asked(client, since=last.isoformat()))[-1] == ids(told)[-1]
    assert datetime.fromisoformat(told["since"]) == last - changes.LATE
    assert datetime.fromisoformat(asked(client, since=later)["since"]) >= datetime.fromisoformat(later)


def test_read_stretch_by_stretch_none_is_left_out_or_doubled(client, published, decision_ref, monkeypatch):
    monkeypatch.setattr("portal.api.changes.MOST", 2)
    with scope.across_associations(why="a test"):
        row = PublishedRating.objects.get()
        for n in range(5):  # at one and the same time, as one run publishes
            row.pk, row.public_id = None, f"{n}" * 22
            row.save(force_insert=True)
        PublishedWithdrawal.objects.create(public_id="w" * 22, kind="bar", at=row.published_at)
        PublishedWithdrawal.objects.create(public_id="x" * 22, kind="bar", at=LONG_AGO)
    found, address = [], DOOR
    while address:
        told = client.get(address).json()
        assert len(told["results"]) <= 2
        found += [each["id"] for each in told["results"]]
        address = told["next"]
    assert found[0] == "x" * 22
    assert sorted(found) == sorted(
        [*(f"{n}" * 22 for n in range(5)), "w" * 22, "x" * 22, published.public_id, decision_ref]
    )


def test_what_is_not_public_is_not_told(client, city, published, decision_ref):
    rated_firm(city, 77, "从未公示有限公司")
    ref = past_decision(city, published, number="缺告知", notice_served_on=None)
    publish_due(today=DAY)
    told = [each for _kind, _became, each in ids(asked(client))]
    assert sorted(told) == sorted([published.public_id, decision_ref])
    assert ref not in told


@pytest.mark.parametrize("since", [
    "yesterday", "2026-13-01", "26", "2026-11-26T25:00:00Z", "\x00", "9999-99-99",
])  # fmt: skip
def test_what_is_no_time_is_refused_with_the_remedy(client, db, since):
    answer = client.get(DOOR, {"since": since})
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert [each["field"] for each in answer.json()["errors"]] == ["since"]
    assert "2026-11-26T08:00:00+08:00" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize("cursor", ["x", "WzEsMl0", "WyIyMDI2LTAxLTAxIiwieCJd", "e30"])
def test_a_cursor_of_nobody_is_refused(client, db, cursor):
    assert client.get(DOOR, {"cursor": cursor}).status_code == 400


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-11-26T08:00:00+08:00", datetime(2026, 11, 26, tzinfo=UTC)),
        ("2026-11-26T08:00:00 08:00", datetime(2026, 11, 26, tzinfo=UTC)),
        ("2026-11-26T00:00:00Z", datetime(2026, 11, 26, tzinfo=UTC)),
        ("2026-11-26", datetime(2026, 11, 25, 16, tzinfo=UTC)),
        ("", changes.EVERYTHING),
    ],
)
def test_times_as_they_are_written(text, meant):
    from portal.api.changes import asked as read

    assert read(text) == meant


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(client, published, rows, django_assert_num_queries):
    with scope.across_associations(why="a test"):
        row = PublishedRating.objects.get()
        for n in range(rows - 1):
            row.pk, row.public_id = None, f"{n}" * 22
            row.save(force_insert=True)
    with scope.public(), django_assert_num_queries(4):
        found = changes.changes(LONG_AGO, "", 10)
    assert len(found.found) == rows + 1
    assert found.since <= timezone.now()
