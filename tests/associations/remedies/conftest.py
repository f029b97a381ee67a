"""A member with a checked item and a past decision, and who may do what about them, on a day that does not move."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import translation

from associations.conduct import checking
from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.discipline.services import record_past_decision
from associations.members.states import Item
from associations.tenancy import scope

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False), translation.override("en"):
        yield


def past(house, membership, **paper):
    """A past decision that counts, unless `paper` says otherwise. In the scope of its association."""
    told = {
        "number": f"某自律〔2026〕{membership.pk}号", "decided_on": TODAY - timedelta(days=120),
        "membership": membership, "code": 1, "severity": 2, "measure": 3, "members_due": 9,
        "members_present": 8, "votes_in_favour": 7, "notice_served_on": TODAY - timedelta(days=160),
        "statement": "waived", "appeal_until": TODAY - timedelta(days=90), "facts": "在三场直播中虚构销量。",
        "basis": "章程第二十二条",
    }  # fmt: skip
    return record_past_decision(by=house.clerk, **told | paper)


def record_of(membership) -> Fact:
    return Fact.objects.get(membership=membership, kind=FactKind.VIOLATION)


def checked(house, membership, *, passed=False, on=date(2026, 6, 1), by=None) -> Fact:
    """A check by the clerk, and its fact."""
    checking.check_item(
        membership=membership, item=Item.IDENTITY, passed=passed, checked_on=on, by=by or house.clerk
    )
    return Fact.objects.filter(membership=membership, kind=FactKind.CHECK).latest("id")


@pytest.fixture
def inside(city, operator_user, streamer_user, agency) -> Iterator[None]:
    """Work in the city's scope, its people being there already."""
    with scope.of(city.association):
        yield
