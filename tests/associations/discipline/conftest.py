"""A case, walked as far as a test needs it, on days that do not move."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import translation

from associations.discipline import services
from associations.discipline.models import Case
from associations.discipline.selectors import file_of
from associations.discipline.states import Measure
from associations.tenancy import scope

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
ACT = date(2026, 4, 1)
OPENED = date(2026, 4, 20)
NOTICED = date(2026, 4, 22)
DUE = date(2026, 5, 9)  # ten working days on: Labour Day's holidays, and a Saturday worked in exchange
ANSWERED = date(2026, 5, 6)
SEATED = date(2026, 5, 8)
VOTED = date(2026, 5, 11)
DECIDED = date(2026, 5, 12)
SERVED = date(2026, 5, 13)
APPEAL = date(2026, 6, 3)
PR02 = 12
ORDER = ["filed", "noticed", "heard", "panel", "voted", "decided", "served"]


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False), translation.override("en"):
        yield


class Walk:
    """One case of the city and the verbs that move it, each on its day unless told otherwise."""

    def __init__(self, house, membership, *, measure=Measure.WARNING):
        self.house, self.membership, self.measure = house, membership, measure
        self.case: Case | None = None

    def open(self, **changes):
        told = {
            "code": PR02,
            "allegation": "以从未成交的“原价”作比较",
            "occurred_on": ACT,
            "opened_on": OPENED,
        }
        self.case = services.open_case(
            **{"membership": self.membership, "by": self.house.clerk, **told, **changes}
        )
        return self.case

    def notice(self, **changes):
        told = {
            "text": "拟作出警告",
            "measure": self.measure,
            "method": "EMS",
            "proof": "签收单 1 号",
            "served_on": NOTICED,
        }
        return services.serve_notice(**{"case": self.case, "by": self.house.clerk, **told, **changes})

    def statement(self, **changes):
        told = {
            "case": self.case,
            "text": "“原价”为建议零售价",
            "received_on": ANSWERED,
            "by": self.house.clerk,
        }
        return services.take_statement(**{**told, **changes})

    def waive(self, **changes):
        told = {"case": self.case, "text": "书面放弃", "received_on": ANSWERED, "by": self.house.clerk}
        return services.waive(**{**told, **changes})

    def lapse(self, **changes):
        return services.lapse(**{"case": self.case, "on": VOTED, "by": self.house.clerk, **changes})

    def panel(self, **changes):
        told = {"members": self.house.reviewers[:3], "chair": self.house.reviewers[0], "on": SEATED}
        return services.form_panel(**{"case": self.case, "by": self.house.decider, **told, **changes})

    def vote(self, number, *, in_favour=True, **changes):
        told = {"case": self.case, "in_favour": in_favour, "on": VOTED, "by": self.house.reviewers[number]}
        return services.vote(**{**told, **changes})

    def decide(self, **changes):
        told = {"measure": self.measure, "reasons": "事实成立", "on": DECIDED}
        return services.decide(**{"case": self.case, "by": self.house.decider, **told, **changes})

    def serve(self, **changes):
        told = {"method": "EMS", "proof": "签收单 2 号", "told_of_publication": True, "served_on": SERVED}
        return services.serve_decision(**{"case": self.case, "by": self.house.clerk, **told, **changes})

    def close(self, **changes):
        told = {"case": self.case, "note": "已改正", "on": TODAY, "by": self.house.clerk}
        return services.close_case(**{**told, **changes})

    def reverse(self, **changes):
        told = {"case": self.case, "reasons": "新证据", "on": TODAY, "by": self.house.reviewers[4]}
        return services.reverse(**{**told, **changes})

    def drop(self, **changes):
        told = {"case": self.case, "reasons": "查无实据", "on": TODAY, "by": self.house.decider}
        return services.drop(**{**told, **changes})

    def to(self, stage):
        """Open the case and walk it to `stage`."""
        self.open()
        verbs = [self.notice, self.statement, self.panel, self._all_vote, self.decide, self.serve]
        for verb in verbs[: ORDER.index(stage)]:
            verb()
        return self

    def _all_vote(self):
        for number in range(3):
            self.vote(number)

    @property
    def file(self):
        return file_of(self.case)

    @property
    def state(self):
        return Case.objects.get(pk=self.case.pk).state


@pytest.fixture
def walk(city, operator) -> Iterator[Walk]:
    """A case against the firm, inside the city's scope; `walk.open()` begins it."""
    with scope.of(city.association):
        yield Walk(city, operator)


@pytest.fixture
def walk_person(city, streamer) -> Iterator[Walk]:
    """The same against the streamer, for expulsion."""
    with scope.of(city.association):
        yield Walk(city, streamer, measure=Measure.EXPULSION)


def snapshot() -> SimpleNamespace:
    """Everything a refused verb must leave as it was, inside a scope."""
    from associations.conduct.models import Fact
    from associations.discipline import models
    from associations.members.models import Membership, MembershipEvent
    from core.ledger.models import Entry

    kinds = (
        models.Case, models.CaseEvent, models.Notice, models.Statement, models.Seat, models.Vote, models.Decision,
        models.Service, models.Reversal, Fact, Membership, MembershipEvent, Entry,
    )  # fmt: skip
    return SimpleNamespace(**{kind.__name__: list(kind.objects.order_by("pk").values()) for kind in kinds})
