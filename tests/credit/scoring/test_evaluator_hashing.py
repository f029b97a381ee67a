"""Digests of facts and inputs; the evaluator's purity; the numbers it shares with the other rooms."""

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given

from associations.conduct.digest import canonical, digest
from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.conduct.states import Severity as ConductSeverity
from associations.members.states import Category, Item
from credit.rulesets import method
from credit.rulesets.canonical import canonical as json_of
from credit.rulesets.vocabulary import GRADES, Kind
from credit.scoring.evaluator import Member, State, evaluate, inputs_sha, member_json, plain
from credit.scoring.states import Grade
from credit.scoring.states import State as StoredState
from tests.credit.scoring.world import checked, worlds

RULES = method.default()
ROOT = Path(__file__).parents[3]
MEMBER = Member("m", "a", 4, date(2024, 2, 29))


def test_a_fact_is_digested_as_canonical_json() -> None:
    ban = Fact(public_id="b", kind=FactKind.BAN, occurred_on=date(2026, 1, 2), recorded_on=date(2026, 1, 3),
               until_on=date(2029, 1, 2))  # fmt: skip
    text = (
        '{"code":0,"id":"b","kind":14,"occurred_on":"2026-01-02","recorded_on":"2026-01-03",'
        '"severity":0,"until_on":"2029-01-02"}'
    )
    assert canonical(ban) == rfc8785.dumps(json.loads(text)) == text.encode()
    assert digest(ban) == hashlib.sha256(text.encode()).digest()
    reversal = Fact(public_id="r", kind=FactKind.REVERSAL, occurred_on=date(2026, 2, 1), ref=ban)
    assert json.loads(canonical(reversal))["ref"] == "b"


@pytest.mark.parametrize(
    "change",
    [
        {"public_id": "x"}, {"kind": 11}, {"code": 4}, {"severity": 3}, {"occurred_on": date(2026, 1, 1)},
        {"recorded_on": date(2026, 1, 4)}, {"a": 0}, {"b": 1}, {"c": 1}, {"d": 1}, {"e": 1},
        {"until_on": date(2030, 1, 1)}, {"ref": Fact(public_id="y")},
    ],
)  # fmt: skip
def test_any_change_of_a_fact_changes_its_digest(change: dict) -> None:
    told = {"public_id": "v", "kind": FactKind.VIOLATION, "code": 3, "severity": 2,
            "occurred_on": date(2026, 1, 2), "recorded_on": date(2026, 1, 3)}  # fmt: skip
    assert digest(Fact(**told | change)) != digest(Fact(**told))


def test_inputs_are_the_member_and_the_digests_in_order() -> None:
    head = b'{"association":"a","category":4,"id":"m","joined_on":"2024-02-29","opt_out":false}'
    assert json_of(member_json(MEMBER)) == head
    digests = [hashlib.sha256(b"1").digest(), hashlib.sha256(b"2").digest()]
    assert inputs_sha(MEMBER, digests) == hashlib.sha256(head + digests[0] + digests[1]).digest()
    assert inputs_sha(MEMBER, digests[::-1]) != inputs_sha(MEMBER, digests)
    assert inputs_sha(replace(MEMBER, opt_out=True), digests) != inputs_sha(MEMBER, digests)


@checked
@given(worlds)
def test_ratings_survive_json(case) -> None:
    member, facts, day, previous = case
    rating = plain(evaluate(RULES, member, facts, day, previous))
    assert json.loads(json_of(rating)) == rating
    assert sum(line["earned"] for line in rating["lines"]) == rating["score"]


def test_the_evaluator_runs_on_the_standard_library_alone() -> None:
    program = (
        "import sys; before = set(sys.modules)\n"
        "import credit.scoring.evaluator, credit.rulesets.method\n"
        "credit.rulesets.method.default()\n"
        "loaded = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(loaded - sys.stdlib_module_names))"
    )
    told = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{program}"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip() == "['credit']"


def test_the_numbers_are_those_of_the_other_rooms() -> None:
    assert {kind.name: kind.value for kind in Kind} == {kind.name: kind.value for kind in FactKind}
    assert {s.key.upper(): s.number for s in RULES.severities.values()} == {
        s.name: s.value for s in ConductSeverity if s.value
    }
    assert {c.key.upper(): c.number for c in RULES.categories.values()} == {c.name: c.value for c in Category}
    assert {i.key.upper(): i.number for i in RULES.checklist.items} == {i.name: i.value for i in Item}
    assert {state.name: state.value for state in State} == {s.name: s.value for s in StoredState}
    assert ["NR", *GRADES] == [label for _, label in sorted(Grade.choices)]
