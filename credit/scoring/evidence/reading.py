"""From the parts of a bundle back to what the evaluator reads.

A fact's number in a bundle is its place in the order in which the register recorded the member's facts, from 1:
row numbers mean nothing outside.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from credit.scoring.evaluator import Fact, Member, Previous

TOLD = frozenset(
    {"kind", "code", "severity", "occurred_on", "recorded_on", "a", "b", "c", "d", "e", "until_on"}
)
DAYS = ("occurred_on", "recorded_on", "until_on")
NAMES = frozenset({"id", "ref"})

Entry = Mapping[str, Any]


def facts_of(entries: Sequence[Entry]) -> list[Fact]:
    """The facts the evaluator is given: open ones as they are, stand-ins; of sealed ones nothing.

    Raises KeyError, TypeError or ValueError for an entry that cannot be read.
    """
    numbers = {each["fact"]["id"]: each["seq"] for each in entries if "fact" in each}
    return [_fact(each, numbers) for each in entries if "fact" in each or "stand_in" in each]


def _fact(entry: Entry, numbers: Mapping[str, int]) -> Fact:
    told = dict(entry["fact"] if "fact" in entry else entry["stand_in"])
    named = {key: told.pop(key) for key in NAMES if key in told}
    unknown = sorted(told.keys() - TOLD)
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no part of a fact")
    for key in DAYS:
        if key in told:
            told[key] = date.fromisoformat(told[key])
    told.setdefault("recorded_on", told["occurred_on"])
    ref = named.get("ref")
    return Fact(
        id=entry["seq"],
        ref_id=numbers[ref] if isinstance(ref, str) else ref,
        earlier=entry.get("earlier"),
        **told,
    )


def member_of(told: Mapping[str, Any]) -> Member:
    """The member as it is hashed, read back."""
    return Member(
        id=told["id"],
        association=told["association"],
        category=told["category"],
        joined_on=date.fromisoformat(told["joined_on"]),
        opt_out=told["opt_out"],
    )


def previous_of(told: Mapping[str, Any] | None) -> Previous | None:
    """The rating before this one, by the numbers of the bundle."""
    if told is None:
        return None
    up_on = told["up_on"]
    return Previous(
        told["state"], told["shown"], date.fromisoformat(up_on) if up_on else None, told["last_seq"]
    )
