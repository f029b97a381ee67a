"""Two years of a member's life as facts: figures, checks, controls, promises kept, contributions. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from associations.conduct.states import FactKind
from associations.members.states import Category, Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.demo.roll import Joining

MONTHS = 12
ITEMS = {
    Category.STREAMER: (Item.IDENTITY, Item.CONTACT, Item.AI_LABEL, Item.OPERATOR_SHOWN),
    **dict.fromkeys((Category.PLATFORM, Category.AGENCY, Category.OPERATOR), tuple(Item)),
}
ORDERS = {
    Category.PLATFORM: 260_000,
    Category.AGENCY: 14_000,
    Category.OPERATOR: 6_000,
    Category.STREAMER: 4_000,
}
"""Orders in a usual month."""
PER = 10_000
CONTROLS = 4
FRESH_DAYS = 165
LAPSED = 0.2  # the share of the worst whose licence has run out
MEDIATED = 0.25  # the share of members with mediation agreements in the year


@dataclass(frozen=True, slots=True)
class Told:
    """One fact to come: what happened, when. `until`: the last valid day of a licence that was checked."""

    kind: FactKind
    on: date
    code: int = 0
    a: int | None = None
    b: int | None = None
    c: int | None = None
    d: int | None = None
    e: int | None = None
    until: date | None = None


def month_ends(today: date) -> list[date]:
    """The last days of the twelve months that are over, the oldest first."""
    found = [today.replace(day=1) - timedelta(days=1)]
    while len(found) < MONTHS:
        found.append(found[-1].replace(day=1) - timedelta(days=1))
    return found[::-1]


def life_of(member: Joining, seed: int, today: date) -> list[Told]:
    """Everything told of a member while it was one, by day."""
    rng = Random(f"{seed}/{member.identity.identifier}/{member.joined_on}/life")  # noqa: S311 - invented lives
    told = [
        *_figures(member, rng, today),
        *_checks(member, rng, today),
        *_controls(member, rng, today),
        *_promises(member, rng, today),
    ]
    last = member.left_on or today
    return sorted(
        (each for each in told if member.joined_on <= each.on <= last), key=lambda each: (each.on, each.kind)
    )


def _figures(member: Joining, rng: Random, today: date) -> Iterator[Told]:
    usual = ORDERS[member.category] * rng.lognormvariate(0, 0.7)
    bad = 13 * (1 - member.quality) ** 1.25  # upheld complaints for 10,000 orders; the trade's baseline is 5
    for on in month_ends(today):
        orders = round(usual * rng.uniform(0.7, 1.35))
        upheld = _events(rng, bad * orders / PER)
        closed = upheld + _events(rng, 1.5 + 2.2 * orders / PER)
        yield Told(
            FactKind.FIGURES,
            on,
            a=orders,
            b=upheld,
            c=closed,
            d=_part(rng, closed, 0.62 + 0.38 * member.quality),
            e=_part(rng, closed, 0.45 + 0.52 * member.quality),
        )


def _checks(member: Joining, rng: Random, today: date) -> Iterator[Told]:
    """Rounds a year ago, in the half-year since, and lately where the last one grows old or something was missing."""
    rounds = [
        max(member.joined_on, today - timedelta(days=rng.randrange(least, most)))
        for least, most in ((345, 372), (110, 195), (5, 60))
    ]
    lapsed = rng.random() < LAPSED * (1 - member.quality)
    days = -rng.randrange(5, 60) if lapsed else rng.randrange(60, 1400)
    for item in ITEMS[member.category]:
        passed = item == Item.IDENTITY or rng.random() < 0.75 + 0.24 * member.quality
        until = max(rounds[0], today + timedelta(days=days)) if item == Item.LICENCE and passed else None
        yield Told(FactKind.CHECK, rounds[0], code=int(item), a=int(passed), until=until)
        last = rounds[0]
        for on in rounds[1:]:
            due = not passed or (today - last).days > FRESH_DAYS
            careful = rng.random() < (0.93 if item == Item.IDENTITY else 0.35 + 0.63 * member.quality)
            if due and careful and on > last:
                passed = item == Item.IDENTITY or rng.random() < 0.6 + 0.39 * member.quality
                yield Told(FactKind.CHECK, on, code=int(item), a=int(passed))
                last = on


def _controls(member: Joining, rng: Random, today: date) -> Iterator[Told]:
    for code in range(1, CONTROLS + 1):
        on = max(member.joined_on, today - timedelta(days=rng.randrange(250, 380)))
        in_place = rng.random() < 0.35 + 0.62 * member.quality
        yield Told(FactKind.CONTROL, on, code=code, a=int(in_place))
        if not in_place and rng.random() < member.quality * 0.7:
            yield Told(FactKind.CONTROL, today - timedelta(days=rng.randrange(15, 240)), code=code, a=1)


def _promises(member: Joining, rng: Random, today: date) -> Iterator[Told]:
    """Commitments fallen due, mediation agreements, contributions to the trade."""
    for _each in range(rng.randrange(0, 6)):
        due = rng.randrange(1, 4)
        on = today - timedelta(days=rng.randrange(20, 700))
        yield Told(FactKind.COMMITMENT, on, a=due, b=_part(rng, due, 0.5 + 0.5 * member.quality))
    if rng.random() < MEDIATED:
        made = rng.randrange(1, 5)
        on = today - timedelta(days=rng.randrange(15, 330))
        yield Told(FactKind.MEDIATION, on, a=made, b=_part(rng, made, 0.55 + 0.45 * member.quality))
    if rng.random() < 0.55 * member.quality:
        for _each in range(rng.randrange(1, 4)):
            on = today - timedelta(days=rng.randrange(15, 340))
            yield Told(FactKind.CONTRIBUTION, on, a=rng.choice((3, 5, 8, 10)))


def _events(rng: Random, expected: float) -> int:
    """About as many as expected, never below none."""
    return max(0, round(rng.gauss(expected, expected**0.5)))


def _part(rng: Random, whole: int, share: float) -> int:
    """How many of `whole` went well, each with this chance."""
    if whole > 60:  # noqa: PLR2004 - counting each of very many would take the time and give the same
        return min(whole, round(whole * min(1.0, share + rng.uniform(-0.03, 0.03))))
    return sum(rng.random() < share for _each in range(whole))
