"""From validated data to the shapes the engines read."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from credit.rulesets.canonical import canonical, sha256_of
from credit.rulesets.method.shapes import (
    Band,
    Cap,
    Category,
    Ceilings,
    Checklist,
    Confidence,
    Controls,
    Dimension,
    Evidence,
    Excluded,
    Grade,
    Indicator,
    Item,
    Points,
    Quantity,
    Rate,
    Ratio,
    Records,
    RuleSet,
    Severity,
    Text,
    Training,
)
from credit.rulesets.vocabulary import GRADES, KINDS, QUANTITIES

DEFAULT_SOURCE = Path(__file__).parent.parent / "lcr-1.toml"

Data = Mapping[str, Any]


@lru_cache(maxsize=1)
def default() -> RuleSet:
    """LCR-1, as shipped."""
    return build(tomllib.loads(DEFAULT_SOURCE.read_text(encoding="utf-8")))


def build(data: Data) -> RuleSet:
    """Read validated data. Raises KeyError, TypeError or ValueError on data that validation refuses."""
    items = _items(_of_form(data, "checklist"))
    until = data.get("effective_until")
    evidence = data["evidence"]
    return RuleSet(
        id=data["id"],
        version=data["version"],
        name=Text(**data["name"]),
        effective_from=date.fromisoformat(data["effective_from"]),
        effective_until=date.fromisoformat(until) if until else None,
        texts={key: Text(**text) for key, text in data["texts"].items()},
        sources=tuple(Text(**text) for text in data["sources"]),
        excluded=tuple(Excluded(e["key"], Text(**e["name"]), tuple(e["words"])) for e in data["excluded"]),
        categories={c["number"]: _category(key, c, items) for key, c in data["categories"].items()},
        severities={s["number"]: _severity(s) for s in data["severities"]},
        dimensions=tuple(_dimension(d) for d in data["dimensions"]),
        confidence=Confidence(
            **{**data["confidence"], "counted": frozenset(KINDS[k] for k in data["confidence"]["counted"])}
        ),
        not_rated=_evidence(evidence["not_rated"]),
        provisional=_evidence(evidence["provisional"]),
        limited=_evidence(evidence["limited"]),
        ceilings=_ceilings(data["ceilings"]),
        review_days=data["review"]["days"],
        brake_days=data["brake"]["days"],
        brake_lifted_by=frozenset(KINDS[k] for k in data["brake"]["lifted_by"]),
        grades=tuple(
            Grade(number, grade["letter"], grade["at_least"])
            for number, grade in enumerate(data["grades"], start=1)
        ),
        bands=tuple(
            Band(b["key"], Text(**b["name"]), tuple(_grade(g) for g in b["grades"])) for b in data["bands"]
        ),
        sha256=sha256_of(data),
        canonical=canonical(data),
    )


def _grade(letter: str) -> int:
    return GRADES.index(letter) + 1


def _of_form(data: Data, form: str) -> Data:
    return next(i for d in data["dimensions"] for i in d["indicators"] if i["form"] == form)


def _items(data: Data) -> dict[str, Item]:
    return {i["key"]: Item(i["number"], i["key"], Text(**i["name"])) for i in data["items"]}


def _category(key: str, data: Data, items: Mapping[str, Item]) -> Category:
    return Category(
        number=data["number"],
        key=key,
        name=Text(**data["name"]),
        weights=tuple(data["weights"]),
        checklist=tuple(items[item].number for item in data["checklist"]),
        training_hours=data["training_hours"],
        exam=data["exam"],
        roster=data["roster"],
    )


def _severity(data: Data) -> Severity:
    return Severity(
        number=data["number"],
        key=data["key"],
        name=Text(**data["name"]),
        base=data["base"],
        window_days=data["window_days"],
        caps=tuple(Cap(c["days"], _grade(c["at_most"])) for c in data["ceilings"]),
    )


def _dimension(data: Data) -> Dimension:
    return Dimension(
        number=data["number"],
        key=data["key"],
        name=Text(**data["name"]),
        indicators=tuple(_indicator(i) for i in data["indicators"]),
    )


FORMS: dict[str, type[Indicator]] = {
    "records": Records,
    "rate": Rate,
    "ratio": Ratio,
    "checklist": Checklist,
    "training": Training,
    "controls": Controls,
    "points": Points,
}


def _indicator(data: Data) -> Indicator:
    read: dict[str, Any] = {**data, "name": Text(**data["name"]), "rule": Text(**data["rule"])}
    for key in ("events", "per", "top", "bottom", "of"):
        if key in read:
            read[key] = Quantity(read[key], *QUANTITIES[read[key]])
    for key in ("steps", "repeat"):
        if key in read:
            read[key] = tuple(read[key])
    if "curve" in read:
        read["curve"] = tuple((multiple, percent) for multiple, percent in read["curve"])
    if "items" in read:
        items = _items(data)
        read["items"] = tuple(items.values())
    if data["form"] == "checklist":
        licence = data.get("licence")
        read["identity"] = items[data["identity"]].number
        read["licence"] = items[licence].number if licence else None
    return FORMS[data["form"]](**read)


def _evidence(data: Data) -> Evidence:
    letter = data.get("at_most")
    return Evidence(data["months"], data["confidence"], _grade(letter) if letter else 0)


def _ceilings(data: Data) -> Ceilings:
    overdue = data["training_overdue"]
    return Ceilings(
        dimensions=tuple(data["dimensions"]),
        dimension_caps=tuple(Cap(step["below"], _grade(step["at_most"])) for step in data["dimension_steps"]),
        training_overdue=Cap(overdue["days"], _grade(overdue["at_most"])),
        licence_lapsed=_grade(data["licence_lapsed"]["at_most"]),
        not_performed=_grade(data["not_performed"]["at_most"]),
        barred=_grade(data["barred"]["at_most"]),
    )
