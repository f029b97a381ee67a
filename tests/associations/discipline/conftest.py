"""A case, walked as far as a test needs it, on days that do not move."""

from __future__ import annotations

from datetime import date, datetime, timedelta
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
REPORTED = date(2026, 4, 21)
NOTICED = date(2026, 4, 22)
DUE = date(2026, 5, 9)  # ten working days on: Labour Day's holidays, and a Saturday worked in exchange
ANSWERED = date(2026, 5, 6)
SEATED = date(2026, 5, 8)
VOTED = date(2026, 5, 11)
DECIDED = date(2026, 5, 12)
SERVED = date(2026, 5, 13)
APPEAL = date(2026, 6, 3)
PR02 = 12
HEARING_BY = date(2026, 4, 29)  # five working days on
ORDER = ["filed", "reported", "noticed", "heard", "panel", "voted", "decided", "served"]


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

    def lead(self, **changes):
        told = {
            "code": PR02,
            "allegation": "以从未成交的“原价”作比较",
            "occurred_on": ACT,
            "opened_on": OPENED,
        }
        self.case = services.open_lead(
            **{"membership": self.membership, "by": self.house.clerk, **told, **changes}
        )
        return self.case

    def file_case(self, **changes):
        told = {"case": self.case, "investigator": self.house.clerk, "on": OPENED, "by": self.house.clerk}
        return services.file_case(**{**told, **changes})

    def report(self, **changes):
        told = {"case": self.case, "findings": "商品页面与订单相互印证", "on": REPORTED}
        return services.report(**{"by": self.house.clerk, **told, **changes})

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

    def ask_hearing(self, **changes):
        told = {"case": self.case, "words": "要求听证", "on": NOTICED, "by": self.house.clerk}
        return services.ask_hearing(**{**told, **changes})

    def call_hearing(self, **changes):
        told = {
            "case": self.case,
            "held_on": date(2026, 5, 14),
            "place": "协会三楼，9时",
            "chair": self.house.reviewers[3],
            "method": "EMS",
            "proof": "签收单 3 号",
            "served_on": SEATED - timedelta(days=1),
            "by": self.house.decider,
        }
        return services.call_hearing(**{**told, **changes})

    def hold_hearing(self, **changes):
        told = {"case": self.case, "attended": True, "text": "双方陈述", "on": date(2026, 5, 14)}
        return services.hold_hearing(**{"by": self.house.reviewers[3], **told, **changes})

    def panel(self, **changes):
        told = {"members": self.house.reviewers[:3], "chair": self.house.reviewers[0], "on": SEATED}
        return services.form_panel(**{"case": self.case, "by": self.house.decider, **told, **changes})

    def vote(self, number, *, in_favour=True, **changes):
        told = {"case": self.case, "in_favour": in_favour, "on": VOTED, "by": self.house.reviewers[number]}
        return services.vote(**{**told, **changes})

    def board(self, **changes):
        told = {"measure": self.measure, "due": 9, "present": 8, "in_favour": 6, "record": "理事会纪要 1 号"}
        told |= {"held_on": VOTED, "case": self.case, "by": self.house.admin}
        return services.record_board_vote(**{**told, **changes})

    def approve(self, by, **changes):
        told = {"case": self.case, "ground": "较轻措施不足以防止再犯", "on": VOTED, "by": by}
        return services.approve(**{**told, **changes})

    def gravest(self):
        """What expulsion and a bar need between the votes and the decision."""
        if self.measure >= Measure.EXPULSION:
            self.board()
        if self.measure == Measure.LIFETIME_BAR:
            self.approve(self.house.admin)
            self.approve(self.house.reviewers[4])

    def decide(self, **changes):
        told = {"measure": self.measure, "reasons": "事实成立", "departure": "情节特殊", "on": DECIDED}
        return services.decide(**{"case": self.case, "by": self.house.decider, **told, **changes})

    def serve(self, **changes):
        told = {"method": "EMS", "proof": "签收单 2 号", "told_of_publication": True, "served_on": SERVED}
        return services.serve_decision(**{"case": self.case, "by": self.house.clerk, **told, **changes})

    def appeal(self, **changes):
        told = {"case": self.case, "grounds": "事实不清", "on": APPEAL, "by": self.house.clerk}
        return services.appeal(**{**told, **changes})

    def review(self, number, outcome, measure=None, **changes):
        told = {"case": self.case, "outcome": outcome, "measure": measure, "reasons": "复核查明", "on": TODAY}
        return services.review(**{**told, "by": self.house.reviewers[number], **changes})

    def perform(self, *, performed=True, **changes):
        told = {"case": self.case, "performed": performed, "note": "已改正", "on": TODAY}
        return services.record_performance(**{"by": self.house.clerk, **told, **changes})

    def close(self, **changes):
        told = {"case": self.case, "note": "已改正", "on": TODAY, "by": self.house.clerk}
        return services.close_case(**{**told, **changes})

    def reverse(self, **changes):
        told = {"case": self.case, "reasons": "新证据", "on": TODAY, "by": self.house.reviewers[4]}
        return services.reverse(**{**told, **changes})

    def propose(self, **changes):
        told = {"case": self.case, "reasons": "新证据", "on": TODAY, "by": self.house.reviewers[3]}
        return services.propose_reversal(**{**told, **changes})

    def refuse(self, **changes):
        told = {"case": self.case, "reasons": "不成立", "on": TODAY, "by": self.house.reviewers[4]}
        return services.refuse_reversal(**{**told, **changes})

    def take_back(self, **changes):
        told = {"case": self.case, "reasons": "撤回", "on": TODAY, "by": self.house.reviewers[3]}
        return services.drop_reversal(**{**told, **changes})

    def serve_appeal(self, **changes):
        told = {"method": "EMS", "proof": "签收单 4 号", "served_on": TODAY}
        return services.serve_appeal(**{"case": self.case, "by": self.house.clerk, **told, **changes})

    def drop(self, **changes):
        told = {"case": self.case, "reasons": "查无实据", "on": TODAY, "by": self.house.decider}
        return services.drop(**{**told, **changes})

    def to(self, stage):
        """Open the case and walk it to `stage`."""
        self.open()
        verbs = [
            self.report, self.notice, self.statement, self.panel, self._all_vote, self.decide, self.serve,
        ]  # fmt: skip
        for verb in verbs[: ORDER.index(stage)]:
            verb()
        return self

    def _all_vote(self):
        for number in range(3):
            self.vote(number)
        self.gravest()

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
        models.Service, models.Reversal, models.Part, models.InvestigationReport, models.Hearing, models.HearingCall,
        models.Minutes, models.BoardVote, models.Approval, models.Circumstance, models.Extension, models.Ending,
        models.Appeal, models.AppealOpinion, models.AppealDecision, models.AppealService, models.Performance,
        models.ReversalProposal, models.NoticeLaid,
        Fact, Membership, MembershipEvent, Entry,
    )  # fmt: skip
    return SimpleNamespace(**{kind.__name__: list(kind.objects.order_by("pk").values()) for kind in kinds})
