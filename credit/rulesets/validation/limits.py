"""What an association may change, and what not, so that an AAA means the same everywhere.

May: add indicators inside a dimension, tighten a ceiling, shift weights within the limits, change training
hours and the checklist. May not: use an excluded input, loosen a veto or ceiling, touch what a record costs
and how it fades, or take a dimension over with indicators of its own.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from credit.rulesets import method
from credit.rulesets.validation.problems import Problem
from credit.rulesets.validation.sense import indicators, number, said

Data = Mapping[str, Any]
Found = Iterator[Problem]

LEAST_SHARE = {1: 100}
"""Percent of a dimension the base's own indicators keep: all of D1, for vetoes hang on it."""
LEAST_SHARE_ELSEWHERE = 50

FIXED = ("format", "confidence", "review", "grades", "texts.disclaimer", "brake.lifted_by")
FIXED_OF_SEVERITY = ("number", "key", "base", "window_days")
FIXED_OF_CATEGORY = ("number", "roster")
FREE_OF_INDICATOR = frozenset({"share", "name", "rule", "items", "fresh_days", "baseline10"})


def against(data: Data, base: method.RuleSet) -> list[Problem]:
    """Where valid data leaves the limits of `base`."""
    own: Data = json.loads(base.canonical)
    return [
        problem
        for check in (
            _named,
            _fixed,
            _excluded,
            _excluded_words,
            _categories,
            _severities,
            _indicators,
            _shares,
            _evidence,
            _ceilings,
        )
        for problem in check(data, own, base.id)
    ]


def _named(data: Data, own: Data, base: str) -> Found:
    """A name that the default bears would make two methods of one."""
    if data["id"] == own["id"]:
        yield Problem("name_of_default", "id", {"base": base})


def _at(data: Data, path: str) -> Any:
    for key in path.split("."):
        data = data[key]
    return data


def _fixed(data: Data, own: Data, base: str) -> Found:
    for path in FIXED:
        if _at(data, path) != _at(own, path):
            yield Problem("fixed", path, {"base": base})
    if [b["grades"] for b in data["bands"]] != [b["grades"] for b in own["bands"]]:
        yield Problem("fixed", "bands", {"base": base})
    if data["brake"]["days"] < own["brake"]["days"]:
        yield _loosened("brake.days", base, own["brake"]["days"])


def _loosened(field: str, base: str, limit: object) -> Problem:
    return Problem("loosened", field, {"base": base, "limit": limit})


def _excluded(data: Data, own: Data, base: str) -> Found:
    kept = {e["key"]: set(e["words"]) for e in data["excluded"]}
    for excluded in own["excluded"]:
        if not set(excluded["words"]) <= kept.get(excluded["key"], set()):
            yield Problem("excluded_removed", "excluded", {"key": excluded["key"], "base": base})


def _excluded_words(data: Data, own: Data, _base: str) -> Found:
    """Words that give an excluded input away, in what the association adds."""
    known = {i["number"]: i for _, _, i in indicators(own)}
    for field, _, indicator in indicators(data):
        theirs = known.get(indicator["number"], {})
        told = [
            (f"{field}.{key}", indicator[key])
            for key in ("name", "rule")
            if indicator[key] != theirs.get(key)
        ]
        told += [
            (f"{field}.items.{place}", item["name"])
            for place, item in enumerate(indicator.get("items", ()), start=1)
            if item not in theirs.get("items", ())
        ]
        for where, text in told:
            for excluded in own["excluded"]:
                word = said(excluded["words"], text["en"]) or said(excluded["words"], text["zh"])
                if word:
                    yield Problem("excluded_word", where, {"word": word, "name": excluded["name"]})


def _categories(data: Data, own: Data, base: str) -> Found:
    for key, theirs in own["categories"].items():
        ours = data["categories"][key]
        for name in FIXED_OF_CATEGORY:
            if ours[name] != theirs[name]:
                yield Problem("fixed", f"categories.{key}.{name}", {"base": base})
        if theirs["exam"] and not ours["exam"]:
            yield _loosened(f"categories.{key}.exam", base, "true")


def _severities(data: Data, own: Data, base: str) -> Found:
    for place, (ours, theirs) in enumerate(zip(data["severities"], own["severities"], strict=True), start=1):
        field = f"severities.{place}"
        for name in FIXED_OF_SEVERITY:
            if ours[name] != theirs[name]:
                yield Problem("fixed", f"{field}.{name}", {"base": base})
        ages = {0, *(cap["days"] for s in (ours, theirs) for cap in s["ceilings"])}
        if any(_held(ours, age) < _held(theirs, age) for age in ages):
            limits = ", ".join(f"{cap['at_most']} < {cap['days']}" for cap in theirs["ceilings"])
            yield _loosened(f"{field}.ceilings", base, limits)


def _held(severity: Data, age: int) -> int:
    """The grade a record of this age is held at; 1 if it is not."""
    return next((number(cap["at_most"]) for cap in severity["ceilings"] if age < cap["days"]), 1)


def _indicators(data: Data, own: Data, base: str) -> Found:
    ours = {i["number"]: (field, i) for field, _, i in indicators(data)}
    for _, dimension, theirs in indicators(own):
        if theirs["number"] not in ours:
            params = {"number": theirs["number"], "base": base}
            yield Problem("indicator_removed", f"dimensions.{dimension}.indicators", params)
            continue
        field, indicator = ours[theirs["number"]]
        changed = {k for k in {*theirs, *indicator} if indicator.get(k) != theirs.get(k)} - FREE_OF_INDICATOR
        for key in sorted(changed):
            yield Problem("fixed", f"{field}.{key}", {"base": base})
        for key in ("fresh_days", "baseline10"):
            if key in theirs and indicator.get(key, 0) > theirs[key]:
                yield _loosened(f"{field}.{key}", base, theirs[key])
        kept = {(item["number"], item["key"]) for item in indicator.get("items", ())}
        if not {(item["number"], item["key"]) for item in theirs.get("items", ())} <= kept:
            yield Problem("fixed", f"{field}.items", {"base": base})


def _shares(data: Data, own: Data, base: str) -> Found:
    known = {i["number"] for _, _, i in indicators(own)}
    for place, dimension in enumerate(data["dimensions"], start=1):
        kept = sum(i["share"] for i in dimension["indicators"] if i["number"] in known)
        least = LEAST_SHARE.get(place, LEAST_SHARE_ELSEWHERE)
        if kept < least:
            params = {"base": base, "least": least, "sum": kept}
            yield Problem("base_share", f"dimensions.{place}.indicators", params)


def _evidence(data: Data, own: Data, base: str) -> Found:
    for name, theirs in own["evidence"].items():
        ours = data["evidence"][name]
        for key in ("months", "confidence"):
            if ours[key] < theirs[key]:
                yield _loosened(f"evidence.{name}.{key}", base, theirs[key])
        if "at_most" in theirs and number(ours["at_most"]) < number(theirs["at_most"]):
            yield _loosened(f"evidence.{name}.at_most", base, theirs["at_most"])


def _ceilings(data: Data, own: Data, base: str) -> Found:
    ours, theirs = data["ceilings"], own["ceilings"]
    for name in ("training_overdue", "licence_lapsed", "not_performed"):
        if number(ours[name]["at_most"]) < number(theirs[name]["at_most"]):
            yield _loosened(f"ceilings.{name}.at_most", base, theirs[name]["at_most"])
    if ours["training_overdue"]["days"] > theirs["training_overdue"]["days"]:
        yield _loosened("ceilings.training_overdue.days", base, theirs["training_overdue"]["days"])
    if not set(theirs["dimensions"]) <= set(ours["dimensions"]):
        yield _loosened("ceilings.dimensions", base, ", ".join(map(str, theirs["dimensions"])))
    for step in theirs["dimension_steps"]:
        if _worst(ours["dimension_steps"], step["below"]) < number(step["at_most"]):
            yield _loosened("ceilings.dimension_steps", base, f"{step['at_most']} < {step['below']}")


def _worst(steps: Sequence[Data], below: int) -> int:
    """The grade a dimension just under `below` is held at."""
    return max((number(step["at_most"]) for step in steps if below <= step["below"]), default=1)
