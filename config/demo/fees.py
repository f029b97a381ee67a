"""Fees: a table in each association, and half of the members pay. Which half says that fees buy no grade."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import mean
from typing import TYPE_CHECKING

from django.utils import timezone

from associations.fees import services
from associations.fees.services import Payment
from associations.tenancy import scope
from credit.scoring.models import Standing
from credit.scoring.states import State

if TYPE_CHECKING:
    from config.demo.hands import Hand
    from config.demo.stage import Stage

COUNCIL, FIRM = 500_000, 100_000
ITEMS = [
    {"name": "会长单位、副会长单位", "amount": 2_000_000},
    {"name": "理事单位", "amount": COUNCIL},
    {"name": "会员单位", "amount": FIRM},
    {"name": "个人会员", "amount": 0},
]


def pay(stages: list[Stage]) -> None:
    """Adopt the tables, and keep this year's payments."""
    for stage in stages:
        with scope.of(stage.hand.association):
            _adopt(stage.hand)
            _pay(stage.hand)


def _adopt(hand: Hand) -> None:
    began = date(timezone.localdate().year - 1, 1, 1)
    services.adopt_table(
        version=f"{began.year}年版",
        adopted_on=began - timedelta(days=40),
        effective_on=began,
        basis="第二届第三次会员大会决议",
        items=ITEMS,
        by=hand.admin,
    )


def _pay(hand: Hand) -> None:
    graded = Standing.objects.filter(state__in=[State.RATED, State.PROVISIONAL])
    rows = list(graded.order_by("membership__number").values_list("membership__number", "score"))
    payers, _others = sorted(
        (rows[0::2], rows[1::2]), key=lambda half: mean(score for _number, score in half)
    )
    today = timezone.localdate()
    lines = [
        Payment(number, FIRM if at % 5 else COUNCIL, today - timedelta(days=at % 60), f"会费{at:04d}")
        for at, (number, _score) in enumerate(payers, 1)
    ]
    services.keep_payments(year=today.year, lines=lines, by=hand.clerk)
