"""Who is in each association: drawn by lot, the same for the same seed and day. Touches no database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING

from associations.members.states import Category
from config.demo.cast import CAST, REENTRY, parts_of
from config.demo.names import (
    ACCOUNTS_ON,
    code_of,
    firm_name,
    identity_of,
    legal_name,
    stage_name,
    words,
)
from config.demo.tenants import TENANTS, sizes
from core.subjects.services import Identity
from core.subjects.states import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from config.demo.tenants import Tenant

SHARES = {Category.PLATFORM: 3, Category.AGENCY: 15, Category.OPERATOR: 45, Category.STREAMER: 37}
"""Percent of an association's members [invented; DOMAIN 5]."""
ALSO_IN = {"province": ("city", 8), "park": ("province", 10)}
"""How many of an association's members come from another one, in percent of the smaller."""
NEW, YOUNG, LEAVING = (
    5,
    11,
    3,
)  # percent: under half a year; under a year, those included; left within the year
CARELESS = 4  # percent who keep no house at all
STEADY = 0.86
LONG_MEMBER = 1000


@dataclass(frozen=True, slots=True)
class Joining:
    """One on the roll. `quality` 0…1 is how well it keeps its house: figures, checks and training follow it."""

    identity: Identity
    category: Category
    joined_on: date
    quality: float
    part: str = ""
    left_on: date | None = None
    expelled: bool = False

    @property
    def name(self) -> str:
        return self.identity.name


@dataclass(frozen=True, slots=True)
class Roll:
    """An association's members in the order of joining."""

    tenant: Tenant
    joining: list[Joining]


def rolls(seed: int, total: int | None, today: date) -> list[Roll]:
    """The three rolls. `total` members in all, about; none: the usual 840."""
    rng = Random(f"{seed}/roll")  # noqa: S311 - invented lives, no secrets
    wanted = sizes() if total is None else sizes(total)
    found: dict[str, Roll] = {}
    new = _Newcomers(rng)
    for tenant in TENANTS:
        need = spread(wanted[tenant.slug], SHARES)
        joining = [new.part(part.category, part.name, part.key, today) for part in parts_of(tenant.slug)]
        if tenant.slug in ALSO_IN:
            home, percent = ALSO_IN[tenant.slug]
            most = percent * min(wanted[home], wanted[tenant.slug]) // 100
            joining += _also(rng, found[home].joining, most, today)
        for category in SHARES:
            missing = need[category] - sum(each.category == category for each in joining)
            joining += [new.any(tenant, category, today) for _each in range(missing)]
        found[tenant.slug] = Roll(tenant, sorted(joining, key=lambda each: (each.joined_on, each.name)))
    return list(found.values())


def spread(whole: int, shares: dict[Category, int]) -> dict[Category, int]:
    """`whole` things in these percentages; the largest remainders get what is left over."""
    found = {key: whole * share // 100 for key, share in shares.items()}
    by_remainder = sorted(shares, key=lambda key: -(whole * shares[key] % 100))
    for key in by_remainder[: whole - sum(found.values())]:
        found[key] += 1
    return found


class _Newcomers:
    """Subjects nobody has yet, one after the other."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        cast = {part.name for part in CAST} | {REENTRY}
        self.words: Iterator[str] = (w for w in words(rng) if not any(w in name for name in cast))
        self.serials = count(1000)

    def any(self, tenant: Tenant, category: Category, today: date) -> Joining:
        rng, word = self.rng, next(self.words)
        if category == Category.STREAMER:
            name = stage_name(rng, word)
        else:
            name = firm_name(rng, rng.choice(tenant.regions), word, category)
        joined_on = _joined_on(rng, tenant, today)
        left_on = None
        if (today - joined_on).days > LONG_MEMBER // 2 and rng.randrange(100) < LEAVING:
            left_on = today - timedelta(days=rng.randrange(20, 200))
        quality = rng.uniform(0, 0.12) if rng.randrange(100) < CARELESS else rng.betavariate(3.4, 1.9)
        return Joining(self._identity(name, category), category, joined_on, quality, left_on=left_on)

    def part(self, category: Category, name: str, key: str, today: date) -> Joining:
        joined_on = today - timedelta(days=LONG_MEMBER + self.rng.randrange(200))
        return Joining(self._identity(name, category), category, joined_on, STEADY, part=key)

    def _identity(self, name: str, category: Category) -> Identity:
        serial = next(self.serials)
        if category != Category.STREAMER:
            return Identity(Kind.ORGANISATION, name, code_of(serial, name))
        account = (self.rng.choice(ACCOUNTS_ON), f"demo{serial:06d}")
        return Identity(
            Kind.PERSON,
            name,
            identity_of(serial),
            legal_name=legal_name(self.rng),
            accounts=(account,),
        )


def _joined_on(rng: Random, tenant: Tenant, today: date) -> date:
    lot = rng.randrange(100)
    if lot < NEW:
        days = rng.randrange(12, 170)
    elif lot < YOUNG:
        days = rng.randrange(190, 355)
    else:
        days = rng.randrange(380, 2300)
    return max(today - timedelta(days=days), tenant.founded_on)


def _also(rng: Random, elsewhere: Iterable[Joining], most: int, today: date) -> list[Joining]:
    """Some of another association's members, with this one too for a while."""
    able = [each for each in elsewhere if not each.part and each.left_on is None]
    chosen = rng.sample(able, min(most, len(able)))
    return [replace(each, joined_on=today - timedelta(days=rng.randrange(400, 1200))) for each in chosen]
