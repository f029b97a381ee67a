"""A rated firm, a rated streamer, and past decisions: what can be published."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from associations.conduct.models import Fact
from associations.conduct.services import record_all
from associations.conduct.states import FactKind
from associations.discipline.services.past import record_past_decision
from associations.members.services.papers import give_consent, withdraw_consent
from associations.tenancy import scope
from credit.blacklist.services import list_bars
from credit.publication.models import Candidate
from credit.scoring.services import rate_due

if TYPE_CHECKING:
    from associations.members.models import Membership
    from credit.publication.states import RecordKind
    from tests.cast import House

DAY = date(2026, 11, 20)
ITEMS = range(1, 7)


def facts_for(membership: Membership, *, since: date = DAY - timedelta(days=40)) -> None:
    """Enough evidence for a rating."""
    shared = {
        "association_id": membership.association_id,
        "membership": membership,
        "source": "test",
        "recorded_on": since,
    }
    rows = [
        Fact(
            **shared,
            kind=FactKind.CHECK,
            code=item,
            a=1,
            occurred_on=since,
            key=f"{membership.pk}:check:{item}",
        )
        for item in ITEMS
    ]
    rows += [
        Fact(
            **shared, kind=FactKind.FIGURES, a=2000, b=2, c=3, d=3, e=2, key=f"{membership.pk}:figures:{month}",
            occurred_on=DAY - timedelta(days=30 * month),
        )
        for month in range(1, 11)
    ]  # fmt: skip
    rows.append(
        Fact(**shared, kind=FactKind.TRAINING, a=8, occurred_on=since, key=f"{membership.pk}:training")
    )
    with scope.of(membership.association_id):
        record_all(rows)


def rate(day: date = DAY) -> None:
    rate_due(as_of=day)


def past_decision(house: House, membership: Membership, **paper: object) -> str:
    """A past decision that counts, unless `paper` says otherwise, under a number that is free. Gives its public id."""
    told = {
        "number": f"某自律〔2026〕{membership.pk}号",
        "decided_on": DAY - timedelta(days=30),
        "membership": membership,
        "code": 1,
        "severity": 2,
        "measure": 4,
        "members_due": 9,
        "members_present": 8,
        "votes_in_favour": 7,
        "notice_served_on": DAY - timedelta(days=80),
        "statement": "waived",
        "appeal_until": DAY - timedelta(days=5),
        "facts": "在三场直播中虚构销量。",
        "basis": "章程第二十三条",
    }
    with scope.of(house.association):
        recorded = record_past_decision(by=house.clerk, **told | paper)
    assert recorded.new
    return recorded.public_id


def consent(house: House, membership: Membership) -> None:
    with scope.of(house.association):
        give_consent(
            membership=membership, purpose="publish", method="paper", text_version="1", by=house.clerk
        )


def take_back(house: House, membership: Membership) -> None:
    with scope.of(house.association):
        withdraw_consent(membership=membership, purpose="publish", method="paper", by=house.clerk)


def candidate(house: House, kind: RecordKind, ref: str) -> Candidate:
    with scope.of(house.association):
        return Candidate.objects.get(kind=kind, record_ref=ref)


@pytest.fixture
def rated(operator: Membership) -> Membership:
    """Rate the firm."""
    facts_for(operator)
    rate()
    return operator


@pytest.fixture
def rated_streamer(streamer: Membership) -> Membership:
    """Rate the streamer."""
    facts_for(streamer)
    rate()
    return streamer


@pytest.fixture
def expelled(city: House, rated: Membership) -> Membership:
    """Expel the firm; list the bar."""
    past_decision(city, rated, measure=5, severity=3)
    rate()
    list_bars(today=DAY)
    return rated
