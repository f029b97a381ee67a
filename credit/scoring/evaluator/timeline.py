"""Which facts count on a day: known, in force, dated; and when the next one comes into force."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from credit.rulesets.vocabulary import FIRST_ABOUT_ANOTHER, Kind
from credit.scoring.evaluator.arithmetic import days_after, earliest
from credit.scoring.evaluator.facts import Checked, Fact


@dataclass(frozen=True, slots=True)
class Window:
    """The facts of a kind that are younger than some days, and when the first of them leaves."""

    facts: tuple[Fact, ...]
    changes_on: date | None

    def total(self, column: str) -> int:
        """The sum of a column."""
        return sum(getattr(fact, column) for fact in self.facts)

    @property
    def ids(self) -> tuple[int, ...]:
        """Of the facts, in order."""
        return tuple(fact.id for fact in self.facts)

    @property
    def latest_on(self) -> date | None:
        """The day of the last one."""
        return self.facts[-1].occurred_on if self.facts else None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The facts in force on `as_of`, by kind, each list in the order of (date, id).

    `duties` are in force whatever their date (they are dated on the day they fall due). `stayed` are
    violations on appeal. `comes_on` is the day the first later-dated fact takes effect. `n` counts facts
    of the `counted` kinds; `last_fix_id` is the latest reversal, repair or correction.
    """

    as_of: date
    by_kind: dict[int, list[Fact]]
    duties: list[Fact]
    stayed: list[Fact]
    n: int
    comes_on: date | None
    last_fix_id: int | None
    last_fact_id: int | None

    def of(self, kind: int) -> list[Fact]:
        """The facts of a kind."""
        return self.by_kind.get(kind, [])

    def age(self, fact: Fact) -> int:
        """Days since it happened."""
        return (self.as_of - fact.occurred_on).days

    def window(self, kind: int, days: int) -> Window:
        """The facts of a kind with 0 ≤ age < days."""
        facts = tuple(fact for fact in self.of(kind) if self.age(fact) < days)
        return Window(facts, days_after(facts[0].occurred_on, days) if facts else None)

    def latest(self, kind: int) -> dict[int, Fact]:
        """The latest fact of a kind for every code."""
        return {fact.code: fact for fact in self.of(kind)}


def build(
    facts: Sequence[Fact],
    as_of: date,
    *,
    known_on: date | None,
    counted: Collection[int],
    fixes: Collection[int],
) -> Timeline:
    """Sort out the facts. `known_on`: what was recorded later does not count; none: everything is known.

    Of the facts about another one (reversal, repair, stay, stay ended, discharge, correction) the latest
    by (date, id) decides; all but the end of a stay make it count for nothing, also as an earlier record.
    They are not themselves voided. Raises FactError for a fact that cannot be.
    """
    if known_on is not None:
        facts = [fact for fact in facts if fact.recorded_on <= known_on]
    known = facts if isinstance(facts, Checked) else Checked.of(facts)
    verdicts = {
        fact.ref_id: fact.kind
        for fact in known
        if fact.kind >= FIRST_ABOUT_ANOTHER and fact.occurred_on <= as_of
    }
    void = {ref for ref, kind in verdicts.items() if kind != Kind.STAY_ENDED}
    by_kind: defaultdict[int, list[Fact]] = defaultdict(list)
    duties, stayed = [], []
    comes_on = None
    for fact in known:
        if fact.id in void and fact.kind < FIRST_ABOUT_ANOTHER:
            if fact.kind == Kind.VIOLATION and verdicts[fact.id] == Kind.STAY and fact.occurred_on <= as_of:
                stayed.append(fact)
        elif fact.kind == Kind.DUTY:
            duties.append(fact)
        elif fact.occurred_on > as_of:
            comes_on = earliest(comes_on, fact.occurred_on)
        else:
            by_kind[fact.kind].append(fact)
    return Timeline(
        as_of=as_of,
        by_kind=dict(by_kind),
        duties=duties,
        stayed=stayed,
        n=sum(len(by_kind[kind]) for kind in counted),
        comes_on=comes_on,
        last_fix_id=max((fact.id for kind in fixes for fact in by_kind[kind]), default=None),
        last_fact_id=max((fact.id for fact in known), default=None),
    )


def licence_until(timeline: Timeline) -> date | None:
    """The last valid day of the latest licence; none if no licence is on file."""
    return max((fact.until_on for fact in timeline.of(Kind.LICENCE) if fact.until_on), default=None)


def licence_lapsed(timeline: Timeline) -> bool:
    """Whether licences are on file and the latest date has passed."""
    until = licence_until(timeline)
    return until is not None and until < timeline.as_of
