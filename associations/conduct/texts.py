"""Which text of the law an act is judged by: the one in force on its day, or a later lighter one (从旧兼从轻). Pure.

An entry of the catalogue rests on clauses, each of a law that is in force from a day until a day. Where a
clause begins or ends, the entry's text changes. What is not on file is not made up: a clause without a first
day holds since ever, an entry without an earlier clause has no text before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of an entry's basis. `since` none: the day is not on file; `until` none: in force."""

    basis: str
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class LawText:
    """An entry as it stood from a day to a day, both included: its basis, and how grave it takes the act.

    `weight` is (least severity, most severity, least measure, most measure).
    """

    basis: str
    since: date | None
    until: date | None
    weight: tuple[int, int, int, int]

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def is_lighter_than(self, other: "LawText") -> bool:
        """Lower somewhere, and higher nowhere."""
        pairs = zip(self.weight, other.weight, strict=True)
        return self.weight != other.weight and all(mine <= theirs for mine, theirs in pairs)


def texts_of(clauses: Sequence[Clause], weight: tuple[int, int, int, int]) -> tuple[LawText, ...]:
    """The texts that follow each other while the clauses come and go, the oldest first."""
    starts = {each.since for each in clauses} | {each.until + A_DAY for each in clauses if each.until}
    days = sorted(day for day in starts if day)
    openings: list[date | None] = [None, *days] if None in starts else list(days)
    found = []
    for since, following in zip_longest(openings, openings[1:]):
        holding = [each for each in clauses if each.holds_on(since or date.min)]
        if holding:
            until = following - A_DAY if following else None
            found.append(LawText("；".join(each.basis for each in holding), since, until, weight))
    return tuple(found)


def text_for(texts: Iterable[LawText], acted_on: date, decided_on: date) -> LawText | None:
    """The text an act is judged by; None if none held on its day: then it was no violation under the entry.

    A text that came after the act, no later than the decision, counts only if it is lighter.
    """
    every = list(texts)
    applied = next((each for each in every if each.holds_on(acted_on)), None)
    if applied is None:
        return None
    for later in every:
        came = later.since is not None and acted_on < later.since <= decided_on
        if came and later.is_lighter_than(applied):
            applied = later
    return applied
