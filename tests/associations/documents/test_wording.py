"""A template is text with fields: what is accepted, and what comes of it."""

import pytest

from associations.documents.samples import SAMPLE
from associations.documents.selectors import default_text
from associations.documents.states import FIELDS, SPECS, DocumentKind
from associations.documents.wording import clean, filled, problems


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_registers_own_texts_say_what_they_must(kind):
    assert problems(kind, default_text(kind)) == []
    blocks = filled(default_text(kind), SAMPLE)
    assert blocks
    assert not [each for each in blocks if "{" in str(each.get("text", each.get("items")))]


def test_every_field_has_a_word_of_its_own_and_a_sample():
    assert len({*FIELDS.values()}) == len(FIELDS)
    assert {*FIELDS} == {*SAMPLE} == {key for spec in SPECS.values() for key in spec.fields}
    for spec in SPECS.values():
        assert spec.needed <= {*spec.fields} or not spec.needed


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_text_without_a_needed_field_is_refused_by_its_name(kind):
    for key in SPECS[kind].needed:
        text = default_text(kind).replace(f"{{{FIELDS[key]}}}", "某")
        assert any(f"{{{FIELDS[key]}}}" in problem for problem in problems(kind, text)), key


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{会员", "brace stands alone"),
        ("会员}", "brace stands alone"),
        ("{{会员}}", "brace stands alone"),
        ("{理由}", "no field {理由}"),
        ("{member}", "no field {member}"),
        ("{}", "no field {}"),
        ("{会员.__class__}", "no field {会员.__class__}"),
        ("字" * 20_001, "longer than 20000"),
    ],
)
def test_what_is_no_field_is_told_with_its_line(line, told):
    found = problems(DocumentKind.HEARING, default_text(DocumentKind.HEARING) + line)
    assert [told in problem for problem in found] == [True]


def test_a_field_asked_about_only_does_not_count_as_said():
    text = default_text(DocumentKind.NOTICE).replace("{措施}", "{?措施}")
    assert len(problems(DocumentKind.NOTICE, text)) == 1


def test_lines_become_blocks():
    lines = (
        "# 标题", "> {会员}：", "", "{?理由}理由：{理由}", "{?章程条款}章程：{章程条款}", "{到场人员}", "共{到场人员}",
        "{措施}", "#无空格",
    )  # fmt: skip
    found = filled("\n".join(lines), {"member": "甲", "reasons": "一\n二", "present": ["乙", "丙"]})
    assert found == [
        {"kind": "heading", "text": "标题"},
        {"kind": "address", "text": "甲："},
        {"kind": "para", "text": "理由：一"},
        {"kind": "para", "text": "二"},
        {"kind": "list", "items": ["乙", "丙"]},
        {"kind": "para", "text": "共乙、丙"},
        {"kind": "para", "text": "—"},
        {"kind": "para", "text": "#无空格"},
    ]


def test_what_a_field_says_is_never_read_as_template():
    found = filled("{会员}", {"member": "# {理由}\n> {?措施}甲", "reasons": "秘"})
    assert found == [{"kind": "para", "text": "# {理由}"}, {"kind": "para", "text": "> {?措施}甲"}]


def test_marks_that_turn_words_around_are_taken_out():
    assert clean("甲\u202e乙\u200b\x00\x07丙\r\n丁") == "甲乙丙\n丁"
    assert clean("𠮷") == "𠮷"
