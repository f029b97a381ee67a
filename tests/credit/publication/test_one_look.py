"""A record is drawn up from one look at its rating: another one that comes meanwhile is published next."""

from __future__ import annotations

from associations.tenancy import scope
from credit.publication.models import PublishedRating
from credit.publication.services import publish_due
from credit.publication.sources import ratings as source
from credit.publication.states import RecordKind
from credit.scoring.models import Standing
from credit.scoring.services import explain
from tests.credit.publication.conftest import DAY, candidate, past_decision, rate


def score() -> int:
    with scope.public():
        return PublishedRating.objects.get().score


def test_a_rating_that_comes_while_the_one_before_is_drawn_up_is_published_next(city, rated, monkeypatch):
    with scope.of(city.association):
        before = Standing.objects.get(membership=rated)

    def and_then(membership_ids):
        found = explain(membership_ids)
        past_decision(city, rated)
        rate()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(source, "explain", and_then)
        publish_due(today=DAY)
    assert (score(), candidate(city, RecordKind.RATING, rated.public_id).version) == (
        before.score,
        str(before.pk),
    )
    publish_due(today=DAY)
    with scope.of(city.association):
        after = Standing.objects.get(membership=rated)
    assert after.score < before.score
    assert (score(), candidate(city, RecordKind.RATING, rated.public_id).version) == (
        after.score,
        str(after.pk),
    )
