"""The order in which the demonstration happens: founding, two hundred days of facts and ratings, the stories, today."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone, translation

from associations.registry.models import Association
from config.demo import accounts, days, fees
from config.demo.acts import confirm_some, then, withdraw_consent
from config.demo.hands import found
from config.demo.roll import rolls
from config.demo.stage import stage_of
from core.wake import nobody
from credit.blacklist.services import list_bars
from credit.publication import services as publication
from credit.scoring.runs import rate_all
from credit.scoring.services import rate_due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from config.demo.stage import Stage

RATED_BEFORE = (200, 100, 10)
"""How many days ago everybody was rated, so that histories have steps. On the first of them the register began."""


def stands() -> bool:
    """Whether the register knows an association already."""
    return Association.objects.exists()


@transaction.atomic
def tell(*, seed: int, total: int | None, secret: str, say: Callable[[str], None]) -> None:
    """Write the whole demonstration. Wakes nobody: it rates, lists and publishes by itself."""
    today = timezone.localdate()
    with nobody(), translation.override("zh-hans"):
        with _step("Three associations and their officers", say):
            stages = _begin(seed, total, secret, today)
        for ago in RATED_BEFORE:
            day = today - timedelta(days=ago)
            with _step(f"Until {day}", say), days.on(day):
                for stage in stages:
                    stage.until(day)
                rate_due(as_of=day)
        with _step("The stories", say):
            for stage in stages:
                stage.play(today)
            withdraw_consent(next(stage for stage in stages if stage.slug == "city"))
            for stage in stages:
                stage.until(today)
            list_bars()
            then(stages)
        with _step("Today's ratings", say):
            rate_all(as_of=today)
            fees.pay(stages)
        with _step("What may be public", say):
            publication.withdraw_ended()
            publication.publish_due()
            for stage in stages:
                confirm_some(stage)
            publication.publish_due()
            publication.publish_accounts()


def _begin(seed: int, total: int | None, secret: str, today: date) -> list[Stage]:
    days.know_the_working_days(today)
    users = accounts.open_accounts(secret)
    with days.on(today - timedelta(days=RATED_BEFORE[0])):
        hands = found(users, today)
    return [
        stage_of(hand, roll, users, seed, today)
        for hand, roll in zip(hands, rolls(seed, total, today), strict=True)
    ]


@contextmanager
def _step(what: str, say: Callable[[str], None]) -> Iterator[None]:
    began = monotonic()
    yield
    say(f"  {what:<44}{monotonic() - began:5.1f} s")
