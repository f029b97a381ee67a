"""A complaint, walked as far as a test needs it, on days that do not move."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import translation

from associations.complaints import services
from associations.complaints.models import Complaint
from associations.complaints.selectors import file_of
from associations.complaints.services import Told
from associations.complaints.states import Origin, Outcome, Side, Topic
from associations.tenancy import scope

if TYPE_CHECKING:
    from collections.abc import Iterator

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 6, 1, 10, 0, tzinfo=SHANGHAI)  # a Monday
TODAY = NOW.date()
REPLY_UNTIL = date(2026, 6, 15)
PHONE, PERSON = "13900990123", "史投诉"
FACTS = "6月1日在直播间购买的蜂蜜宣称百分之百纯天然，收到后检测含有糖浆，联系客服三次均无人回复。"
ORDER = ["received", "acknowledged", "accepted", "heard", "mediation", "agreed"]
tokens = itertools.count(1)


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOW, tick=False) as moving, translation.override("en"):
        yield moving


@pytest.fixture(autouse=True)
def _day(clock) -> None:
    """Every test of the room stands on the same Monday."""


def told(**changes) -> Told:
    """What somebody of the public complains of."""
    return Told(
        **{
            "about": "直播间：甜甜蜂蜜",
            "topic": Topic.QUALITY,
            "facts": FACTS,
            "wish": "退货退款",
            "order_number": "990000123456",
            "amount": 12_900,
            "person": PERSON,
            "contact": PHONE,
            "consent": True,
            **changes,
        }
    )


class Walk:
    """One complaint to the city and the verbs that move it."""

    def __init__(self, house, membership, clock):
        self.house, self.membership, self.clock = house, membership, clock
        self.complaint: Complaint | None = None

    def receive(self, **changes):
        more = {key: changes.pop(key) for key in ("token", "proven", "own", "by") if key in changes}
        more = {"token": f"token {next(tokens)}", "by": None} | more
        got = services.receive(told=told(**{"membership": self.membership} | changes), **more)
        self.complaint = got.complaint
        return got

    def acknowledge(self, **changes):
        return services.acknowledge(**{"complaint": self.complaint, "by": self.house.clerk} | changes)

    def accept(self, **changes):
        return services.accept(**{"complaint": self.complaint, "by": self.house.clerk} | changes)

    def reply(self, **changes):
        more = {"complaint": self.complaint, "text": "愿意退款", "by": self.house.clerk}
        return services.reply(**more | changes)

    def mediate(self, **changes):
        return services.mediate(**{"complaint": self.complaint, "by": self.house.clerk} | changes)

    def propose(self, **changes):
        more = {
            "complaint": self.complaint, "terms": "退款129元", "amount": 12_900,
            "due_on": TODAY + timedelta(days=10), "by": self.house.clerk,
        }  # fmt: skip
        return services.propose(**more | changes)

    def say(self, side=Side.MEMBER, *, yes=True, **changes):
        more = {"complaint": self.complaint, "side": side, "yes": yes, "by": self.house.clerk}
        return services.say(**more | changes)

    def agree(self, **changes):
        self.propose(**changes)
        self.say(Side.COMPLAINANT, own=True, by=None)
        self.say(Side.MEMBER)

    def perform(self, **changes):
        more = {"complaint": self.complaint, "proof": "转账回单1", "by": self.house.clerk}
        return services.perform(**more | changes)

    def default(self, **changes):
        more = {"complaint": self.complaint, "reasons": "逾期未付", "by": self.house.clerk}
        return services.default(**more | changes)

    def find(self, outcome=Outcome.UPHELD, **changes):
        more = {"complaint": self.complaint, "reasons": "检测报告属实", "by": self.house.reviewer}
        return services.find(outcome=outcome, **more | changes)

    def close(self, **changes):
        more = {"complaint": self.complaint, "note": "已办结", "by": self.house.clerk}
        return services.close(**more | changes)

    def to(self, state):
        """Walk a new complaint to `state`."""
        self.receive()
        verbs = [self.acknowledge, self.accept, self.reply, self.mediate, self.agree]
        for verb in verbs[: ORDER.index(state)]:
            verb()
        return self

    @property
    def file(self):
        return file_of(self.complaint)

    @property
    def row(self):
        return Complaint.objects.get(pk=self.complaint.pk)

    @property
    def state(self):
        return self.row.state


@pytest.fixture
def walk(city, operator, clock) -> Iterator[Walk]:
    """A complaint about the firm, inside the city's scope; `walk.receive()` begins it."""
    with scope.of(city.association):
        yield Walk(city, operator, clock)


def by_officer(**changes) -> dict:
    """What an officer enters for a platform."""
    return {
        "origin": Origin.PLATFORM, "source": "某音", "source_number": "P-1", "person": "", "contact": "",
    } | changes  # fmt: skip


def snapshot() -> SimpleNamespace:
    """Everything a refused verb must leave as it was, inside a scope."""
    from associations.complaints import models
    from associations.conduct.models import Fact
    from core.ledger.models import Entry

    kinds = (
        models.Complaint, models.ComplaintEvent, models.Sign, models.Pattern, models.Settlement, models.Finding,
        models.Handover, models.BookAccount, models.BookEntry, Fact, Entry,
    )  # fmt: skip
    return SimpleNamespace(**{kind.__name__: list(kind.objects.order_by("pk").values()) for kind in kinds})
