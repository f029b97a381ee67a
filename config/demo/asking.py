"""What members ask of their association: repair, objections; and what one association asks another about a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from associations.conduct import services as conduct
from associations.conduct.models import Fact
from associations.conduct.states import FactKind, Severity
from associations.remedies import services
from associations.remedies.models import Objection, Repair
from associations.remedies.services.repairing import Findings
from associations.remedies.states import Thing
from associations.remedies.terms import repair_from
from associations.tenancy import scope
from config.demo.scenes import Scene
from credit.blacklist import services as blacklist
from credit.blacklist.models import Bar, Inquiry

if TYPE_CHECKING:
    from datetime import date

    from config.demo.stage import Stage

OBJECTED, REPAIRED = 4, 6  # days ago
RAISED, ANSWERED = 21, 16


def first_day(decided_on: date) -> date:
    """The first day on which a serious record decided then can be repaired."""
    day = repair_from(decided_on, Severity.SERIOUS)
    assert day is not None  # noqa: S101 - serious records have a least term
    return day


class Repaired:
    """Applied for on paper and granted on the first day on which it may be."""

    def __init__(self, stage: Stage, on: date) -> None:
        self.stage, self.ago = stage, (stage.today - on).days

    def scenes(self) -> list[Scene]:
        return [Scene(self.ago, self._ask), Scene(self.ago, self._decide)]

    def _ask(self) -> None:
        member = self.stage.part("repaired")
        services.ask_repair(
            membership=member,
            ref=Fact.objects.get(membership=member, kind=FactKind.VIOLATION).public_id,
            performed="已停止比较宣传，向全部买家退还差价，并完成补训（演示）。",
            undertaking="本公司承诺不再使用无依据的价格比较，接受协会和公众监督（演示）。",
            by=self.stage.hand.clerk,
        )

    def _decide(self) -> None:
        repair = services.decide_repair(
            repair=Repair.objects.get(membership=self.stage.part("repaired")),
            findings=Findings(is_performed=True, has_undertaken=True, else_met=True),
            reasons="最短公示期已满，退款凭证和补训证书已核对，承诺已公开，无其他不予修复的情形（演示）。",
            by=self.stage.hand.reviewers[-1],
        )
        services.issue_letter(repair=repair, by=self.stage.hand.clerk)


class Answered:
    """An objection to a check was right: it is answered by somebody else, and the fact counts no more."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def scenes(self) -> list[Scene]:
        return [Scene(RAISED, self._raise), Scene(ANSWERED, self._answer)]

    def _raise(self) -> None:
        member = self.stage.part("walked")
        services.object_to(
            membership=member,
            thing=Thing.FACT,
            ref=Fact.objects.filter(membership=member, kind=FactKind.CHECK).latest("id").public_id,
            text="核验时系统故障，记录的结果与当日回执不符，附回执（演示）。",
            by=self.stage.hand.clerk,
        )

    def _answer(self) -> None:
        services.answer_objection(
            objection=Objection.objects.get(membership=self.stage.part("walked")),
            uphold=True,
            reasons="回执属实，原记录有误，予以更正（演示）。",
            by=self.stage.hand.reviewers[-1],
        )


class Objecting:
    """An objection is being looked into: the rating rests meanwhile."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def scenes(self) -> list[Scene]:
        return [Scene(OBJECTED, self._raise)]

    def _raise(self) -> None:
        member = self.stage.part("objecting")
        conduct.record(
            membership=member,
            kind=FactKind.REVIEW,
            occurred_on=timezone.localdate(),
            source="association",
            key=f"review:{member.public_id}",
        )
        services.object_to(
            membership=member,
            thing=Thing.FACT,
            ref=Fact.objects.filter(membership=member, kind=FactKind.CHECK).latest("id").public_id,
            text="核验当日已出示新证照，记录与原件不符，附受理回执（演示）。",
            by=self.stage.hand.clerk,
        )


def ask_about_the_bar(asking: Stage, asked: Stage) -> None:
    """Screening has told one association that a bar stands elsewhere: it asks, and is answered."""
    with scope.of(asked.hand.association):
        bar = Bar.objects.get(membership=asked.part("banned")).public_id
    with scope.of(asking.hand.association):
        blacklist.ask(
            bar_public_id=bar,
            question="该主播在我会以另一艺名申请入会，请告知禁入的事由和范围（演示）。",
            by=asking.hand.clerk,
        )
    with scope.of(asked.hand.association):
        blacklist.answer(
            inquiry=Inquiry.objects.get(bar__public_id=bar),
            text="因利用AI冒充他人带货，经全部程序终身禁入，仅限本会；决定书可凭编号核验（演示）。",
            by=asked.hand.reviewers[0],
        )
