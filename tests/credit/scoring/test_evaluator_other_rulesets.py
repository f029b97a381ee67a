"""Rule sets other than the default: what an association adds is evaluated, and the promises still hold."""

import copy
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from credit.rulesets import method
from credit.rulesets.validation import load
from credit.rulesets.vocabulary import Kind
from credit.scoring.evaluator import Fact, Previous, State, evaluate
from credit.scoring.evaluator.indicators import along
from tests.credit.scoring.world import world

PARSED = tomllib.loads(method.DEFAULT_SOURCE.read_text(encoding="utf-8"))


def parts(rnd: Random, count: int, total: int, least: int) -> list[int]:
    """So many numbers, none below `least`, that add up to `total`."""
    rest = total - least * count
    cuts = sorted(rnd.randint(0, rest) for _ in range(count - 1))
    return [least + b - a for a, b in zip([0, *cuts], [*cuts, rest], strict=True)]


def invented(seed: int) -> method.RuleSet:
    """A valid rule set unlike the default in every number the schema lets vary."""
    rnd = Random(seed)  # noqa: S311 invented data
    data = copy.deepcopy(PARSED)
    for category in data["categories"].values():
        core = rnd.randint(600, 900)
        category["weights"] = [*parts(rnd, 3, core, 50), *parts(rnd, 3, 1000 - core, 5)]
        category["training_hours"] = rnd.choice([0, 1, 7, 40])
        category["exam"] = rnd.random() < 0.5
    for dimension in data["dimensions"]:
        shares = parts(rnd, len(dimension["indicators"]), 100, 1)
        for indicator, share in zip(dimension["indicators"], shares, strict=True):
            indicator["share"] = share
    records = data["dimensions"][0]["indicators"][0]
    records["steps"] = sorted((rnd.randint(0, 100) for _ in range(rnd.randint(1, 7))), reverse=True)
    records["repeat"] = sorted(rnd.randint(100, 400) for _ in range(rnd.randint(1, 4)))
    records["zero_at"] = rnd.randint(20, 300)
    bases = sorted(rnd.randint(0, 200) for _ in range(4))
    for severity, base in zip(data["severities"], bases, strict=True):
        severity["base"] = base
        severity["window_days"] = rnd.randint(7, 1500)
        severity["ceilings"] = [{"days": severity["window_days"], "at_most": rnd.choice(["A", "BB", "D"])}]
    data["dimensions"][1]["indicators"][0] |= {
        "unit": rnd.choice([1, 1000]),
        "baseline10": rnd.randint(1, 99),
        "prior": rnd.randint(1, 9),
        "curve": [[0, rnd.randint(50, 100)], [1, 47], [5, 11]],
    }
    data["dimensions"][5]["indicators"][0] |= {"full": rnd.randint(1, 60), "window_days": 100}
    if rnd.random() < 0.5:
        del data["dimensions"][2]["indicators"][0]["licence"]
    for dimension in data["dimensions"][1:]:
        if rnd.random() < 0.5:
            _add(dimension, rnd)
    return load(data | {"id": "OWN-1"})


def _add(dimension: dict, rnd: Random) -> None:
    """One more indicator of any form that may be added, with a window of its own, at the cost of the first."""
    first = dimension["indicators"][0]
    if first["share"] < 2:
        return
    share = rnd.randint(1, first["share"] - 1)
    first["share"] -= share
    form = rnd.choice(sorted(ADDED))
    number = f"{dimension['number']}.{len(dimension['indicators']) + 1}"
    text = {"en": "One more", "zh": "另一项"}
    more = {key: value(rnd) if callable(value) else value for key, value in ADDED[form].items()}
    told = {"number": number, "key": f"more_{dimension['number']}", "form": form, "share": share}
    dimension["indicators"].append({**told, "name": text, "rule": text, **more})


def _window(rnd: Random) -> int:
    return rnd.choice([30, 90, 365, 700])


ADDED = {
    "rate": {
        "events": "figures.upheld", "per": "figures.orders", "unit": 1000, "baseline10": 7, "prior": 3,
        "window_days": _window, "curve": [[0, 90], [2, 60], [3, 10]],
    },
    "ratio": {
        "top": "commitment.performed", "bottom": "commitment.due", "times": 3, "add_top": 1, "add_bottom": 4,
        "window_days": _window,
    },
    "training": {"window_days": _window, "without_exam": 30},
    "controls": {
        "items": [
            {"number": number, "key": f"control_{number}", "name": {"en": "Control", "zh": "制度"}}
            for number in (2, 4, 77)
        ]
    },
    "points": {"of": "contribution.points", "full": 7, "window_days": _window},
}  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_promises_hold_under_any_valid_rule_set(seed: int) -> None:
    rules = invented(seed)
    for number in range(seed * 10, seed * 10 + 10):
        member, facts, day, previous = world(number)
        rating = evaluate(rules, member, facts, day, previous)
        weights = rules.categories[member.category].weights
        for dimension, (weight, value) in enumerate(zip(weights, rating.dimensions, strict=True), start=1):
            lines = [line for line in rating.lines if line.dimension == dimension]
            assert 0 <= value <= 1_000_000
            assert sum(line.earned for line in lines) == (weight * value + 500) // 1000
            assert sum(line.possible for line in lines) == weight * 1000
        assert sum(line.earned for line in rating.lines) == rating.score
        worse = Fact(77_777, Kind.VIOLATION, day - timedelta(seed), day, code=1, severity=seed % 4 + 1)
        assert (
            evaluate(rules, member, [*facts, worse], day).grade >= evaluate(rules, member, facts, day).grade
        )
        undone = Fact(88_888, Kind.REVERSAL, day, day, ref_id=77_777)
        healed = evaluate(rules, member, [*facts, worse, undone], day)
        assert replace(healed, last_fact_id=None) == replace(
            evaluate(rules, member, facts, day), last_fact_id=None
        )
        if rating.state is not State.WITHDRAWN and rating.next_change_on:
            eve = rating.next_change_on - timedelta(1)
            standing = Previous(rating.state, rating.shown, rating.up_on, rating.last_fact_id)
            later = evaluate(rules, member, facts, eve, standing)
            assert (later.score, later.shown, later.mask) == (rating.score, rating.shown, rating.mask)


def test_an_added_indicator_takes_part() -> None:
    data = copy.deepcopy(PARSED) | {"id": "OWN-1"}
    training = data["dimensions"][3]["indicators"]
    training[0]["share"], training[1]["share"] = 60, 20
    training.append(
        {
            "number": "4.3",
            "key": "selection",
            "form": "controls",
            "share": 20,
            "name": {"en": "Selection of goods", "zh": "选品管理"},
            "rule": {"en": "Rules are in place.", "zh": "建立制度。"},
            "items": [
                {"number": 5, "key": "written", "name": {"en": "Written", "zh": "成文"}},
                {"number": 6, "key": "kept", "name": {"en": "Kept", "zh": "执行"}},
            ],
        }
    )
    rules = load(data, base=method.default())
    day = date(2026, 3, 1)
    member = world(1)[0]
    member = replace(member, category=3)
    kept = Fact(1, Kind.CONTROL, day, day, code=6, a=1)
    rating = evaluate(rules, member, [kept], day)
    assert rating.d4 == 100_000
    assert [(line.code, line.earned, line.possible) for line in rating.lines if line.number == "4.3"] == [
        (5, 0, 10_000),
        (6, 10_000, 10_000),
    ]


@pytest.mark.parametrize(
    ("multiple", "height"),
    [
        (0, 1_000_000),
        (500_000, 825_000),
        (1_000_000, 650_000),
        (1_090_909, 627_273),
        (2_000_000, 400_000),
        (3_000_000, 200_000),
        (4_000_000, 0),
        (9_000_000, 0),
    ],
)
def test_the_curve_of_upheld_complaints(multiple: int, height: int) -> None:
    assert along(((0, 100), (1, 65), (2, 40), (4, 0)), multiple) == height
