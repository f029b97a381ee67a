"""A rule set is refused in words, whatever it is; never with a traceback."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from credit.rulesets import method
from credit.rulesets.validation import SCHEMA, Problem, RuleSetRefusedError, load, validate
from credit.rulesets.validation.problems import MESSAGES
from tests.credit.rulesets.sources import RULES, data, found, put


def test_the_schema_is_one_and_the_default_obeys_it() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(data())


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"\xff\xfe\x00", "not_text"),
        (b"a" * 200_000, "too_big"),
        ("键" * 100_000 + "\n" + "a" * 100_000, "too_big"),
        (b"a = " + b"[" * 900, "too_deep"),
        ("\n".join(["["] * 5_000), "not_readable"),
        (b"." * 1_500, "long_line"),
        (b"{" * 1_000, "not_readable"),
        (b'{"a":' * 3_000, "too_deep"),
        (b'{"a":1,"a":2}', "not_readable"),
        (b"<html></html>", "not_readable"),
        (b"PK\x03\x04", "not_readable"),
        (b"a = 1.5", "not_exact"),
        (b"a = nan", "not_exact"),
        (b"a = 2026-01-01", "not_exact"),
        (b"a = 9007199254740992", "not_exact"),
        (b'{"a": "\\ud800"}', "not_exact"),
        (b"a = " + b"9" * 900, "not_exact"),
        (b'"\xe9\x94\xae" = 1', "wrong_form"),
        (None, "not_a_table"),
        (3, "not_a_table"),
        ([], "not_a_table"),
        (".".join("a" * 40) + " = 1", "too_deep"),
        ("a = [" + "1,\n" * 12_000 + "]", "too_many"),
        ({1: 2}, "wrong_form"),
        ({"a": object()}, "not_exact"),
    ],
)  # fmt: skip
def test_hostile_sources_are_refused_in_a_word(source: Any, code: str) -> None:
    problems = validate(source)
    assert [p.code for p in problems] == [code]
    assert "%(" not in problems[0].text()


def test_a_rule_set_that_holds_itself_is_refused() -> None:
    endless: dict[str, Any] = {}
    endless["a"] = endless
    wide: list[Any] = []
    wide.extend([wide] * 50)
    assert found(endless) == [("too_deep", "a.a.a.a.a.a.a.a.a.a.a.a")]
    assert [code for code, _ in found({"a": wide})] == ["too_deep"]


def test_dotted_keys_cannot_make_the_reader_slow() -> None:
    slow = "\n".join(f"{'a.' * 480}b{n} = 1" for n in range(120))
    assert found(slow) == [("too_deep", "a.a.a.a.a.a.a.a.a.a.a.a")]


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("grades", ..., ("missing", "")),
        ("surprise", 1, ("unknown", "")),
        ("version", "1", ("wrong_type", "version")),
        ("version", True, ("wrong_type", "version")),
        ("version", 0, ("too_small", "version")),
        ("version", 10**6, ("too_large", "version")),
        ("id", "lcr 1", ("wrong_form", "id")),
        ("format", 2, ("not_allowed", "format")),
        ("effective_from", "2026-02-30", ("not_a_date", "effective_from")),
        ("effective_until", "2026-01-31", ("period_backwards", "effective_until")),
        ("categories/streamer", ..., ("category_without_rule", "categories")),
        ("categories/platform/weights", [1000, 0, 0, 0, 0], ("wrong_length", "categories.platform.weights")),
        ("categories/platform/weights", [351, 250, 150, 120, 90, 40], ("weights_sum", "categories.platform.weights")),
        ("categories/platform/weights", [300, 150, 149, 221, 140, 40], ("weights_core", "categories.platform.weights")),
        ("categories/agency/checklist", ["licence"], ("identity_needed", "categories.agency.checklist")),
        ("categories/agency/checklist", ["identity", "magic"], ("unknown_item", "categories.agency.checklist")),
        ("categories/agency/checklist", ["identity", "identity"], ("repeated", "categories.agency.checklist")),
        ("severities/1/base", 30, ("severity_order", "severities")),
        ("severities/2/ceilings/1/days", 365, ("overlapping_periods", "severities.2.ceilings")),
        ("severities/2/ceilings/2/days", 300, ("overlapping_periods", "severities.2.ceilings")),
        ("severities/2/ceilings/2/at_most", "BBB", ("eases_wrongly", "severities.2.ceilings")),
        ("dimensions/2/number", 3, ("dimension_order", "dimensions")),
        ("dimensions/2/indicators/1/share", 41, ("shares_sum", "dimensions.2.indicators")),
        ("dimensions/2/indicators/1/number", "3.1", ("indicator_number", "dimensions.2.indicators.1.number")),
        ("dimensions/2/indicators/2/number", "2.1", ("indicator_number", "dimensions.2.indicators.2.number")),
        ("dimensions/2/indicators/1/form", "magic", ("not_allowed", "dimensions.2.indicators.1.form")),
        ("dimensions/2/indicators/1/steps", [100], ("unknown", "dimensions.2.indicators.1")),
        ("dimensions/2/indicators/1/unit", ..., ("missing", "dimensions.2.indicators.1")),
        ("dimensions/2/indicators/1/events", "figures.fees_paid",
         ("excluded_input", "dimensions.2.indicators.1.events")),
        ("dimensions/2/indicators/1/events", "figures.followers",
         ("excluded_input", "dimensions.2.indicators.1.events")),
        ("dimensions/2/indicators/1/events", "figures.orders", ("excluded_input", "dimensions.2.indicators.1.events")),
        ("dimensions/6/indicators/1/of", "figures.orders", ("excluded_input", "dimensions.6.indicators.1.of")),
        ("dimensions/6/indicators/1/of", "member.membership_length",
         ("excluded_input", "dimensions.6.indicators.1.of")),
        ("dimensions/6/indicators/1/of", "figures.likes", ("unknown_input", "dimensions.6.indicators.1.of")),
        ("dimensions/2/indicators/2/bottom", "mediation.made", ("unknown_input", "dimensions.2.indicators.2.top")),
        ("dimensions/2/indicators/2/add_top", 11, ("not_possible", "dimensions.2.indicators.2.add_top")),
        ("dimensions/2/indicators/1/curve", [[0, 100], [1, 65], [1, 40]],
         ("not_rising", "dimensions.2.indicators.1.curve")),
        ("dimensions/2/indicators/1/curve", [[0, 60], [1, 65]], ("not_falling", "dimensions.2.indicators.1.curve")),
        ("dimensions/1/indicators/1/steps", [75, 100], ("not_falling", "dimensions.1.indicators.1.steps")),
        ("dimensions/1/indicators/1/repeat", [200, 100], ("not_rising", "dimensions.1.indicators.1.repeat")),
        ("dimensions/3/indicators/1/older_points", 3, ("not_falling", "dimensions.3.indicators.1.older_points")),
        ("dimensions/3/indicators/1/identity", "face", ("unknown_item", "dimensions.3.indicators.1.identity")),
        ("dimensions/3/indicators/1/items/2/number", 1, ("repeated", "dimensions.3.indicators.1.items")),
        ("dimensions/4/indicators/2/items/2/key", "review", ("repeated", "dimensions.4.indicators.2.items")),
        ("grades/2/at_least", 920_000, ("unreachable_grade", "grades.2.at_least")),
        ("grades/2/at_least", 930_000, ("unreachable_grade", "grades.2.at_least")),
        ("grades/10/at_least", 1, ("too_large", "grades.10.at_least")),
        ("grades/1/letter", "AA", ("grade_order", "grades")),
        ("bands/1/grades", ["AAA"], ("bands_cover", "bands")),
        ("evidence/provisional/months", 5, ("evidence_order", "evidence.provisional.months")),
        ("confidence/facts", 31, ("shares_sum", "confidence")),
        ("confidence/counted", ["violation"], ("not_allowed", "confidence.counted.1")),
        ("ceilings/barred/at_most", "C", ("not_allowed", "ceilings.barred.at_most")),
        ("ceilings/dimension_steps/2/below", 600_000, ("not_falling", "ceilings.dimension_steps")),
        ("ceilings/dimension_steps/2/at_most", "A", ("not_rising", "ceilings.dimension_steps")),
        ("brake/lifted_by", ["stay"], ("not_allowed", "brake.lifted_by.1")),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_named(path: str, value: Any, problem: tuple[str, str]) -> None:
    problems = validate(put(path, value))
    assert problem in [(p.code, p.field) for p in problems]
    for told in problems:
        assert "%(" not in told.text()


def test_load_refuses_with_every_problem() -> None:
    with pytest.raises(RuleSetRefusedError) as refused:
        load(put("version", 0) | {"surprise": 1})
    assert [p.code for p in refused.value.problems] == ["unknown", "too_small"]


def test_messages_can_be_translated_and_name_what_they_need() -> None:
    problem = Problem("weights_sum", "x", {"sum": 999, "total": 1000})
    assert problem.text(lambda _: "%(sum)s/%(total)s") == "999/1000"
    for message in MESSAGES.values():
        assert re.sub(r"%\(\w+\)s", "", message).count("%") == 0


JSONISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=300, deadline=None, database=None)
@given(st.binary(max_size=200) | st.text(max_size=200) | JSONISH)
def test_no_input_whatever_raises(source: Any) -> None:
    assert validate(source, base=RULES)


def places(value: Any, way: tuple = ()) -> list[tuple]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(place for key, v in inner for place in places(v, (*way, key)))]


PLACES = [way for way in places(data()) if way]


@settings(max_examples=200, deadline=None, database=None)
@given(st.sampled_from(PLACES), JSONISH | st.integers(0, 2_000))
def test_any_field_may_be_anything_and_what_is_accepted_can_be_built(way: tuple, value: Any) -> None:
    changed = data()
    at: Any = changed
    for key in way[:-1]:
        at = at[key]
    at[way[-1]] = value
    if not validate(changed, base=RULES):
        built = method.build(json.loads(json.dumps(changed)))
        assert built.grades == RULES.grades
