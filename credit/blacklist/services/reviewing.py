"""The review of a bar: kept by one person, lifted by two, none of whom had a part in the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.conduct.lifting import lift_ban
from core.ledger import services as ledger
from core.ledger.states import Act
from core.wake import wake
from credit.blacklist import rules
from credit.blacklist.models import Bar, BarReview
from credit.blacklist.services.listing import REVIEW_YEARS, WITHDRAW_ENDED, move, years_after
from credit.blacklist.states import BarState

if TYPE_CHECKING:
    from core.accounts.models import User

LIST_BARS = "credit.blacklist.tasks.list_bars"


@transaction.atomic
def review(*, bar: Bar, keep: bool, reasons: str, by: User) -> BarReview:
    """The review every three years: keep the bar, or propose to lift it. A second person then agrees, or does not."""
    bar = Bar.objects.select_for_update().get(pk=bar.pk)
    rules.may_review(by, bar).enforce()
    rules.says_why(reasons).enforce()
    review = BarReview.objects.create(
        association_id=bar.association_id,
        bar=bar,
        involved=bar.involved,
        keep=keep,
        reasons=reasons.strip(),
        by=by,
    )
    if keep:
        bar.review_on = years_after(timezone.localdate(), REVIEW_YEARS)
        move(bar, BarState(bar.state), reasons=review.reasons, by=by)
    else:
        _told(review, Act.BAR_LIFTING_PROPOSED, review.reasons, by)
    return review


@transaction.atomic
def agree(*, review: BarReview, agree: bool, reasons: str, by: User) -> Bar:
    """The second person on a lifting. With agreement the bar ends: a fact of the file, for the rating follows."""
    bar = Bar.objects.select_for_update().get(pk=review.bar_id)
    review = BarReview.objects.select_for_update().get(pk=review.pk)
    rules.may_agree(by, bar, review).enforce()
    rules.says_why(reasons).enforce()
    review.agreed, review.second, review.second_reasons = agree, by, reasons.strip()
    review.second_at = timezone.now()
    review.save(update_fields=["agreed", "second", "second_reasons", "second_at"])
    if not agree:
        _told(review, Act.BAR_LIFTING_REFUSED, review.second_reasons, by)
        return bar
    move(bar, BarState.LIFTED, reasons=f"{review.reasons}\n{review.second_reasons}", by=by)
    lift_ban(fact_id=bar.fact_id, on=timezone.localdate(), bar_public_id=bar.public_id)
    wake(LIST_BARS)  # the marks are the engine's to take out of force
    wake(WITHDRAW_ENDED)
    return bar


def _told(review: BarReview, act: Act, why: str, by: User) -> None:
    ledger.record(
        association_id=review.association_id,
        act=act,
        thing="bar",
        thing_id=review.bar.public_id,
        why=why,
        detail={"review": review.public_id},
        by=by,
    )
