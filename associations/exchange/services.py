"""Receiving monthly figures. The same line again changes nothing; other numbers correct the fact that stands."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - a field's type
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from associations.conduct import loading
from associations.conduct.loading import Sealed, Told
from associations.conduct.states import FactKind
from associations.registry.rules import Verb, may
from associations.tenancy import scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.accounts.models import User
    from core.verdicts import Verdict

Ready = tuple[int, str, Sealed]
"""A fact that only needs to be written: (membership, key, fact)."""


class Figures(NamedTuple):
    """One member's month on one platform.

    `numbers`: orders, complaints upheld, closed, answered in time, resolved.
    """

    membership_id: int
    platform: str
    month_end: date
    numbers: tuple[int, int, int, int, int]

    @property
    def about(self) -> tuple[object, ...]:
        """Two figures equal in this are about the same."""
        return self.membership_id, self.platform, self.month_end


class Standing(NamedTuple):
    """The figures that stand about a member's month: their fact, and how often they have been corrected."""

    fact_id: int
    public_id: str
    key: str
    revision: int
    numbers: tuple[int, int, int, int, int]


def may_receive(by: User | None) -> Verdict:
    """Figures are brought in by those who bring in paperwork."""
    return may(by, Verb.IMPORT)


def standing(figures: Sequence[Figures]) -> dict[tuple[object, ...], Standing]:
    """What stands about the same members, platforms and months; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT membership_id, source, occurred_on, id, public_id, key, a, b, c, d, e
            FROM associations_fact
            WHERE association_id = %s AND kind = %s AND membership_id = ANY(%s) AND occurred_on = ANY(%s)
            ORDER BY id
            """,
            [
                scope.association_id(),
                int(FactKind.FIGURES),
                list({each.membership_id for each in figures}),
                list({each.month_end for each in figures}),
            ],
        )
        return {
            (row[0], row[1], row[2]): Standing(row[3], row[4], row[5], revision_of(row[5]), row[6:])
            for row in cursor.fetchall()
        }


def ready(figures: Iterable[tuple[Figures, Standing | None]], today: date) -> list[Ready]:
    """The facts that figures make, beside what stands: one each, or a correction and one. Pure."""
    about: list[tuple[int, str]] = []
    told: list[Told] = []
    for new, before in figures:
        member, platform, month_end, (a, b, c, d, e) = new
        period = month_of(month_end)
        if before is not None:
            ref = before.fact_id, before.public_id
            told.append(Told(FactKind.CORRECTION, today, platform, source_ref=period, ref=ref))
            about.append((member, f"{before.key}:corrected"))
        told.append(Told(FactKind.FIGURES, month_end, platform, period, 0, a, b, c, d, e))
        about.append((member, key_of(new, before.revision + 1 if before else 0)))
    sealed = loading.sealed_all(told, today)
    return [(member, key, fact) for (member, key), fact in zip(about, sealed, strict=True)]


def receive(facts: Sequence[Ready]) -> int:
    """Record what `ready` made; gives how many facts were new. Say `received` when all are recorded."""
    return loading.load(facts)


def received(membership_ids: Iterable[int]) -> None:
    """Have the members rated whose figures came in."""
    loading.due(membership_ids)


def key_of(figures: Figures, revision: int) -> str:
    return f"figures:{revision}:{figures.membership_id}:{month_of(figures.month_end)}:{figures.platform}"


@lru_cache(maxsize=256)
def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def revision_of(key: str) -> int:
    """How often the figures under this key were corrected before; 0 for a key of another making."""
    revision = key.split(":")[1] if key.startswith("figures:") else "0"
    return int(revision) if revision.isdecimal() else 0
