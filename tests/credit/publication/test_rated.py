"""What follows from a rating is public at once, drawn up once, and asks nothing about anybody else."""

from __future__ import annotations

from associations.tenancy import scope
from core.ledger.models import Entry
from core.ledger.services import first_broken
from credit.publication import services
from credit.publication.models import PublishedAssociation, PublishedDecision, PublishedRating
from credit.publication.services import publish_due, publish_rated
from credit.publication.states import RecordKind
from credit.scoring.models import GateDue
from tests.credit.publication.conftest import DAY, candidate, consent, past_decision, rate
from tests.portal.conftest import rated_firm


def waiting(house) -> set[int]:
    with scope.of(house.association):
        return set(GateDue.objects.values_list("membership_id", flat=True))


def test_a_decision_and_its_rating_become_public_together_and_are_drawn_up_once(city, rated):
    publish_due(today=DAY)
    ref = past_decision(city, rated)
    rate()
    assert rated.pk in waiting(city)
    outcome = publish_rated(today=DAY)
    assert (outcome.published, outcome.failed, waiting(city)) == (2, 0, set())
    with scope.public():
        row = PublishedRating.objects.get(public_id=rated.public_id)
        assert PublishedDecision.objects.filter(public_id=ref).exists()
        assert ref in {(line["decision"] or {}).get("id") for line in row.payload["lines"]}
    assert candidate(city, RecordKind.RATING, rated.public_id).edition == 2
    assert publish_due(today=DAY).published == 0
    with scope.of(city.association):
        assert Entry.objects.filter(act="record.published", thing_id=ref).count() <= 1
        assert first_broken(association_id=city.association.pk) is None


def test_who_waits_to_be_rated_once_more_is_left_for_then(city, rated):
    publish_due(today=DAY)
    rate()
    past_decision(city, rated)
    assert publish_rated(today=DAY).looked_at == 0
    assert candidate(city, RecordKind.RATING, rated.public_id).edition == 1
    rate()
    assert publish_rated(today=DAY).published == 2


def test_an_association_that_another_worker_is_at_is_left_to_it(city, rated, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(services, "lock_if_free", lambda _key: False)
        assert publish_rated(today=DAY).looked_at == 0
    assert waiting(city) == {rated.pk}
    assert publish_rated(today=DAY).published == 1


def test_the_gate_holds_here_too(city, rated_streamer):
    assert publish_rated(today=DAY).published == 0
    with scope.public():
        assert not PublishedRating.objects.filter(public_id=rated_streamer.public_id).exists()
    consent(city, rated_streamer)
    publish_due(today=DAY)
    assert candidate(city, RecordKind.RATING, rated_streamer.public_id).state == "ready"


def test_the_stamp_moves_at_once_and_the_sweep_counts(city, rated):
    publish_due(today=DAY)
    before = figures(city)
    rated_firm(city, 77, "某市后来电子商务有限公司")
    rate()
    publish_rated(today=DAY)
    after = figures(city)
    assert after["stamp"] > before["stamp"]
    assert after["figures"]["ratings"] == before["figures"]["ratings"]
    publish_due(today=DAY)
    assert figures(city)["figures"]["ratings"] == before["figures"]["ratings"] + 1


def figures(house) -> dict:
    with scope.public():
        return PublishedAssociation.objects.filter(slug=house.slug).values("stamp", "figures").get()
