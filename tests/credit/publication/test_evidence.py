"""The bundle goes with the published rating: drawn up, signed, replaced and taken away with it."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

from associations.conduct.models import Fact
from associations.discipline.models import Decision
from associations.discipline.services import reverse
from associations.tenancy import scope
from core.signing.selectors import published_keys
from credit.publication import selectors, settling
from credit.publication.models import PublishedBundle, PublishedRating
from credit.publication.services import confirm, publish_due, withdraw, withdraw_ended
from credit.publication.states import RecordKind
from credit.rulesets.canonical import canonical
from credit.scoring.models import Standing
from credit.scoring.runs import rate_all
from tests.credit.publication.conftest import DAY, candidate, consent, past_decision, rate
from tests.credit.scoring.test_services import NEXT
from verifier.checking import check
from verifier.signing import PublicKey, key_within


def bundle_of(public_id: str) -> dict:
    with scope.public():
        body = selectors.bundle(public_id)
        sha256 = selectors.bundle_sha256(public_id)
    told = json.loads(body)
    assert canonical(told) == body
    assert hashlib.sha256(body).hexdigest() == sha256
    return told


def bundles() -> list[str]:
    with scope.public():
        return list(PublishedBundle.objects.order_by("id").values_list("public_id", flat=True))


def assert_verifies(bundle: dict) -> None:
    (key,) = published_keys()["keys"]
    own = key_within(bundle)
    assert own.fingerprint == key["fingerprint"]
    report = check(
        bundle, [PublicKey(own.public, key["kid"], key["valid_from"] or "", key["valid_until"] or "")]
    )
    assert report.differences == []


def test_a_published_rating_has_its_evidence(city, rated):
    publish_due(today=DAY)
    bundle = bundle_of(rated.public_id)
    assert_verifies(bundle)
    with scope.public():
        told = PublishedRating.objects.get().payload
    assert (bundle["result"]["score"], bundle["result"]["shown"]) == (told["score"], told["grade"])
    assert (bundle["inputs_sha256"], bundle["ruleset_sha256"]) == (
        told["inputs_sha256"],
        told["ruleset"]["sha256"],
    )
    assert [line["earned"] for line in bundle["result"]["lines"]] == [
        line["earned"] for line in told["lines"]
    ]
    assert bundle["previous"] is None
    assert bundle["register"]["address"] == "http://127.0.0.1:8000"


def test_its_facts_are_digested_as_the_conduct_file_did(city, rated):
    publish_due(today=DAY)
    with scope.of(city.association):
        digests = [bytes(f.digest).hex() for f in Fact.objects.order_by("occurred_on", "id")]
    entries = bundle_of(rated.public_id)["facts"]
    assert [each["sha256"] for each in entries] == digests
    assert [hashlib.sha256(canonical(each["fact"])).hexdigest() for each in entries] == digests


def test_it_names_neither_firm_nor_person(city, rated, rated_streamer):
    """Public ids, codes and numbers: whose they are stands on the page alone."""
    consent(city, rated_streamer)
    publish_due(today=DAY)
    waiting = candidate(city, RecordKind.RATING, rated_streamer.public_id)
    with scope.of(city.association):
        confirm(candidate=waiting, asks_for=waiting.asks_for, by=city.decider)
    publish_due(today=DAY)
    for member in (rated, rated_streamer):
        told = json.dumps(bundle_of(member.public_id), ensure_ascii=False)
        assert [word for word in (member.name, member.code_masked, member.number) if word in told] == []
        assert member.code == "" or member.code not in told


def test_a_public_decision_is_told_and_a_minor_one_is_not(city, rated):
    past_decision(city, rated)
    past_decision(
        city, rated, number="某自律〔2025〕2号", severity=1, code=3, decided_on=DAY - timedelta(days=10)
    )
    rate()
    publish_due(today=DAY)
    bundle = bundle_of(rated.public_id)
    assert_verifies(bundle)
    records = [each for each in bundle["facts"] if each.get("fact", {}).get("kind", 10) == 10]
    assert [sorted(each) for each in records] == [
        ["fact", "seq", "sha256"],
        ["earlier", "seq", "sha256", "stand_in"],
    ]
    assert records[1]["stand_in"] == {
        "kind": 10, "occurred_on": (DAY - timedelta(days=22)).isoformat(), "severity": 1,
    }  # fmt: skip
    assert (DAY - timedelta(days=10)).isoformat() not in json.dumps(bundle["facts"])


def test_the_next_edition_names_the_rating_before(city, rated):
    publish_due(today=DAY)
    first = bundle_of(rated.public_id)["result"]["shown"]
    past_decision(city, rated)
    rate()
    publish_due(today=DAY)
    bundle = bundle_of(rated.public_id)
    assert_verifies(bundle)
    assert bundle["previous"] == {"last_seq": 17, "shown": first, "state": 0, "up_on": None}
    assert bundles() == [rated.public_id]


def test_a_reversed_decision_leaves_its_digest(city, rated):
    ref = past_decision(city, rated)
    rate()
    publish_due(today=DAY)
    with scope.of(city.association):
        case = Decision.objects.get(public_id=ref).case
        reverse(case=case, reasons="The facts were another room's.", on=DAY, by=city.reviewers[0])
    rate()
    withdraw_ended(today=DAY)
    publish_due(today=DAY)
    bundle = bundle_of(rated.public_id)
    assert_verifies(bundle)
    assert sum("fact" not in each for each in bundle["facts"]) == 2


def test_it_goes_with_the_rating(city, rated):
    publish_due(today=DAY)
    waiting = candidate(city, RecordKind.RATING, rated.public_id)
    with scope.of(city.association):
        withdraw(candidate=waiting, why="An error.", by=city.decider)
    assert bundles() == []


def test_a_rating_whose_inputs_have_changed_since_has_none_until_it_is_rated_again(city, rated, caplog):
    """Its hash is not that of its facts: nothing is signed that would not verify."""
    publish_due(today=DAY)
    with scope.across_associations(why="test"):
        Standing.objects.update(id=NEXT, inputs_sha=bytes(32))
    assert publish_due(today=DAY).published == 1
    assert bundles() == []
    assert "bundle_not_drawn_up" in caplog.text
    rate_all(as_of=DAY)
    publish_due(today=DAY)
    assert_verifies(bundle_of(rated.public_id))


def test_one_that_is_missing_is_drawn_up_when_the_rating_is_looked_at_again(city, rated):
    publish_due(today=DAY)
    with scope.across_associations(why="test"):
        PublishedBundle.objects.all().delete()
    assert publish_due(today=DAY) == settling.Outcome()
    assert publish_due(today=DAY, again=True) == settling.Outcome(looked_at=1)
    assert bundles() == [rated.public_id]
