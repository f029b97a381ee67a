"""What an association may change in its own version, and what not."""

from datetime import date
from typing import Any

import pytest

from credit.rulesets.validation import Period, load, validate
from tests.credit.rulesets.sources import RULES, data, found, put


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("id", "LCR-1", ("name_of_default", "id")),
        ("severities/3/base", 59, ("fixed", "severities.3.base")),
        ("severities/1/window_days", 60, ("fixed", "severities.1.window_days")),
        ("severities/3/ceilings", [{"days": 1095, "at_most": "BBB"}], ("loosened", "severities.3.ceilings")),
        ("severities/4/ceilings", [], ("loosened", "severities.4.ceilings")),
        ("dimensions/1/indicators/1/steps", [100, 50, 25, 10], ("fixed", "dimensions.1.indicators.1.steps")),
        ("dimensions/2/indicators/1/baseline10", 51, ("loosened", "dimensions.2.indicators.1.baseline10")),
        ("dimensions/3/indicators/1/fresh_days", 181, ("loosened", "dimensions.3.indicators.1.fresh_days")),
        ("dimensions/4/indicators/2/items/4/key", "other", ("fixed", "dimensions.4.indicators.2.items")),
        ("dimensions/2/indicators/4/number", "2.9", ("indicator_removed", "dimensions.2.indicators")),
        ("evidence/not_rated/months", 5, ("loosened", "evidence.not_rated.months")),
        ("evidence/limited/at_most", "AAA", ("loosened", "evidence.limited.at_most")),
        ("ceilings/licence_lapsed/at_most", "BBB", ("loosened", "ceilings.licence_lapsed.at_most")),
        ("ceilings/not_performed/at_most", "B", ("loosened", "ceilings.not_performed.at_most")),
        ("ceilings/training_overdue/days", 91, ("loosened", "ceilings.training_overdue.days")),
        ("ceilings/dimensions", [1, 2], ("loosened", "ceilings.dimensions")),
        ("ceilings/dimension_steps/1/below", 590_000, ("loosened", "ceilings.dimension_steps")),
        ("brake/days", 30, ("loosened", "brake.days")),
        ("review/days", 365, ("fixed", "review")),
        ("grades/1/at_least", 900_000, ("fixed", "grades")),
        ("confidence/facts_half", 10, ("fixed", "confidence")),
        ("excluded/1/words", ["fee"], ("excluded_removed", "excluded")),
        ("texts/disclaimer/zh", "本评级为国家认定。", ("fixed", "texts.disclaimer")),
        ("categories/streamer/exam", False, ("loosened", "categories.streamer.exam")),
        ("categories/streamer/roster", True, ("fixed", "categories.streamer.roster")),
        ("dimensions/6/indicators/1/name", {"en": "Annual fees", "zh": "行业贡献"},
         ("excluded_word", "dimensions.6.indicators.1.name")),
        ("dimensions/6/indicators/1/rule", {"en": "Work", "zh": "按会员的粉丝数计"},
         ("excluded_word", "dimensions.6.indicators.1.rule")),
    ],
)  # fmt: skip
def test_an_association_may_not_loosen_what_is_the_same_everywhere(
    path: str, value: Any, problem: tuple[str, str]
) -> None:
    changed = put(path, value)
    problems = validate(changed, base=RULES)
    assert problem in [(p.code, p.field) for p in problems]
    for told in problems:
        assert "%(" not in told.text()


def own_version() -> dict[str, Any]:
    """What an association may do: everything here is within the limits."""
    version = data()
    version |= {"id": "CITY-1", "effective_from": "2027-01-01", "effective_until": "2027-12-31"}
    version["categories"]["streamer"] |= {
        "weights": [380, 220, 110, 190, 70, 30],
        "training_hours": 20,
        "checklist": ["identity", "contact", "ai_label", "operator_shown", "guardian"],
    }
    version["severities"][0]["ceilings"] = [{"days": 90, "at_most": "AA"}]
    version["severities"][2]["ceilings"] = [{"days": 1095, "at_most": "BB"}]
    version["ceilings"] |= {"not_performed": {"at_most": "CC"}, "dimensions": [1, 2, 3, 4]}
    version["ceilings"]["dimension_steps"][0]["below"] = 650_000
    version["dimensions"][2]["indicators"][0]["fresh_days"] = 150
    version["dimensions"][2]["indicators"][0]["items"].append(
        {"number": 7, "key": "guardian", "name": {"en": "Guardian's consent", "zh": "监护人同意"}}
    )
    version["dimensions"][3]["indicators"][0]["share"] = 50
    version["dimensions"][3]["indicators"][1]["share"] = 30
    version["dimensions"][3]["indicators"].append(
        {
            "number": "4.3",
            "key": "selection",
            "form": "controls",
            "share": 20,
            "name": {"en": "Selection of goods", "zh": "选品管理"},
            "rule": {"en": "Rules for the selection of goods are in place.", "zh": "建立选品管理制度。"},
            "items": [{"number": 5, "key": "selection_rules", "name": {"en": "Rules", "zh": "制度"}}],
        }
    )
    return version


def test_an_association_may_add_and_tighten() -> None:
    assert found(own_version(), base=RULES) == []
    own = load(own_version(), base=RULES)
    assert own.indicator("4.3").share == 20
    assert own.sha256 != RULES.sha256


def test_its_own_indicators_may_not_take_a_dimension_over() -> None:
    version = own_version()
    shares = (20, 20, 60)
    for indicator, share in zip(version["dimensions"][3]["indicators"], shares, strict=True):
        indicator["share"] = share
    problems = validate(version, base=RULES)
    assert [(p.code, p.field, p.params["sum"]) for p in problems] == [
        ("base_share", "dimensions.4.indicators", 40)
    ]


def test_two_versions_are_never_in_force_at_once() -> None:
    taken = [
        Period("CITY-0", date(2026, 1, 1), date(2026, 12, 31)),
        Period("CITY-2", date(2028, 1, 1), None),
    ]
    assert found(own_version(), others=taken) == []
    longer = own_version() | {"effective_until": "2028-01-01"}
    assert [p.text() for p in validate(longer, others=taken)] == [
        "Another version, CITY-2, is in force in that time."
    ]
    endless = own_version() | {"effective_from": "2026-12-31"}
    del endless["effective_until"]
    assert found(endless, others=taken) == [("period_taken", "effective_from")] * 2
