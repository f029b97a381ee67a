"""What stands for a record whose decision is not public: the same effect on the day, and nothing else of it.

A record is withheld where the rating page tells it without name, day or number, or not at all. What still counts
becomes a stand-in: same kind, severity, part of its window, stretch of its ceiling and number of earlier records,
on the earliest day that gives them; so its day says no more than its points do. What no longer counts is sealed:
its digest alone is left, and so of what was said about it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from credit.rulesets.method import Records, RuleSet
from credit.rulesets.vocabulary import FIRST_ABOUT_ANOTHER, Kind
from credit.scoring.evaluator import Fact
from credit.scoring.evaluator.arithmetic import days_after
from credit.scoring.evaluator.facts import FIRST_DAY
from credit.scoring.evaluator.timeline import Timeline, build

RECORDS = frozenset({Kind.VIOLATION, Kind.UNPERFORMED, Kind.BAN, Kind.REVIEW})
"""The kinds that say something bad about a member by a decision; all others are open."""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact, its canonical JSON as data, its digest (hexadecimal), and whether the decision behind it is public."""

    fact: Fact
    told: Mapping[str, Any]
    digest: str
    public: bool = True


def entries(ruleset: RuleSet, facts: Sequence[Known], as_of: date) -> list[dict[str, Any]]:
    """One entry a fact, in the order of (date, id)."""
    ordered = sorted(facts, key=lambda each: (each.fact.occurred_on, each.fact.id))
    numbers = {key: seq for seq, key in enumerate(sorted(each.fact.id for each in ordered), start=1)}
    made = Made(ruleset, [each.fact for each in ordered], numbers, as_of)
    withheld = _withheld(ordered, made.counting)
    found = []
    for each in ordered:
        entry: dict[str, Any] = {"seq": numbers[each.fact.id], "sha256": each.digest}
        if each.fact.id in withheld:
            entry |= made.in_place_of(each.fact)
        else:
            entry |= {"fact": dict(each.told)} | made.open(each.fact, withheld)
        found.append(entry)
    return found


def _withheld(facts: Sequence[Known], counting: Mapping[int, Fact]) -> set[int]:
    """Ids of the records not public or no longer counting, and of everything said about them."""
    found = {
        each.fact.id
        for each in facts
        if each.fact.kind in RECORDS and not (each.public and each.fact.id in counting)
    }
    about = {each.fact.id: each.fact.ref_id for each in facts if each.fact.kind >= FIRST_ABOUT_ANOTHER}
    while more := {key for key, ref in about.items() if ref in found} - found:
        found |= more
    return found


class Made:
    """Stand-ins, drawn up in the order of (date, id)."""

    def __init__(self, ruleset: RuleSet, facts: list[Fact], numbers: Mapping[int, int], as_of: date) -> None:
        self.ruleset, self.facts, self.numbers, self.as_of = ruleset, facts, numbers, as_of
        self.line_up = build(facts, as_of, known_on=None, counted=(), fixes=())
        self.records = next(
            indicator
            for dimension in ruleset.dimensions
            for indicator in dimension.indicators
            if isinstance(indicator, Records)
        )
        self.stayed = {fact.id for fact in self.line_up.stayed}
        self.counting = {fact.id: fact for fact in self._counting(self.line_up)}
        self.stays = {
            fact.ref_id: fact.id
            for fact in facts
            if fact.kind == Kind.STAY and fact.ref_id in self.stayed and fact.occurred_on <= as_of
        }
        self.last: tuple[date, int] = (FIRST_DAY, 0)

    def _counting(self, line_up: Timeline) -> list[Fact]:
        """The records that do something to the rating on the day."""
        return [
            *(fact for fact in line_up.of(Kind.VIOLATION) if self._oldest(fact) is not None),
            *line_up.stayed,
            *line_up.of(Kind.UNPERFORMED),
            *(f for f in line_up.of(Kind.BAN) if f.until_on is None or f.until_on >= self.as_of),
            *line_up.window(Kind.REVIEW, self.ruleset.review_days).facts,
        ]

    def _oldest(self, fact: Fact) -> int | None:
        """The greatest age with the same effect as this violation's; none if it has no effect any more."""
        severity, age = self.ruleset.severities[fact.severity], self.line_up.age(fact)
        ages = []
        if age < severity.window_days:
            steps = len(self.records.steps)
            part = steps * age // severity.window_days
            ages.append(((part + 1) * severity.window_days - 1) // steps)
        ages += [cap.bound - 1 for cap in severity.caps if age < cap.bound][:1]
        return min(ages, default=None)

    def open(self, fact: Fact, withheld: set[int]) -> dict[str, Any]:
        """What a public violation needs beside itself: how many earlier ones it has, if some are withheld."""
        if fact.kind != Kind.VIOLATION:
            return {}
        self.last = (fact.occurred_on, self.numbers[fact.id])
        seen = self._earlier(fact, withheld)
        truly = self._earlier(fact, set())
        return {} if seen == truly else {"earlier": truly}

    def _earlier(self, fact: Fact, without: set[int]) -> int:
        return sum(
            other.code == fact.code
            and (other.occurred_on, other.id) < (fact.occurred_on, fact.id)
            and (fact.occurred_on - other.occurred_on).days <= self.records.repeat_days
            and other.id not in without
            for other in self.line_up.of(Kind.VIOLATION)
        )

    def in_place_of(self, fact: Fact) -> dict[str, Any]:
        """A stand-in, or nothing for what no longer counts."""
        if fact.id in self.stays.values():
            return {
                "stand_in": {
                    "kind": int(Kind.STAY),
                    "occurred_on": FIRST_DAY.isoformat(),
                    "ref": self.numbers[fact.ref_id or 0],
                }
            }
        if fact.id not in self.counting:
            return {}
        told: dict[str, Any] = {"kind": int(fact.kind), "occurred_on": self._day(fact).isoformat()}
        if fact.kind == Kind.BAN:
            told["until_on"] = self.as_of.isoformat()
        if fact.kind != Kind.VIOLATION:
            return {"stand_in": told}
        told["severity"] = fact.severity
        return {"stand_in": told, "earlier": self._earlier(fact, set())}

    def _day(self, fact: Fact) -> date:
        """The earliest day with the same effect; never before the violation that stands before it."""
        if fact.kind == Kind.REVIEW:
            return days_after(self.as_of, 1 - self.ruleset.review_days) or FIRST_DAY
        if fact.kind != Kind.VIOLATION:
            return FIRST_DAY
        oldest = None if fact.id in self.stayed else self._oldest(fact)
        first = FIRST_DAY if oldest is None else days_after(self.as_of, -oldest) or FIRST_DAY
        before, seq = self.last
        after_it = before if seq < self.numbers[fact.id] else days_after(before, 1) or before
        day = max(first, FIRST_DAY, after_it)
        self.last = (day, self.numbers[fact.id])
        return day
