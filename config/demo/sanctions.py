"""The decisions of past years, in the shares that DOMAIN 5 gives [all invented]."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, TypeVar

from associations.conduct.catalogue import catalogue
from associations.conduct.states import Severity
from associations.discipline.services import PastDecision, record_past_decisions
from associations.discipline.states import Measure, StatementKind
from associations.members.states import Category

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from associations.conduct.catalogue import Entry
    from associations.discipline.services import Recorded
    from associations.members.models import Membership
    from config.demo.hands import Hand
    from config.demo.roll import Joining, Roll

PER_HUNDRED = 22
"""Decisions on file for a hundred members."""
FAMILIES = {"AD": 40, "GD PR": 20, "ID IC": 20, "FK": 8, "CS": 7, "AI CT": 5}
SEVERITIES = {Severity.MINOR: 55, Severity.GENERAL: 32, Severity.SERIOUS: 11, Severity.EXTREME: 2}
USUAL = {Severity.MINOR: 1, Severity.GENERAL: 2, Severity.SERIOUS: 4, Severity.EXTREME: 5}
"""The measure a severity usually gets, within the entry's own range."""
OLDEST = 900
DUE, PRESENT, IN_FAVOUR = 9, 7, 6
TOO_FEW = 5
STATEMENTS = (StatementKind.SUBMITTED, StatementKind.SUBMITTED, StatementKind.LAPSED, StatementKind.WAIVED)

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Found:
    """A violation found: which entry, how severe, by whom, decided when."""

    entry: Entry
    severity: Severity
    name: str
    decided_on: date
    complete: bool = True

    @property
    def measure(self) -> int:
        usual = USUAL[self.severity]
        return min(max(usual, self.entry.measure_least), self.entry.measure_most)


def quotas(whole: int, shares: Mapping[Key, int]) -> list[Key]:
    """`whole` keys in these percentages, grouped; the largest remainders get what is left over."""
    counts = {key: whole * share // 100 for key, share in shares.items()}
    by_remainder = sorted(shares, key=lambda key: -(whole * shares[key] % 100))
    for key in by_remainder[: whole - sum(counts.values())]:
        counts[key] += 1
    return [key for key in shares for _each in range(counts[key])]


def kinds(whole: int, rng: Random) -> list[tuple[str, Severity]]:
    """`whole` pairs of family and severity: both in their shares, and each pair one that the catalogue knows.

    The gravest severities are dealt first, to the families that have nothing lighter; then the rest by lot.
    """
    families = quotas(whole, FAMILIES)
    rng.shuffle(families)
    families.sort(key=_lightest, reverse=True)
    pairs = []
    for severity in reversed(quotas(whole, SEVERITIES)):
        at = next(at for at, family in enumerate(families) if _entries(family, severity))
        pairs.append((families.pop(at), severity))
    return pairs


def _lightest(family: str) -> int:
    return min(entry.severity_least for entry in catalogue() if entry.code[:2] in family.split())


@cache
def _entries(family: str, severity: int, category: int | None = None) -> tuple[Entry, ...]:
    return tuple(
        entry
        for entry in catalogue()
        if entry.code[:2] in family.split()
        and entry.severity_least <= severity <= entry.severity_most
        and (category is None or category in entry.subjects)
    )


def draw(roll: Roll, seed: int, today: date) -> list[Found]:
    """The violations of an association's past years, by day. Who keeps a bad house is found out more often."""
    rng = Random(f"{seed}/{roll.tenant.slug}/sanctions")  # noqa: S311 - invented lives, no secrets
    able = [each for each in roll.joining if not each.part and not each.left_on and _days(each, today) > 0]
    whole = len(roll.joining) * PER_HUNDRED // 100
    found = []
    for family, severity in kinds(whole, rng):
        fitting = [each for each in able if _entries(family, severity, each.category)]
        if (
            severity == Severity.EXTREME
        ):  # an expulsion ends the membership: one such a member, firms for the portal
            fitting = [each for each in fitting if each.category == Category.OPERATOR]
        who = rng.choices(fitting, weights=[(1.1 - each.quality) ** 4 for each in fitting])[0]
        if severity == Severity.EXTREME:
            able.remove(who)
        entry = rng.choice(_entries(family, severity, who.category))
        decided_on = today - timedelta(days=25 + rng.randrange(_days(who, today)))
        found.append(Found(entry, severity, who.name, decided_on))
    found.sort(key=lambda each: (each.decided_on, each.name, each.entry.number))
    for at in (len(found) // 3, 2 * len(found) // 3):  # these lacked the quorum: history, never published
        if found[at].severity < Severity.EXTREME:
            found[at] = replace(found[at], complete=False)
    return found


def _days(each: Joining, today: date) -> int:
    """Over how many days a decision against the member can be spread."""
    return min(OLDEST, (today - each.joined_on).days - 75)


def without(roll: Roll, found: Iterable[Found]) -> Roll:
    """The roll as it is once the expulsions have ended their memberships."""
    ended = {each.name: each.decided_on for each in found if each.measure >= Measure.EXPULSION}
    joining = [
        replace(each, left_on=ended[each.name], expelled=True) if each.name in ended else each
        for each in roll.joining
    ]
    return replace(roll, joining=joining)


def numbered(series: str, found: Iterable[Found]) -> list[tuple[str, Found]]:
    """Each with its number, by year, in the order of the days."""
    serials: Counter[int] = Counter()
    rows = []
    for each in sorted(found, key=lambda one: (one.decided_on, one.name, one.entry.number)):
        serials[each.decided_on.year] += 1
        rows.append((f"{series}〔{each.decided_on.year}〕{serials[each.decided_on.year]}号", each))
    return rows


def record(
    hand: Hand, found: Iterable[tuple[str, Found]], members: dict[str, Membership], seed: int
) -> list[Recorded]:
    """Bring past decisions in from paper."""
    papers = []
    for number, each in found:
        rng = Random(f"{seed}/{number}")  # noqa: S311 - invented lives, no secrets
        papers.append(
            PastDecision(
                number=number,
                decided_on=each.decided_on,
                membership=members[each.name],
                code=each.entry.number,
                severity=int(each.severity),
                measure=each.measure,
                members_due=DUE,
                members_present=PRESENT if each.complete else TOO_FEW,
                votes_in_favour=IN_FAVOUR if each.complete else TOO_FEW,
                notice_served_on=each.decided_on - timedelta(days=rng.randrange(26, 40)),
                statement=str(rng.choice(STATEMENTS)),
                appeal_until=each.decided_on + timedelta(days=24),
                facts=f"{each.entry.name}（演示）。经调查取证并听取陈述申辩，事实清楚，证据充分。",
                basis=each.entry.basis,
            )
        )
    return record_past_decisions(papers, by=hand.clerk)
