"""Cases that were walked here, step by step, through the verbs of discipline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from associations.conduct.catalogue import by_code
from associations.discipline import services
from associations.discipline.models import Case
from associations.discipline.states import Measure, Step
from associations.documents.states import DocumentKind

if TYPE_CHECKING:
    from associations.members.models import Membership
    from config.demo.hands import Hand

PANEL = 3
BOARD_DUE, BOARD_PRESENT, BOARD_IN_FAVOUR = 15, 12, 10
METHOD, PROOF = "电子送达", "系统回执（演示）"
AFTER = {
    Step.REPORT: 2,
    Step.SERVE_NOTICE: 3,
    Step.TAKE_STATEMENT: 12,
    Step.LAPSE: 34,
    Step.FORM_PANEL: 36,
    Step.VOTE: 38,
    Step.BOARD_VOTE: 39,
    Step.APPROVE: 39,
    Step.DECIDE: 40,
    Step.SERVE_DECISION: 43,
}
"""How many days after its opening a case takes each step."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A case to walk: of which kind, opened so many days ago, as far as `until`. `answered`: in writing, or not."""

    code: str
    severity: int
    measure: int
    opened: int
    until: Step
    answered: bool = True
    number: str = ""
    votes: int = PANEL

    def last_on(self, today: date) -> date:
        """The day of its last step."""
        step = self.until if self.answered or self.until != Step.TAKE_STATEMENT else Step.LAPSE
        return today - timedelta(days=self.opened - AFTER.get(step, 0))


def walk(hand: Hand, member: Membership, way: Walk, today: date) -> Case:
    """Open a case against the member and take its steps on their days."""
    entry = by_code(way.code)
    if entry is None:
        raise KeyError(way.code)
    opened = today - timedelta(days=way.opened)
    days = {step: opened + timedelta(days=after) for step, after in AFTER.items()}
    case = services.open_case(
        membership=member,
        code=entry.number,
        severity=way.severity,
        allegation=f"巡查发现该会员直播中涉嫌“{entry.name}”（演示）。录屏、商品页面和订单记录已固定。",
        occurred_on=opened - timedelta(days=9),
        opened_on=opened,
        by=hand.clerk,
    )
    steps = {
        Step.REPORT: lambda: services.report(
            case=case,
            findings=f"录屏、商品页面和订单记录相互印证，会员存在“{entry.name}”的行为（演示）。",
            on=days[Step.REPORT],
            by=hand.clerk,
        ),
        Step.SERVE_NOTICE: lambda: services.serve_notice(
            case=case,
            text=f"拟认定的事实：{entry.name}（演示）。依据：{entry.basis}。你有权陈述申辩；决定生效后将依章程公示。",
            measure=way.measure,
            method=METHOD,
            proof=PROOF,
            served_on=days[Step.SERVE_NOTICE],
            by=hand.clerk,
        ),
        Step.TAKE_STATEMENT: lambda: (
            services.take_statement(
                case=case,
                text="已下架相关商品并向消费者说明，请求从轻处理（演示）。",
                received_on=days[Step.TAKE_STATEMENT],
                by=hand.clerk,
            )
            if way.answered
            else services.lapse(case=case, on=days[Step.LAPSE], by=hand.clerk)
        ),
        Step.FORM_PANEL: lambda: services.form_panel(
            case=case,
            members=hand.reviewers[:PANEL],
            chair=hand.reviewers[0],
            on=days[Step.FORM_PANEL],
            by=hand.decider,
        ),
        Step.VOTE: lambda: [
            services.vote(
                case=case, in_favour=True, reasons="事实清楚，措施适当。", on=days[Step.VOTE], by=reviewer
            )
            for reviewer in hand.reviewers[: way.votes]
        ],
        Step.BOARD_VOTE: lambda: (
            way.measure >= Measure.EXPULSION
            and services.record_board_vote(
                case=case,
                measure=way.measure,
                due=BOARD_DUE,
                present=BOARD_PRESENT,
                in_favour=BOARD_IN_FAVOUR,
                record="理事会会议纪要（演示）",
                held_on=days[Step.BOARD_VOTE],
                by=hand.admin,
            )
        ),
        Step.APPROVE: lambda: [
            services.approve(
                case=case,
                ground="情节特别严重，较轻措施不足以防止再犯（演示）。",
                on=days[Step.APPROVE],
                by=approver,
            )
            for approver in (hand.admin, hand.reviewers[-1])
            if way.measure == Measure.LIFETIME_BAR
        ],
        Step.DECIDE: lambda: services.decide(
            case=case,
            measure=way.measure,
            severity=way.severity,
            reasons=f"经审理认定该会员存在“{entry.name}”的行为（演示）。陈述申辩意见已予考虑。",
            number=way.number,
            on=days[Step.DECIDE],
            by=hand.decider,
        ),
        Step.SERVE_DECISION: lambda: services.serve_decision(
            case=case,
            method=METHOD,
            proof=PROOF,
            told_of_publication=True,
            served_on=days[Step.SERVE_DECISION],
            by=hand.clerk,
        ),
    }
    for step, take in steps.items() if way.until != Step.OPEN else ():
        take()
        if step == way.until:
            break
    return Case.objects.get(pk=case.pk)


def issue(hand: Hand, case: Case, *kinds: DocumentKind) -> None:
    """Put on paper what the file of the case holds by now."""
    for kind in kinds:
        services.issue_document(case=case, kind=kind, by=hand.clerk)


def hand_over_appeal(hand: Hand, case: Case) -> None:
    """The decision on the appeal reaches the member, and its service record the file."""
    services.serve_appeal(case=case, method=METHOD, proof=PROOF, by=hand.clerk)
    issue(hand, case, DocumentKind.APPEAL_SERVICE)
