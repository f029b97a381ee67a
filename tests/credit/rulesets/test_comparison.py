"""Two rule sets beside each other: entries are matched by their names, not by their places."""

from __future__ import annotations

from credit.rulesets.comparison import differences
from tests.credit.rulesets.sources import data, put


def told(old: dict, new: dict, language: str = "en") -> list[tuple[str, str | None, str | None]]:
    return [(each.where(lambda words: words, language), each.old, each.new) for each in differences(old, new)]


def test_the_same_differs_in_nothing() -> None:
    assert differences(data(), data()) == []


def test_a_changed_field_is_named_by_what_it_is_of() -> None:
    new = put("categories/streamer/weights", [380, 220, 120, 180, 70, 30])
    line = (
        "Category › Streamer › Weights of D1 to D6",
        "400, 220, 100, 180, 70, 30",
        "380, 220, 120, 180, 70, 30",
    )
    assert told(data(), new) == [line]
    assert told(data(), new, "zh-hans")[0][0] == "Category › 主播 › Weights of D1 to D6"


def test_what_was_added_and_what_was_left_out() -> None:
    new = data()
    new["effective_until"] = "2027-12-31"
    del new["texts"]["contest"]
    found = told(data(), new)
    assert ("In force until", None, "2027-12-31") in found
    assert [(where, new) for where, _, new in found if where.startswith("Texts")] == [
        ("Texts › contest › English", None),
        ("Texts › contest › Chinese", None),
    ]


def test_an_entry_put_before_others_moves_none_of_them() -> None:
    new = data()
    extra = {"number": 7, "key": "guardian", "name": {"en": "Guardian", "zh": "监护人"}}
    new["dimensions"][2]["indicators"][0]["items"].insert(0, extra)
    found = told(data(), new)
    assert sorted((old, new) for _, old, new in found if old is None) == [
        (None, "7"), (None, "Guardian"), (None, "guardian"), (None, "监护人"),
    ]  # fmt: skip
    assert len(found) == 4


def test_a_list_that_became_something_else_does_not_break_the_page() -> None:
    assert told({"items": "some"}, {"items": "none"}) == [("Items", "some", "none")]
    assert told({"items": [{"key": "a"}]}, {"items": "none"}) == [("Items", "{'key': 'a'}", "none")]
    assert told({"exam": True}, {"exam": False}) == [("Exam required", "true", "false")]
