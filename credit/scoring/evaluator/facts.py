"""What goes in: the member, its facts, the rating before.

Facts are rows of the conduct file; their kinds and columns are those of `credit.rulesets.vocabulary`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Self

from credit.rulesets.vocabulary import FIRST_ABOUT_ANOTHER, Kind

FIRST_DAY = date(1949, 10, 1)
LAST_DAY = date(2999, 12, 31)
"""No fact happens outside these days; `until_on` may be later ("9999-12-31" means for good)."""

MOST_ORDERS = 10**11
MOST = 10**6
"""Bounds of quantities, so that a year's sums stay inside 64 bits in every engine."""

SEVERITIES = range(1, 5)
COLUMNS = ("a", "b", "c", "d", "e")


class FactError(ValueError):
    """A fact that cannot be: `fact_id`, the `field` at fault, and what is wrong with it."""

    def __init__(self, fact_id: int, field: str, reason: str) -> None:
        super().__init__(f"fact {fact_id}: {field}: {reason}")
        self.fact_id = fact_id
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `code` is a catalogue number, checklist item or control; `ref_id` the fact this one is about.

    Quantities by kind: FIGURES a orders, b upheld, c closed, d answered in time, e resolved · MEDIATION a
    made, b performed · CHECK, CONTROL, EXAM a 1 or 0 · TRAINING a hours · COMMITMENT a due, b performed ·
    CONTRIBUTION a points · ROSTER a signed streamers, b trained. LICENCE and BAN last to `until_on`, that
    day included (BAN without it: for life). DUTY is dated on the day it falls due. `earlier`, of a violation whose
    earlier records are not all among the facts, says how many there are (evidence bundles); none: they are counted.
    """

    id: int
    kind: int
    occurred_on: date
    recorded_on: date
    code: int = 0
    severity: int = 0
    a: int | None = None
    b: int | None = None
    c: int | None = None
    d: int | None = None
    e: int | None = None
    until_on: date | None = None
    ref_id: int | None = None
    earlier: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One membership. `id` and `association` are public ids; `category` by the rule set's number; `opt_out`: wants
    no contributions recorded.
    """

    id: str
    association: str
    category: int
    joined_on: date
    opt_out: bool = False


@dataclass(frozen=True, slots=True)
class Previous:
    """The rating before this one, as far as the brake on upgrades needs it."""

    state: int
    shown: int
    up_on: date | None
    last_fact_id: int | None


@dataclass(frozen=True, slots=True)
class Shape:
    """What a fact of a kind must carry: its columns, and (part, whole) pairs of them."""

    columns: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    yes_or_no: bool = False


SHAPES: Mapping[int, Shape] = MappingProxyType(
    {
        **{kind: Shape() for kind in Kind},
        Kind.FIGURES: Shape(COLUMNS, (("d", "c"), ("e", "c"))),
        Kind.MEDIATION: Shape(("a", "b"), (("b", "a"),)),
        Kind.CHECK: Shape(("a",), yes_or_no=True),
        Kind.TRAINING: Shape(("a",)),
        Kind.EXAM: Shape(("a",), yes_or_no=True),
        Kind.CONTROL: Shape(("a",), yes_or_no=True),
        Kind.COMMITMENT: Shape(("a", "b"), (("b", "a"),)),
        Kind.CONTRIBUTION: Shape(("a",)),
        Kind.ROSTER: Shape(("a", "b"), (("b", "a"),)),
    }
)


class Checked(tuple[Fact, ...]):
    """Facts of one member that can be, in the order of (date, id): checked once, evaluated as often as wanted."""

    __slots__ = ()

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Self:
        """Raises FactError for a fact that cannot be."""
        told = list(facts)
        check_all(told)
        return cls(sorted(told, key=_place))

    def with_more(self, facts: Sequence[Fact]) -> Self:
        """With these beside them. Raises FactError for one of them that cannot be, or has the id of another."""
        check_all(facts, seen={fact.id for fact in self})
        return type(self)(sorted((*self, *facts), key=_place))


def _place(fact: Fact) -> tuple[date, int]:
    return fact.occurred_on, fact.id


def check_all(facts: Iterable[Fact], seen: Collection[int] = ()) -> None:
    """Raise FactError for the first fact that cannot be, or for an id that comes twice, or is one of those `seen`."""
    seen = set(seen)
    for fact in facts:
        check(fact)
        if fact.id in seen:
            raise FactError(fact.id, "id", "comes twice")
        seen.add(fact.id)


def check(fact: Fact) -> None:
    """Raise FactError if this fact cannot be."""
    shape = SHAPES.get(fact.kind)
    if shape is None:
        raise FactError(fact.id, "kind", f"{fact.kind} is unknown")
    if not FIRST_DAY <= fact.occurred_on <= LAST_DAY:
        raise FactError(fact.id, "occurred_on", f"{fact.occurred_on} is impossible")
    for column in shape.columns:
        _check_quantity(fact, column, shape)
    for part, whole in shape.parts:
        if getattr(fact, part) > getattr(fact, whole):
            raise FactError(fact.id, part, f"is more than {whole}")
    if fact.kind == Kind.VIOLATION and fact.severity not in SEVERITIES:
        raise FactError(fact.id, "severity", f"{fact.severity} is none")
    if fact.kind == Kind.LICENCE and fact.until_on is None:
        raise FactError(fact.id, "until_on", "is missing")
    if fact.kind >= FIRST_ABOUT_ANOTHER and fact.ref_id is None:
        raise FactError(fact.id, "ref_id", "is missing")


def _check_quantity(fact: Fact, column: str, shape: Shape) -> None:
    value = getattr(fact, column)
    if value is None:
        raise FactError(fact.id, column, "is missing")
    most = 1 if shape.yes_or_no else MOST_ORDERS if (fact.kind, column) == (Kind.FIGURES, "a") else MOST
    if not 0 <= value <= most:
        raise FactError(fact.id, column, f"{value} is outside 0 to {most}")
