"""A bar for life, through every stage: from a complaint to the register of bars."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from associations.complaints import services as complaints
from associations.complaints.models import Complaint
from associations.complaints.states import Outcome as Finding
from associations.complaints.states import Topic
from associations.conduct.catalogue import by_code
from associations.conduct.states import Severity
from associations.discipline import services
from associations.discipline.models import Case
from associations.discipline.states import Measure, Outcome, Weight
from associations.documents.states import DocumentKind
from config.demo.cases import METHOD, PROOF, hand_over_appeal, issue
from config.demo.complaining import form, told_by
from config.demo.scenes import Scene
from credit.blacklist.services import list_bars

if TYPE_CHECKING:
    from config.demo.stage import Stage
    from core.accounts.models import User

CODE = "GD01"
HEARD_AFTER = 10  # days from the announcement of the hearing
BOARD = (15, 13, 12)  # due, present, in favour
PANEL = 3
GROUND = "两次下架后换链接继续销售，已致人身伤害；较轻措施不足以防止再犯（演示）。"


class LifetimeBar:
    """Who sold goods that hurt people is barred for life. Ten officers have a hand in it, nobody on two sides.

    One reviewer has found on the complaint: seated by mistake, that reviewer steps back, and another is seated.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage, self.hand = stage, stage.hand
        self.first, self.found, self.third, self.instead, self.approves, *self.review = stage.hand.reviewers

    @property
    def complaint(self) -> Complaint:
        return Complaint.objects.get(membership=self.stage.part("barred"))

    @property
    def case(self) -> Case:
        return Case.objects.get(membership=self.stage.part("barred"))

    def scenes(self) -> list[Scene]:
        return [*self._complained(), *self._investigated(), *self._judged(), *self._appealed()]

    def _complained(self) -> list[Scene]:
        clerk = self.hand.clerk
        return [
            Scene(172, self._receive),
            Scene(171, lambda: complaints.acknowledge(complaint=self.complaint, by=clerk)),
            Scene(170, lambda: complaints.accept(complaint=self.complaint, by=clerk)),
            Scene(
                166,
                lambda: complaints.reply(
                    complaint=self.complaint, text="该批次已下架，系供货方责任（演示）。", by=clerk
                ),
            ),
            Scene(164, self._find),
            Scene(163, self._refer),
        ]

    def _receive(self) -> None:
        told = told_by(
            self.stage,
            "barred",
            "直播间购买的电热毯使用当晚起火，烧伤手臂；直播中称已通过强制性认证，包装上并无标志（演示）。",
            "赔偿医药费，停止销售",
            2,
            topic=Topic.QUALITY,
            occurred_on=timezone.localdate() - timedelta(days=3),
            order_number="DEMO-2002",
            amount=860_000,
            consent=True,
        )
        complaints.receive(told=told, token=form("barred"), by=None)

    def _find(self) -> None:
        complaints.find(
            complaint=self.complaint,
            outcome=Finding.UPHELD,
            reasons="订单、病历和商品实物照片相互印证；会员未能提供认证证书（演示）。",
            by=self.found,
        )

    def _refer(self) -> None:
        entry = by_code(CODE)
        assert entry is not None  # noqa: S101 - an entry of the catalogue
        complaints.refer(
            complaint=self.complaint,
            code=entry.number,
            occurred_on=timezone.localdate() - timedelta(days=12),
            reasons="销售无强制性认证的电热毯，致消费者烧伤（演示）。",
            by=self.hand.clerk,
        )
        complaints.close(
            complaint=self.complaint, note="投诉成立，违规线索已转纪律审查（演示）。", by=self.hand.clerk
        )

    def _investigated(self) -> list[Scene]:
        clerk = self.hand.clerk
        return [
            Scene(158, lambda: services.file_case(case=self.case, investigator=clerk, by=clerk)),
            Scene(150, self._report),
            Scene(148, self._notice),
            Scene(
                145,
                lambda: services.ask_hearing(
                    case=self.case, words="请求当面说明进货情况（演示）。", by=clerk
                ),
            ),
            Scene(
                140,
                lambda: services.take_statement(
                    case=self.case, text="进货时供货方出示过证书复印件，本公司也是受害方（演示）。", by=clerk
                ),
            ),
            Scene(138, self._call),
            Scene(138 - HEARD_AFTER, self._hear),
        ]

    def _report(self) -> None:
        services.weigh(
            case=self.case,
            kind=Weight.REPEAT,
            words="六十日内两次下架后更换链接继续销售（演示）。",
            by=self.hand.clerk,
        )
        services.report(
            case=self.case,
            findings="三个批次均无认证；两次下架后换链接销售，共售出412件，三名消费者受伤（演示）。",
            proposal="建议终身禁入（演示）。",
            by=self.hand.clerk,
        )

    def _notice(self) -> None:
        entry = by_code(CODE)
        services.serve_notice(
            case=self.case,
            text=f"拟认定的事实：{entry.name if entry else ''}，致三人受伤（演示）。你有权陈述、申辩和要求听证；"
            "决定送达后将依章程公示。",
            measure=Measure.LIFETIME_BAR,
            method=METHOD,
            proof=PROOF,
            by=self.hand.clerk,
        )
        issue(self.hand, self.case, DocumentKind.NOTICE)

    def _call(self) -> None:
        services.call_hearing(
            case=self.case,
            held_on=timezone.localdate() + timedelta(days=HEARD_AFTER),
            place="协会三楼会议室",
            chair=self.first,
            method=METHOD,
            proof=PROOF,
            by=self.hand.decider,
        )
        issue(self.hand, self.case, DocumentKind.HEARING)

    def _hear(self) -> None:
        services.hold_hearing(
            case=self.case,
            attended=True,
            text="会员代表承认未核验证书原件；对换链接销售未作解释。双方核对笔录后签名（演示）。",
            by=self.first,
        )
        issue(self.hand, self.case, DocumentKind.MINUTES)

    def _judged(self) -> list[Scene]:
        return [
            Scene(126, self._seat),
            Scene(125, self._recuse),
            Scene(122, self._vote),
            Scene(120, self._board),
            Scene(119, self._approve),
            Scene(118, self._decide),
            Scene(116, self._serve),
            Scene(116, list_bars, across=True),
        ]

    def _seat(self) -> None:
        services.form_panel(
            case=self.case,
            members=[self.first, self.found, self.third],
            chair=self.first,
            by=self.hand.decider,
        )

    def _recuse(self) -> None:
        services.recuse(
            case=self.case,
            member=self.found,
            reason="此前已就同一事实对投诉作出认定（演示）。",
            by=self.found,
        )
        services.replace(case=self.case, recused=self.found, member=self.instead, by=self.hand.decider)

    def _vote(self) -> None:
        for reviewer in (self.first, self.third, self.instead):
            services.vote(case=self.case, in_favour=True, reasons="事实清楚，后果严重（演示）。", by=reviewer)

    def _board(self) -> None:
        due, present, in_favour = BOARD
        services.record_board_vote(
            case=self.case,
            measure=Measure.LIFETIME_BAR,
            due=due,
            present=present,
            in_favour=in_favour,
            record="理事会会议纪要（演示）",
            by=self.hand.admin,
        )

    def _approve(self) -> None:
        for by in (self.hand.admin, self.approves):
            services.approve(case=self.case, ground=GROUND, by=by)

    def _decide(self) -> None:
        services.decide(
            case=self.case,
            measure=Measure.LIFETIME_BAR,
            severity=Severity.EXTREME,
            reasons="三批次无认证商品致三人受伤，下架后换链接再售；听证中所称供货方责任不影响其核验义务（演示）。",
            departure="有人身伤害且两次再犯，与在档同类案件不同（演示）。",
            by=self.hand.decider,
        )
        issue(self.hand, self.case, DocumentKind.DECISION)

    def _serve(self) -> None:
        services.serve_decision(
            case=self.case, method=METHOD, proof=PROOF, told_of_publication=True, by=self.hand.clerk
        )
        issue(self.hand, self.case, DocumentKind.SERVICE)

    def _appealed(self) -> list[Scene]:
        clerk, first, second = self.hand.clerk, *self.review
        return [
            Scene(
                106,
                lambda: services.appeal(
                    case=self.case, grounds="处理过重，已停止销售并赔付两名消费者（演示）。", by=clerk
                ),
            ),
            Scene(106, list_bars, across=True),
            Scene(92, lambda: self._uphold(first, "程序合法，措施适当（演示）。")),
            Scene(90, lambda: self._uphold(second, "事后赔付不改变再犯的事实，维持原决定（演示）。")),
            Scene(90, lambda: issue(self.hand, self.case, DocumentKind.APPEAL)),
            Scene(90, list_bars, across=True),
            Scene(88, lambda: hand_over_appeal(self.hand, self.case)),
            Scene(
                82,
                lambda: services.record_performance(
                    case=self.case, performed=True, note="会员资格已注销，直播间已停播（演示）。", by=clerk
                ),
            ),
            Scene(75, lambda: services.close_case(case=self.case, note="执行完毕，归档（演示）。", by=clerk)),
        ]

    def _uphold(self, by: User, reasons: str) -> None:
        services.review(case=self.case, outcome=Outcome.UPHOLD, reasons=reasons, by=by)
