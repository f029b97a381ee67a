"""The order in which the demonstration happens: founding, joining, a year of facts and ratings, the stories, today."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from time import monotonic
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone, translation

from associations.conduct import checking
from associations.conduct.states import FactKind
from associations.members.states import Item
from associations.registry.models import Association
from associations.tenancy import scope
from config.demo import accounts, facts, intake, sanctions
from config.demo.acts import (
    Stage,
    before_today,
    confirm_some,
    on_the_way,
    past_of_the_cast,
    templated_month,
    then,
)
from config.demo.cast import SIGNED, name_of
from config.demo.hands import found, open_desks
from config.demo.life import life_of
from config.demo.roll import rolls
from config.demo.schooling import School
from config.demo.years import know_the_working_days
from core.wake import nobody
from credit.blacklist.services import list_bars
from credit.publication import services as publication
from credit.scoring.services import rate_all, rate_due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from config.demo.hands import Hand
    from config.demo.life import Told
    from config.demo.roll import Roll
    from core.accounts.models import User

RATED_BEFORE = (200, 100, 10)
"""How many days ago everybody was rated, so that histories have steps."""


def stands() -> bool:
    """Whether the register knows an association already."""
    return Association.objects.exists()


@transaction.atomic
def tell(*, seed: int, total: int | None, secret: str, say: Callable[[str], None]) -> None:
    """Write the whole demonstration. Wakes nobody: it rates, lists and publishes by itself."""
    today = timezone.localdate()
    with nobody(), translation.override("zh-hans"):
        with _step("Three associations and their officers", say):
            know_the_working_days(today)
            users = accounts.open_accounts(secret)
            hands = found(users, today)
        stages = []
        for hand, roll in zip(hands, rolls(seed, total, today), strict=True):
            with _step(f"{hand.tenant.slug}: {len(roll.joining)} members", say):
                stages.append(_enter(hand, roll, users, seed, today))
        with _step("Their cases", say):
            for stage in stages:
                on_the_way(stage)
        _a_year(stages, today, say)
        with _step("The stories", say):
            before_today(stages)
            list_bars()
            then(stages)
        with _step("Today's ratings", say):
            rate_all(as_of=today)
        with _step("What may be public", say):
            publication.withdraw_ended()
            publication.publish_due()
            for stage in stages:
                confirm_some(stage)
            publication.publish_due()


def _enter(hand: Hand, roll: Roll, users: dict[str, User], seed: int, today: date) -> Stage:
    """Everybody joins, signs and consents; past decisions come in; who left, leaves."""
    past = sanctions.draw(roll, seed, today)
    leaving = [each for each in roll.joining if each.left_on]
    roll = sanctions.without(roll, past)
    lives = {each.name: life_of(each, seed, today) for each in roll.joining}
    verified = {name: _last_identity(life) for name, life in lives.items()}
    with scope.of(hand.association):
        members = intake.enter(hand, roll, {name: day for name, day in verified.items() if day}, seed)
        slug = hand.tenant.slug
        signed = {name_of("agency", slug): list(SIGNED)} if slug == "city" else {}
        intake.sign(hand, roll, members, seed, signed)
        sanctions.record(hand, [*past, *past_of_the_cast(hand, today)], members, seed)
        for each in leaving:
            checking.leave(
                membership=members[each.name],
                on=each.left_on or today,
                reason="会员申请退会",
                by=hand.clerk,
            )
        school = School(hand, roll, members, today, Random(f"{seed}/{slug}/school"))  # noqa: S311
        school.open()
    open_desks(hand, users)
    if slug == "city":
        name = name_of("templated", slug)
        lives[name] = templated_month(lives[name])
    return Stage(hand, roll, members, lives, school, users, today)


def _a_year(stages: list[Stage], today: date, say: Callable[[str], None]) -> None:
    """Facts as the days go by, everybody with news rated at each of the days, the last stretch not yet."""
    last = date.min
    for ago in (*RATED_BEFORE, 0):
        day = today - timedelta(days=ago)
        with _step(f"Until {day}", say):
            for stage in stages:
                with scope.of(stage.hand.association):
                    facts.write(stage.hand, stage.lives, stage.members, after=last, until=day)
                    stage.school.until(day)
            if ago:
                rate_due(as_of=day)
        last = day


def _last_identity(life: list[Told]) -> date | None:
    seen = [each.on for each in life if each.kind == FactKind.CHECK and each.code == Item.IDENTITY and each.a]
    return seen[-1] if seen else None


@contextmanager
def _step(what: str, say: Callable[[str], None]) -> Iterator[None]:
    began = monotonic()
    yield
    say(f"  {what:<44}{monotonic() - began:5.1f} s")
