"""A register with something in it: a rated firm, a decision, a bar, a consenting streamer, and what stays private."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

from associations.tenancy import scope
from credit.publication.models import PublishedBar, PublishedDecision
from credit.publication.services import confirm, publish_due
from credit.publication.states import RecordKind
from portal.doors import KEPT
from tests.cast import admit, firm, person
from tests.credit.publication.conftest import (
    DAY,
    candidate,
    consent,
    expelled,
    facts_for,
    past_decision,
    rate,
    rated,
    rated_streamer,
)

if TYPE_CHECKING:
    from associations.members.models import Membership
    from tests.cast import House

__all__ = ["expelled", "rated", "rated_streamer"]


@pytest.fixture(autouse=True)
def _empty_process() -> None:
    """Forget what other tests drew, and how often they asked."""
    KEPT.bodies.clear()
    KEPT.size = 0
    cache.clear()


@pytest.fixture
def published(city: House, rated: Membership) -> Membership:
    """Publish the firm's rating with one decision."""
    past_decision(city, rated)
    rate()
    publish_due(today=DAY)
    return rated


@pytest.fixture
def decision_ref(published: Membership) -> str:
    """Public id of the decision."""
    with scope.public():
        return PublishedDecision.objects.get().public_id


@pytest.fixture
def bar_ref(expelled: Membership) -> str:
    """Public id of a published bar."""
    publish_due(today=DAY)
    with scope.public():
        return PublishedBar.objects.get().public_id


@pytest.fixture
def public_streamer(city: House, rated_streamer: Membership) -> Membership:
    """Publish the streamer's rating with her consent."""
    consent(city, rated_streamer)
    publish_due(today=DAY)
    waiting = candidate(city, RecordKind.RATING, rated_streamer.public_id)
    with scope.of(city.association):
        confirm(candidate=waiting, asks_for=waiting.asks_for, by=city.decider)
    publish_due(today=DAY)
    return rated_streamer


def rated_firm(house: House, number: int, name: str) -> Membership:
    """One more rated firm; publish afterwards."""
    membership = admit(house, firm(number, name))
    facts_for(membership)
    return membership


def rated_person(house: House, number: int, name: str) -> Membership:
    """One more rated streamer."""
    membership = admit(house, person(number, name))
    facts_for(membership)
    return membership
