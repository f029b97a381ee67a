"""What is checked, in order: form, signature, rule set, facts, inputs, and the rating itself."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from credit.rulesets.canonical import canonical, sha256_of
from credit.rulesets.method import RuleSet, build
from credit.rulesets.vocabulary import WORST, Kind
from credit.scoring.evaluator import ENGINE, State, evaluate, inputs_sha
from credit.scoring.evidence.drawing import FORMAT, KIND
from credit.scoring.evidence.figures import figures_of
from credit.scoring.evidence.reading import facts_of, member_of, previous_of
from credit.scoring.evidence.standins import RECORDS
from verifier.reading import Refused
from verifier.signing import PublicKey, key_within, signature_holds, trusted

PARTS: dict[str, Any] = {
    "as_of": str, "engine": str, "facts": list, "format": int, "inputs_sha256": str, "issued_at": str, "key": dict,
    "kind": str, "member": dict, "previous": (dict, type(None)), "register": dict, "result": dict, "rules": dict,
    "ruleset_sha256": str, "signature": str,
}  # fmt: skip
WITHIN: dict[str, dict[str, type]] = {
    "key": {"alg": str, "id": str, "x": str},
    "member": {"id": str},
    "register": {"address": str, "en": str, "zh": str},
    "result": {"score": int, "shown": int, "state": int},
    "rules": {"id": str},
}
ENTRIES = (
    {"seq", "sha256", "fact"},
    {"seq", "sha256", "fact", "earlier"},
    {"seq", "sha256", "stand_in"},
    {"seq", "sha256", "stand_in", "earlier"},
    {"seq", "sha256"},
)


@dataclass
class Report:
    """What came of it. `differences` name what does not agree; empty: everything checked agrees."""

    bundle: Mapping[str, Any]
    checked: list[str] = field(default_factory=list)
    trusted: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    def judge(self, what: str, wrong: str) -> None:
        """One step: what was checked, and why it does not agree (empty: it does)."""
        if wrong:
            self.differences.append(wrong)
        else:
            self.checked.append(what)


def check(bundle: Mapping[str, Any], keys: list[PublicKey] | None, *, signature: bool = True) -> Report:
    """Check a bundle that was read. `keys`: those the reader trusts, none: only the bundle's own. Raises Refused."""
    report = Report(bundle)
    _assert_form(bundle)
    try:
        _check_signature(report, keys, asked=signature)
        ruleset = _check_ruleset(report)
        _check_facts(report)
        if not report.differences:
            _check_rating(report, ruleset)
    except (
        KeyError,
        TypeError,
        ValueError,
        ArithmeticError,
        AttributeError,
        LookupError,
        StopIteration,
    ) as error:
        raise Refused(f"the bundle cannot be read: {type(error).__name__} {str(error)[:80]}") from None
    return report


def _assert_form(bundle: Mapping[str, Any]) -> None:
    if bundle.get("kind") != KIND:
        raise Refused("the file is no evidence bundle")
    if bundle.get("format") != FORMAT:
        raise Refused(f"the bundle has format {bundle.get('format')!r}; this verifier reads format {FORMAT}")
    missing, more = sorted(PARTS.keys() - bundle.keys()), sorted(bundle.keys() - PARTS.keys())
    if missing or more:
        raise Refused(f"the bundle's parts are not those of its format: {', '.join(missing + more)[:80]}")
    for name, kind in PARTS.items():
        if not isinstance(bundle[name], kind):
            raise Refused(f"the bundle's {name} is not of its format")
    for part, names in WITHIN.items():
        if not all(type(bundle[part].get(name)) is kind for name, kind in names.items()):
            raise Refused(f"the bundle's {part} is not of its format")
    if not (0 <= bundle["result"]["shown"] <= WORST and bundle["result"]["state"] in set(State)):
        raise Refused("the bundle's result names a grade or state there is not")
    if bundle["engine"] != ENGINE:
        raise Refused(f"the bundle is of engine {bundle['engine'][:20]}; this verifier is of engine {ENGINE}")


def _check_signature(report: Report, keys: list[PublicKey] | None, *, asked: bool) -> None:
    bundle = report.bundle
    if not asked:
        report.unchecked.append("the signature: you asked to leave it out")
        return
    message = canonical({name: part for name, part in bundle.items() if name != "signature"})
    try:
        holds = signature_holds(bundle, message)
    except ImportError:
        report.differences.append(
            "the signature was not checked: install the package cryptography, or say --no-signature"
        )
        return
    report.judge("the signature", "" if holds else "the signature is not this key's over this bundle")
    if keys is None:
        own = key_within(bundle)
        report.trusted.append(
            f"that the key is the register's: compare its fingerprint with {own.id!r} in "
            "/.well-known/register-keys.json at the register's address, or give that file by --key"
        )
    else:
        report.judge("the key", trusted(bundle, keys))


def _check_ruleset(report: Report) -> RuleSet:
    rules = report.bundle["rules"]
    agrees = sha256_of(rules) == report.bundle["ruleset_sha256"]
    report.judge(
        "the rule set by its SHA-256", "" if agrees else "rules: not the rule set named by ruleset_sha256"
    )
    return build(rules)


def _check_facts(report: Report) -> None:
    bundle, entries = report.bundle, report.bundle["facts"]
    wrong = ""
    opened = []
    for place, entry in enumerate(entries, start=1):
        if set(entry) not in ENTRIES:
            wrong = wrong or f"facts: entry {place} is not of its format"
        elif "fact" in entry:
            opened.append((entry["fact"]["occurred_on"], entry["seq"]))
            if hashlib.sha256(canonical(entry["fact"])).hexdigest() != entry["sha256"]:
                wrong = wrong or f"facts: entry {place} is not the fact named by its SHA-256"
        elif "stand_in" in entry and entry["stand_in"]["kind"] not in _stand_ins(bundle):
            wrong = wrong or f"facts: entry {place} may not be a stand-in"
    if sorted(entry["seq"] for entry in entries) != list(range(1, len(entries) + 1)):
        wrong = wrong or "facts: their numbers are not 1 to their count"
    if opened != sorted(opened):
        wrong = wrong or "facts: not in the order of day and number"
    report.judge(f"{len(opened)} of {len(entries)} facts by their SHA-256", wrong)
    digests = [bytes.fromhex(entry["sha256"]) for entry in entries]
    agrees = inputs_sha(member_of(bundle["member"]), digests).hex() == bundle["inputs_sha256"]
    report.judge(
        "member and facts by inputs_sha256", "" if agrees else "inputs_sha256: not that of member and facts"
    )


def _stand_ins(bundle: Mapping[str, Any]) -> set[int]:
    fixes = bundle["rules"]["brake"]["lifted_by"]
    return {*RECORDS, Kind.STAY, *(Kind[name.upper()] for name in fixes)}


def _check_rating(report: Report, ruleset: RuleSet) -> None:
    bundle, entries = report.bundle, report.bundle["facts"]
    standing_in = {entry["seq"] for entry in entries if "stand_in" in entry}
    sealed = sum("fact" not in entry and "stand_in" not in entry for entry in entries)
    counted_more = sum("fact" in entry and "earlier" in entry for entry in entries)
    evaluation = evaluate(
        ruleset,
        member_of(bundle["member"]),
        facts_of(entries),
        date.fromisoformat(bundle["as_of"]),
        previous_of(bundle["previous"]),
    )
    again, told = figures_of(evaluation, standing_in), bundle["result"]
    if standing_in or sealed:
        report.unchecked.append("next_change_on: records whose details are not public may move it")
        again["next_change_on"] = told["next_change_on"]
        report.trusted.append(
            f"records whose decisions are not public: {len(standing_in)} by stand-ins with the same effect, "
            f"{sealed} that count for nothing on the day"
        )
    if counted_more:
        report.trusted.append(f"the number of earlier records of {counted_more} public ones")
    if bundle["previous"] is not None:
        report.trusted.append("the rating before this one, from which the brake on upgrades starts")
    differing = [
        name
        for name in sorted(again.keys() | told.keys())
        if not (name in again and name in told and canonical(again[name]) == canonical(told[name]))
    ]
    report.judge(
        f"every figure, line and ceiling of the rating: {len(again['lines'])} lines",
        "; ".join(f"result: {name} is {_short(told.get(name))}, but the facts give {_short(again.get(name))}"
                  for name in differing),
    )  # fmt: skip


def _short(value: Any) -> str:
    return "other" if isinstance(value, list) else str(value)[:40]
