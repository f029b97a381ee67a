"""One association asks another about its bar: both keep question and answer, each in its own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.verdicts import Denied
from core.walls.turns import hold
from credit.blacklist import rules
from credit.blacklist.models import Bar, BarChange, Inquiry, InquiryAnswer, OwnInquiry

if TYPE_CHECKING:
    from core.accounts.models import User


@transaction.atomic
def ask(*, bar_public_id: str, question: str, by: User) -> OwnInquiry:
    """Ask the association that set a bar which we were told of. That we asked stands in its register for good."""
    hold(
        f"inquiry {bar_public_id}", scope.association_id()
    )  # of two who ask at once the second sees the first
    rules.may_ask(by, bar_public_id).enforce()
    if not question.strip():
        raise Denied(_("Write the question."))
    ours = scope.association_id()
    with scope.across_associations(why="ask the association that set a bar"):
        bar = Bar.objects.get(public_id=bar_public_id)
        asked = Inquiry.objects.create(
            association_id=bar.association_id,
            bar=bar,
            asked_by_id=ours,
            officer=by.name,
            question=question.strip(),
        )
        own = OwnInquiry.objects.create(
            association_id=ours,
            public_id=asked.public_id,
            bar_public_id=bar_public_id,
            set_by_id=bar.association_id,
            question=asked.question,
            by=by,
            at=asked.at,
        )
        _told(Act.BAR_ASKED_ABOUT, asked.public_id, bar_public_id, {ours: by, bar.association_id: None})
    return own


@transaction.atomic
def answer(*, inquiry: Inquiry, text: str, by: User) -> InquiryAnswer:
    """Answer an association that asked about our bar."""
    inquiry = Inquiry.objects.select_related("bar").get(pk=inquiry.pk)
    rules.may_answer(by, inquiry).enforce()
    if not text.strip():
        raise Denied(_("Write the answer."))
    given = InquiryAnswer.objects.create(
        association_id=inquiry.association_id, inquiry=inquiry, text=text.strip(), by=by
    )
    with scope.across_associations(why="hand the answer to the association that asked about a bar"):
        own = OwnInquiry.objects.filter(association_id=inquiry.asked_by_id, public_id=inquiry.public_id)
        own.update(answer=given.text, answered_at=given.at)
        who = {inquiry.association_id: by, inquiry.asked_by_id: None}
        _told(Act.BAR_ANSWERED_ABOUT, inquiry.public_id, inquiry.bar.public_id, who)
    return given


def _told(act: Act, inquiry: str, bar: str, who: dict[int, User | None]) -> None:
    """Both chains keep it; in the order of their numbers, so that two who ask each other never wait in a ring."""
    for association_id, user in sorted(who.items()):
        ledger.record(
            association_id=association_id,
            act=act,
            thing="inquiry",
            thing_id=inquiry,
            detail={"bar": bar},
            by=user,
        )


@transaction.atomic
def see(*, by: User) -> int:
    """The officer has seen what became of the bars of others."""
    rules.may_see(by).enforce()
    unseen = BarChange.objects.filter(seen_at=None)
    return unseen.update(seen_by=by, seen_at=timezone.now())
