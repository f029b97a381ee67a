"""Drawing up the bundle of a rating. It is worked out again before it leaves: what does not agree is not drawn up."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from credit.rulesets.canonical import canonical
from credit.rulesets.method import RuleSet
from credit.scoring.evaluator import Evaluation, Fact, Member, Previous, evaluate, inputs_sha, member_json
from credit.scoring.evidence.figures import figures_of
from credit.scoring.evidence.reading import facts_of
from credit.scoring.evidence.standins import Known, entries

FORMAT = 1
KIND = "evidence"


class Disagrees(ValueError):
    """The rating is not what its inputs give: something has changed since."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating and what it was reckoned from. `given`: the figures it was given with, by name."""

    ruleset: RuleSet
    member: Member
    facts: Sequence[Known]
    as_of: date
    previous: Previous | None
    engine: str
    inputs_sha: bytes
    given: Mapping[str, Any]


def draw_up(rated: Rated) -> dict[str, Any]:
    """The bundle's parts that follow from the rating. Raises Disagrees.

    With records withheld `next_change_on` and the days of their lines are told as far as the public may see them.
    """
    told = entries(rated.ruleset, rated.facts, rated.as_of)
    if inputs_sha(rated.member, [bytes.fromhex(each["sha256"]) for each in told]) != rated.inputs_sha:
        raise Disagrees("inputs_sha")
    if any(
        hashlib.sha256(canonical(each["fact"])).hexdigest() != each["sha256"]
        for each in told
        if "fact" in each
    ):
        raise Disagrees("facts")
    numbers = {key: seq for seq, key in enumerate(sorted(each.fact.id for each in rated.facts), start=1)}
    previous = _renumbered(rated.previous, numbers)
    truth = evaluate(
        rated.ruleset,
        rated.member,
        [_numbered(each.fact, numbers) for each in rated.facts],
        rated.as_of,
        previous,
    )
    _assert_given(truth, rated.given)
    withheld = set()
    if any("fact" not in each or "earlier" in each for each in told):
        withheld = _stand_in(told, rated, numbers, previous, truth)
    result = figures_of(truth, withheld)
    return {
        "as_of": rated.as_of.isoformat(),
        "engine": rated.engine,
        "facts": told,
        "format": FORMAT,
        "inputs_sha256": rated.inputs_sha.hex(),
        "kind": KIND,
        "member": member_json(rated.member),
        "previous": None
        if previous is None
        else {
            "last_seq": previous.last_fact_id,
            "shown": previous.shown,
            "state": previous.state,
            "up_on": previous.up_on.isoformat() if previous.up_on else None,
        },
        "result": result,
        "ruleset_sha256": rated.ruleset.sha256,
    }


def _stand_in(
    told: list[dict[str, Any]],
    rated: Rated,
    numbers: Mapping[int, int],
    previous: Previous | None,
    truth: Evaluation,
) -> set[int]:
    """The numbers of the stand-ins, once they are known to give what the facts themselves give."""

    def again() -> Evaluation:
        return evaluate(rated.ruleset, rated.member, facts_of(told), rated.as_of, previous)

    found = again()
    if (found.shown, found.up_on) != (truth.shown, truth.up_on):
        _let_the_fix_stand(told, rated, numbers)
        found = again()
    withheld = {each["seq"] for each in told if "stand_in" in each}
    found = replace(found, next_change_on=truth.next_change_on)
    if figures_of(found, withheld) != figures_of(truth, withheld):
        raise Disagrees("stand-ins")
    return withheld


def _numbered(fact: Fact, numbers: Mapping[int, int]) -> Fact:
    ref = None if fact.ref_id is None else numbers.get(fact.ref_id, 0)
    return replace(fact, id=numbers[fact.id], ref_id=ref)


def _renumbered(previous: Previous | None, numbers: Mapping[int, int]) -> Previous | None:
    if previous is None:
        return None
    last = previous.last_fact_id
    return replace(previous, last_fact_id=None if last is None else sum(key <= last for key in numbers))


def _assert_given(truth: Evaluation, given: Mapping[str, Any]) -> None:
    wrong = [name for name, value in given.items() if getattr(truth, name) != value]
    if wrong:
        raise Disagrees(", ".join(wrong))


def _let_the_fix_stand(told: list[dict[str, Any]], rated: Rated, numbers: Mapping[int, int]) -> None:
    """A sealed reversal, repair or correction freed the grade at once: it stands in, without kind or day."""
    kinds = rated.ruleset.brake_lifted_by
    fixes = [
        numbers[each.fact.id]
        for each in rated.facts
        if each.fact.kind in kinds and each.fact.occurred_on <= rated.as_of
    ]
    for entry in told:
        if entry["seq"] == max(fixes, default=0) and "fact" not in entry:
            entry["stand_in"] = {
                "kind": int(max(kinds)),
                "occurred_on": rated.as_of.isoformat(),
                "ref": entry["seq"],
            }
