"""What a schema cannot say: sums, orders, inputs that may not be, items that must be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from credit.rulesets.validation.problems import Problem
from credit.rulesets.vocabulary import GRADES, PAIRS, QUANTITIES, UNDER_ONLY, R

TOTAL = 1000
ALL = 100
CORE = 3
CORE_LEAST = 600
"""An AAA must mean the same everywhere: D1 to D3 weigh at least 60 percent."""

Data = Mapping[str, Any]
Found = Iterator[Problem]


def sense_problems(data: Data) -> list[Problem]:
    """Everything that makes no sense in data of the right shape."""
    return [
        problem
        for check in (
            _weights,
            _dimensions,
            _inputs,
            _forms,
            _severities,
            _grades,
            _bands,
            _evidence,
            _ceilings,
            _checklists,
        )
        for problem in check(data)
    ]


def indicators(data: Data) -> Iterator[tuple[str, int, Data]]:
    """(field, dimension, indicator) of all."""
    for d, dimension in enumerate(data["dimensions"], start=1):
        for i, indicator in enumerate(dimension["indicators"], start=1):
            yield f"dimensions.{d}.indicators.{i}", d, indicator


def _weights(data: Data) -> Found:
    for key, category in data["categories"].items():
        field = f"categories.{key}.weights"
        total, core = sum(category["weights"]), sum(category["weights"][:CORE])
        if total != TOTAL:
            yield Problem("weights_sum", field, {"sum": total, "total": TOTAL})
        if core < CORE_LEAST:
            yield Problem("weights_core", field, {"sum": core, "least": CORE_LEAST})


def _dimensions(data: Data) -> Found:
    if [d["number"] for d in data["dimensions"]] != list(range(1, 7)):
        yield Problem("dimension_order", "dimensions")
    numbers: set[str] = set()
    keys: set[str] = set()
    for field, dimension, indicator in indicators(data):
        number = indicator["number"]
        if not number.startswith(f"{dimension}.") or number in numbers:
            yield Problem("indicator_number", f"{field}.number", {"like": f"{dimension}.1"})
        if indicator["key"] in keys:
            yield Problem("repeated", f"{field}.key")
        numbers.add(number)
        keys.add(indicator["key"])
    for place, dimension in enumerate(data["dimensions"], start=1):
        shares = sum(i["share"] for i in dimension["indicators"])
        if shares != ALL:
            yield Problem("shares_sum", f"dimensions.{place}.indicators", {"sum": shares})
    for form, where in (("records", 1), ("checklist", 3)):
        if [dimension for _, dimension, i in indicators(data) if i["form"] == form] != [where]:
            yield Problem("indicator_form", "dimensions", {"form": form, "where": where})


def _inputs(data: Data) -> Found:
    for field, _, indicator in indicators(data):
        used = {key: indicator[key] for key in ("events", "per", "top", "bottom", "of") if key in indicator}
        for key, name in used.items():
            yield from _input(data, f"{field}.{key}", name, under=key == "per")
        if any(name not in QUANTITIES for name in used.values()):
            continue
        if indicator["form"] == "ratio" and (used["top"], used["bottom"]) not in PAIRS:
            yield Problem("unknown_input", f"{field}.top", {"input": used["top"]})
        if indicator["form"] == "rate" and used != {"events": "figures.upheld", "per": "figures.orders"}:
            yield Problem("unknown_input", f"{field}.events", {"input": used["events"]})
        if indicator["form"] == "points" and used["of"] != "contribution.points":
            yield Problem("unknown_input", f"{field}.of", {"input": used["of"]})


def _input(data: Data, field: str, name: str, *, under: bool) -> Found:
    excluded = next((e for e in data["excluded"] if e["key"] in name or said(e["words"], name)), None)
    if name in UNDER_ONLY and not under:
        excluded = next((e for e in data["excluded"] if e["key"] == "sales_volume"), excluded)
    if excluded:
        yield Problem("excluded_input", field, {"input": name, "name": excluded["name"]})
    elif name not in QUANTITIES:
        yield Problem("unknown_input", field, {"input": name})


def said(words: Sequence[str], text: str) -> str | None:
    """The first of the words the text uses: Latin ones as whole words, Chinese ones anywhere."""
    spoken = set(re.split(r"[^a-z]+", text.lower())) | {text.lower()}
    return next((word for word in words if word in spoken or (not word.isascii() and word in text)), None)


def _forms(data: Data) -> Found:
    checks = {"records": _records, "rate": _rate, "ratio": _ratio, "checklist": _checklist}
    for field, _, indicator in indicators(data):
        if "items" in indicator:
            yield from _items(f"{field}.items", indicator["items"])
        if indicator["form"] in checks:
            yield from checks[indicator["form"]](field, indicator)


def _records(field: str, indicator: Data) -> Found:
    if _rises(indicator["steps"]):
        yield Problem("not_falling", f"{field}.steps")
    if _falls(indicator["repeat"]):
        yield Problem("not_rising", f"{field}.repeat")


def _rate(field: str, indicator: Data) -> Found:
    multiples = [multiple for multiple, _ in indicator["curve"]]
    heights = [height for _, height in indicator["curve"]]
    if multiples[0] != 0 or any(a >= b for a, b in pairwise(multiples)):
        yield Problem("not_rising", f"{field}.curve")
    if _rises(heights) or heights[0] > ALL:
        yield Problem("not_falling", f"{field}.curve")


def _ratio(field: str, indicator: Data) -> Found:
    if indicator["add_top"] > indicator["add_bottom"]:
        yield Problem("not_possible", f"{field}.add_top")


def _checklist(field: str, indicator: Data) -> Found:
    if indicator["older_points"] > indicator["fresh_points"]:
        yield Problem("not_falling", f"{field}.older_points")


def _items(field: str, items: Sequence[Data]) -> Found:
    for name in ("number", "key"):
        if len({item[name] for item in items}) != len(items):
            yield Problem("repeated", field)


def _severities(data: Data) -> Found:
    severities = data["severities"]
    if [s["number"] for s in severities] != list(range(1, 5)) or _falls([s["base"] for s in severities]):
        yield Problem("severity_order", "severities")
    for place, severity in enumerate(severities, start=1):
        field = f"severities.{place}.ceilings"
        days = [cap["days"] for cap in severity["ceilings"]]
        if days and (_falls(days) or len(set(days)) != len(days) or days[-1] != severity["window_days"]):
            yield Problem("overlapping_periods", field)
        if _rises([number(cap["at_most"]) for cap in severity["ceilings"]]):
            yield Problem("eases_wrongly", field)


def _grades(data: Data) -> Found:
    grades = data["grades"]
    if [g["letter"] for g in grades] != list(GRADES):
        yield Problem("grade_order", "grades")
    above = R + 1
    for place, grade in enumerate(grades, start=1):
        if grade["at_least"] >= above:
            yield Problem("unreachable_grade", f"grades.{place}.at_least", {"grade": grade["letter"]})
        above = grade["at_least"]
    if above != 0:
        yield Problem("too_large", f"grades.{len(grades)}.at_least", {"limit": 0})


def _bands(data: Data) -> Found:
    if [letter for band in data["bands"] for letter in band["grades"]] != list(GRADES):
        yield Problem("bands_cover", "bands")


def _evidence(data: Data) -> Found:
    steps = [data["evidence"][name] for name in ("not_rated", "provisional", "limited")]
    for key in ("months", "confidence"):
        if _falls([step[key] for step in steps]):
            yield Problem("evidence_order", f"evidence.provisional.{key}")
    shares = sum(data["confidence"][key] for key in ("coverage", "months", "facts"))
    if shares != ALL:
        yield Problem("shares_sum", "confidence", {"sum": shares})


def _ceilings(data: Data) -> Found:
    steps = data["ceilings"]["dimension_steps"]
    field = "ceilings.dimension_steps"
    if any(a["below"] <= b["below"] for a, b in pairwise(steps)):
        yield Problem("not_falling", field)
    if any(number(a["at_most"]) >= number(b["at_most"]) for a, b in pairwise(steps)):
        yield Problem("not_rising", field)


def _checklists(data: Data) -> Found:
    found = [(field, i) for field, _, i in indicators(data) if i["form"] == "checklist"]
    for field, checklist in found[:1]:
        known = {item["key"] for item in checklist["items"]}
        for key in ("identity", "licence"):
            if key in checklist and checklist[key] not in known:
                yield Problem("unknown_item", f"{field}.{key}", {"item": checklist[key]})
        for key, category in data["categories"].items():
            where = f"categories.{key}.checklist"
            for item in category["checklist"]:
                if item not in known:
                    yield Problem("unknown_item", where, {"item": item})
            if checklist["identity"] not in category["checklist"]:
                yield Problem("identity_needed", where)


def number(letter: str) -> int:
    """A grade's number, 1 for AAA."""
    return GRADES.index(letter) + 1


def _rises(values: Sequence[int]) -> bool:
    return any(a < b for a, b in pairwise(values))


def _falls(values: Sequence[int]) -> bool:
    return any(a > b for a, b in pairwise(values))
