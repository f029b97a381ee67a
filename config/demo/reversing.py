"""A decision that was public, and fell on appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from associations.discipline import services
from associations.discipline.models import Case
from associations.discipline.states import Outcome
from associations.documents.states import DocumentKind
from associations.tenancy import scope
from config.demo.cases import hand_over_appeal, issue
from config.demo.scenes import Scene
from credit.publication import services as publication
from credit.publication.states import RecordKind

if TYPE_CHECKING:
    from config.demo.stage import Stage
    from core.accounts.models import User


class Reversed:
    """A decision was served and public; on appeal two other reviewers set it aside."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.hand = stage, stage.hand

    @property
    def case(self) -> Case:
        return Case.objects.select_related("decision").get(membership=self.stage.part("reversed"))

    def scenes(self) -> list[Scene]:
        """After the walk of the case, which ends on the day the decision was served."""
        first, second = self.hand.reviewers[-2:]
        papers = (DocumentKind.NOTICE, DocumentKind.DECISION, DocumentKind.SERVICE)
        return [
            Scene(24, lambda: issue(self.hand, self.case, *papers)),
            Scene(20, self._publish, across=True),
            Scene(
                9,
                lambda: services.appeal(
                    case=self.case,
                    grounds="被比较的宣传内容出自供货方，发布前已逐条核验（演示）。",
                    by=self.hand.clerk,
                ),
            ),
            Scene(6, lambda: self._allow(first)),
            Scene(5, lambda: self._allow(second)),
            Scene(5, lambda: issue(self.hand, self.case, DocumentKind.APPEAL)),
            Scene(3, lambda: hand_over_appeal(self.hand, self.case)),
        ]

    def _publish(self) -> None:
        with scope.of(self.hand.association):
            decision = self.case.decision.public_id
        publication.consider(RecordKind.DECISION, decision)

    def _allow(self, by: User) -> None:
        services.review(
            case=self.case,
            outcome=Outcome.ALLOW,
            reasons="被比较的宣传内容出自供货方，会员已尽核验义务，原认定事实不足（演示）。",
            by=by,
        )
