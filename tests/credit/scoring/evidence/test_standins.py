"""What stands for a withheld record gives the same figures, whatever is withheld; and tells nothing else of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict, replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit.rulesets import method
from credit.rulesets.canonical import canonical
from credit.rulesets.vocabulary import Kind
from credit.scoring.evaluator import Fact, Member, Previous, evaluate, inputs_sha, plain
from credit.scoring.evidence.drawing import Disagrees, Rated, draw_up
from credit.scoring.evidence.reading import facts_of, member_of, previous_of
from credit.scoring.evidence.standins import RECORDS, Known
from tests.credit.scoring.world import checked, verified, world
from tests.credit.scoring.world import facts_of as any_facts

RULESET = method.default()
DAY = date(2026, 3, 1)
FIGURES = (
    "score", "d1", "d2", "d3", "d4", "d5", "d6", "confidence", "n", "state", "grade", "shown", "ceiling",
    "mask", "next_change_on", "up_on",
)  # fmt: skip


def known(fact: Fact, *, public: bool) -> Known:
    """As the conduct file would digest it."""
    told = {
        key: value.isoformat() if isinstance(value, date) else int(value)
        for key, value in asdict(fact).items()
        if value is not None and key not in {"id", "ref_id", "earlier"}
    } | {"id": f"fact-{fact.id}"}
    if fact.ref_id is not None:
        told["ref"] = f"fact-{fact.ref_id}"
    return Known(fact, told, hashlib.sha256(canonical(told)).hexdigest(), public)


def rated(member: Member, facts: list[Known], as_of: date, previous: Previous | None = None) -> Rated:
    truth = evaluate(RULESET, member, [each.fact for each in facts], as_of, previous)
    ordered = sorted(facts, key=lambda each: (each.fact.occurred_on, each.fact.id))
    return Rated(
        RULESET,
        member,
        facts,
        as_of,
        previous,
        "1.0",
        inputs_sha(member, [bytes.fromhex(each.digest) for each in ordered]),
        {name: getattr(truth, name) for name in FIGURES},
    )


def again(bundle: dict) -> dict:
    """The rating worked out from the bundle alone."""
    return plain(
        evaluate(
            RULESET,
            member_of(bundle["member"]),
            facts_of(bundle["facts"]),
            date.fromisoformat(bundle["as_of"]),
            previous_of(bundle["previous"]),
        )
    )


@checked
@given(st.integers(0, 2**32), st.sampled_from([0.0, 0.5, 1.0]))
def test_the_figures_are_the_same_whatever_is_withheld(seed: int, share: float) -> None:
    rnd = Random(seed)  # noqa: S311 invented data
    member, facts, as_of, previous = world(seed)
    if rnd.random() < 0.5:  # records crowded: repeats, clipping, the same days
        crowd = any_facts(rnd, as_of, 30)
        facts = [f for f in crowd if f.kind >= Kind.VIOLATION] + verified(as_of, 10_000, rnd)
        ids = {f.id for f in facts}
        facts = [replace(f, ref_id=rnd.choice(sorted(ids))) if f.ref_id else f for f in facts]
    bundle = draw_up(rated(member, [known(f, public=rnd.random() >= share) for f in facts], as_of, previous))
    told, result = again(bundle), bundle["result"]
    for name in set(FIGURES) - {"next_change_on"}:
        assert told[name] == result[name]
    assert sum(line["earned"] for line in result["lines"]) == result["score"]
    kinds = Counter("fact" in each for each in bundle["facts"])
    assert sum(kinds.values()) == len(facts)
    assert all(
        each["fact"]["kind"] not in RECORDS for each in bundle["facts"] if share == 1.0 and "fact" in each
    )


def violation(id_: int, days: int, severity: int = 2, code: int = 7, kind: int = Kind.VIOLATION) -> Fact:
    on = DAY - timedelta(days)
    return Fact(id_, kind, on, on, code if kind == Kind.VIOLATION else 0, severity)


MEMBER = Member("member", "association", 3, date(2020, 1, 1))
CHECKS = [known(fact, public=True) for fact in verified(DAY, 10_000, Random(1))]  # noqa: S311 invented data


def drawn(*facts: tuple[Fact, bool], previous: Previous | None = None) -> dict:
    return draw_up(
        rated(MEMBER, [*(known(fact, public=public) for fact, public in facts), *CHECKS], DAY, previous)
    )


def entry(bundle: dict, seq: int) -> dict:
    return next(each for each in bundle["facts"] if each["seq"] == seq)


def test_a_stand_in_says_what_the_points_say_and_no_more():
    bundle = drawn((violation(1, 100), False))
    assert entry(bundle, 1).keys() == {"seq", "sha256", "stand_in", "earlier"}
    # general: a window of 365 days, quarters end after 91, 182, 273; the ceiling changes at 90
    assert entry(bundle, 1)["stand_in"] == {
        "kind": 10, "occurred_on": (DAY - timedelta(182)).isoformat(), "severity": 2,
    }  # fmt: skip
    line = next(each for each in bundle["result"]["lines"] if each["facts"] == [1])
    assert (line["code"], line["on"], line["changes_on"], line["ends_on"]) == (0, None, None, None)
    hit = next(each for each in bundle["result"]["ceilings"] if each["fact"] == 1)
    assert hit == {"reason": "general_record", "at_most": 2, "fact": 1, "changes_on": None}
    true_day = (DAY - timedelta(100)).isoformat()
    assert true_day not in str(bundle)
    assert '"code": 7' not in str(bundle).replace("'", '"')


def test_every_day_with_one_effect_has_one_stand_in():
    told = {
        entry(drawn((violation(1, days), False)), 1)["stand_in"]["occurred_on"] for days in range(92, 183)
    }
    assert told == {(DAY - timedelta(182)).isoformat()}
    assert entry(drawn((violation(1, 91), False)), 1)["stand_in"]["occurred_on"] == (
        (DAY - timedelta(91)).isoformat()
    )


def test_a_public_record_is_told_whole_with_the_earlier_ones_that_are_not():
    bundle = drawn((violation(1, 100), False), (violation(2, 20), True))
    assert entry(bundle, 2)["fact"]["code"] == 7
    assert entry(bundle, 2)["earlier"] == 1
    assert "earlier" not in entry(drawn((violation(1, 100), True), (violation(2, 20), True)), 2)


def test_what_counts_no_more_leaves_its_digest_alone():
    over = violation(1, 400)
    reversed_, reversal = violation(2, 50), replace(violation(3, 10, kind=Kind.REVERSAL), ref_id=2)
    bundle = drawn((over, True), (reversed_, True), (reversal, True))
    assert [sorted(entry(bundle, seq)) for seq in (1, 2, 3)] == [["seq", "sha256"]] * 3


def test_a_stayed_record_stands_in_with_its_stay():
    stay = replace(violation(2, 10, kind=Kind.STAY), ref_id=1)
    bundle = drawn((violation(1, 50), False), (stay, False))
    assert entry(bundle, 1)["stand_in"] == {"kind": 10, "occurred_on": "1949-10-01", "severity": 2}
    assert entry(bundle, 2)["stand_in"] == {"kind": 22, "occurred_on": "1949-10-01", "ref": 1}


def test_a_bar_in_term_stands_in_without_its_term():
    ban = replace(violation(1, 50, kind=Kind.BAN), until_on=DAY + timedelta(700))
    told = entry(drawn((ban, False)), 1)["stand_in"]
    assert told == {"kind": 14, "occurred_on": "1949-10-01", "until_on": DAY.isoformat()}


def test_a_sealed_reversal_that_freed_the_grade_is_told_to_have_come():
    """Without it the brake would hold the grade shown back."""
    reversal = replace(violation(2, 1, kind=Kind.REVERSAL), ref_id=1)
    facts = ((violation(1, 50), False), (reversal, False))
    bundle = drawn(*facts, previous=Previous(0, 8, None, 1))
    assert entry(bundle, 1).keys() == {"seq", "sha256"}
    assert entry(bundle, 2)["stand_in"] == {"kind": 25, "occurred_on": DAY.isoformat(), "ref": 2}
    assert bundle["previous"] == {"last_seq": 1, "shown": 8, "state": 0, "up_on": None}
    assert again(bundle)["shown"] == bundle["result"]["shown"] < 7


def test_a_rating_that_its_inputs_do_not_give_is_not_drawn_up():
    whole = rated(MEMBER, [known(violation(1, 100), public=True), *CHECKS], DAY)
    with pytest.raises(Disagrees, match=r"^score$"):
        draw_up(replace(whole, given={**whole.given, "score": 1}))
    with pytest.raises(Disagrees, match=r"^inputs_sha$"):
        draw_up(replace(whole, inputs_sha=bytes(32)))
    facts = [replace(whole.facts[0], told={**whole.facts[0].told, "code": 8}), *whole.facts[1:]]
    with pytest.raises(Disagrees, match=r"^facts$"):
        draw_up(replace(whole, facts=facts))
