"""Complaints from the public: one mediated and compensated, a burst of one wording that a person judges."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from associations.complaints import services
from associations.complaints.models import Complaint, Pattern
from associations.complaints.states import Outcome, Satisfaction, Side, Topic
from config.demo.scenes import Scene

if TYPE_CHECKING:
    from associations.complaints.services import Told
    from config.demo.stage import Stage

FUND, PAID = 5_000_000, 128_000  # fen
BURST = 12
TEMPLATED = (
    "下单后商家拒不发货、客服不回复，严重侵害消费者权益，请协会立即对该商家从严处罚并公开通报（演示）。"
)
SAME = "与同一会员的其他投诉逐字相同，未附订单号和凭证；可另附订单号重新提交（演示）。"


def form(word: str) -> str:
    """What makes the sending of a form one: the same in each telling."""
    return f"demonstration {word}"


def told_by(stage: Stage, key: str, facts: str, wish: str, number: int, **more: object) -> Told:
    """A complaint by an invented person about who plays the part `key`."""
    return services.Told(
        about=stage.part(key).name,
        facts=facts,
        wish=wish,
        person=f"消费者{number:02d}",
        contact=f"consumer{number:02d}@complaints.demo",
        **{"topic": Topic.AFTER_SALES, **more},  # type: ignore[arg-type] # what the caller adds is a field of Told
    )


class Mediated:
    """A refund that was refused: mediated, paid in advance by the association, paid back by the member."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.hand = stage, stage.hand

    @property
    def complaint(self) -> Complaint:
        return Complaint.objects.get(membership=self.stage.part("mediated"))

    def scenes(self) -> list[Scene]:
        hand = self.hand
        return [
            Scene(62, self._receive),
            Scene(61, lambda: services.acknowledge(complaint=self.complaint, by=hand.clerk)),
            Scene(58, lambda: services.accept(complaint=self.complaint, by=hand.clerk)),
            Scene(
                52,
                lambda: services.reply(
                    complaint=self.complaint,
                    text="商品为赠品组合，直播间已提示不单独退；愿意协商，但近期资金周转困难（演示）。",
                    by=hand.clerk,
                ),
            ),
            Scene(50, lambda: services.mediate(complaint=self.complaint, by=hand.clerk)),
            Scene(48, self._propose),
            Scene(47, lambda: self._say(Side.COMPLAINANT, "同意，希望尽快收到款项（演示）。")),
            Scene(46, lambda: self._say(Side.MEMBER, "同意；请协会先行赔付，本公司随后归还（演示）。")),
            Scene(45, self._advance),
            Scene(36, self._recover),
            Scene(35, self._close),
            Scene(
                34,
                lambda: services.satisfy(
                    complaint=self.complaint,
                    satisfaction=Satisfaction.SATISFIED,
                    words="款已收到，处理及时（演示）。",
                ),
            ),
        ]

    def _receive(self) -> None:
        told = told_by(
            self.stage,
            "mediated",
            "拍下茶具一套，收到时两只杯子有裂纹，主播承诺七天无理由退货，申请后商家以赠品已拆封为由拒绝（演示）。",
            "退还货款并承担退货运费",
            1,
            occurred_on=timezone.localdate() - timedelta(days=8),
            order_number="DEMO-2001",
            amount=PAID,
            consent=True,
        )
        services.receive(told=told, token=form("mediated"), by=None)

    def _propose(self) -> None:
        services.propose(
            complaint=self.complaint,
            terms="会员退还全部货款1280.00元并承担退货运费，消费者寄回商品，双方就此了结（演示）。",
            amount=PAID,
            due_on=timezone.localdate() + timedelta(days=15),
            by=self.hand.clerk,
        )

    def _say(self, side: Side, words: str) -> None:
        by = None if side == Side.COMPLAINANT else self.hand.clerk
        services.say(
            complaint=self.complaint,
            side=side,
            yes=True,
            words=words,
            own=side == Side.COMPLAINANT,
            by=by,
        )

    def _advance(self) -> None:
        by = self.hand.decider
        services.deposit(amount=FUND, proof="银行回单（演示）", token=form("fund"), note="会员缴存", by=by)
        services.advance(
            complaint=self.complaint, amount=PAID, proof="转账凭证（演示）", token=form("advance"), by=by
        )

    def _recover(self) -> None:
        services.recover(
            complaint=self.complaint,
            amount=PAID,
            proof="会员归还垫付款，银行回单（演示）",
            token=form("recovery"),
            by=self.hand.decider,
        )
        services.perform(
            complaint=self.complaint, proof="先行赔付款已由会员全额归还（演示）", by=self.hand.clerk
        )

    def _close(self) -> None:
        services.close(
            complaint=self.complaint,
            note="双方达成调解协议；先行赔付1280.00元，会员已归还（演示）。",
            by=self.hand.clerk,
        )


class Burst:
    """Within an hour many complaints of one wording: set aside, looked at by a person, one heard for all."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.hand = stage, stage.hand

    @property
    def complaints(self) -> list[Complaint]:
        return list(Complaint.objects.filter(membership=self.stage.part("templated")).order_by("id"))

    def scenes(self) -> list[Scene]:
        return [
            Scene(20, self._receive),
            Scene(19, self._look),
            Scene(18, self._judge),
            Scene(15, self._reply),
            Scene(13, self._find),
        ]

    def _receive(self) -> None:
        for at in range(BURST):
            told = told_by(self.stage, "templated", TEMPLATED, "从严处罚", 10 + at, topic=Topic.DELIVERY)
            services.receive(told=told, token=form(f"burst {at}"), by=None)

    def _look(self) -> None:
        for complaint in self.complaints:
            services.acknowledge(complaint=complaint, by=self.hand.clerk)
            if complaint.aside:
                services.release(
                    complaint=complaint,
                    reasons="已逐件查看：一小时内多人提交，文字相同，均无订单号（演示）。",
                    by=self.hand.clerk,
                )

    def _judge(self) -> None:
        """The first is accepted and heard for all; what the others lack is told to each."""
        first, *others = self.complaints
        services.accept(complaint=first, by=self.hand.clerk)
        for complaint in others:
            services.refuse(complaint=complaint, reasons=SAME, by=self.hand.clerk)

    def _reply(self) -> None:
        services.reply(
            complaint=self.complaints[0],
            text="平台后台当月无逾期未发货订单，附发货记录导出（演示）。",
            by=self.hand.clerk,
        )

    def _find(self) -> None:
        first = self.complaints[0]
        services.find(
            complaint=first,
            outcome=Outcome.NOT_UPHELD,
            reasons="核对发货记录，未见投诉所称的未发货订单；同文投诉无一附有凭证，不予认定（演示）。",
            by=self.hand.reviewers[-1],
        )
        services.close(
            complaint=first, note="经查不成立；如有订单凭证可再次投诉（演示）。", by=self.hand.clerk
        )
        services.answer_pattern(
            pattern=Pattern.objects.get(membership=self.stage.part("templated")),
            note="批量同文投诉，已择一查明，不成立；不计入会员档案（演示）。",
            by=self.hand.clerk,
        )
