"""Names: refused, shown, compared, found."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.subjects.names import (
    NameRefused,
    matches,
    matching_key,
    parse_name,
    query_terms,
    search_terms,
    tidy,
)
from core.subjects.readings import readings

EQUAL = [
    ("⽅⽴商贸", "方立商贸"),
    ("劉麗", "刘丽"),
    ("廣州傳媒", "广州传媒"),
    ("葛\U000e0100", "葛"),
    ("ＡＢＣ直播", "abc直播"),
    ("某市　禾闻 商贸", "某市禾闻商贸"),
    ("禾\u200b闻", "禾闻"),
    ("\ufeff禾闻", "禾闻"),
    ("禾\u00ad闻", "禾闻"),
    ("禾\u034f闻", "禾闻"),
    ("禾\ufe0f闻", "禾闻"),
    ("禾\u200d闻", "禾闻"),
    ("禾\u3164闻", "禾闻"),
    ("禾\u1160闻", "禾闻"),
    ("禾\uffa0闻", "禾闻"),
    ("禾\u2060闻", "禾闻"),
    ("买买提・艾力", "买买提·艾力"),
    ("买买提•艾力", "买买提·艾力"),
    ("买买提‧艾力", "买买提·艾力"),
    ("买买提.艾力", "买买提·艾力"),
    ("买买提．艾力", "买买提·艾力"),
    ("买买提 · 艾力", "买买提·艾力"),
    ("二○一", "二〇一"),
    ("◯一", "〇一"),
    ("豈", "岂"),
    ("Tony　Chan", "tony chan"),
    ("TONY  CHAN", "Tony Chan"),
    ("（禾闻）", "(禾闻)"),
    ("ｶﾒﾗ", "カメラ"),
    ("Cafe\u0301", "Café"),
    ("Straße", "STRASSE"),
    ("㈱禾闻", "(株)禾闻"),
    ("禾闻①", "禾闻1"),
    ("禾闻\u00a0商贸", "禾闻商贸"),
    ("龍鳳", "龙凤"),
    ("雲間", "云间"),
]
UNEQUAL = [
    ("未来", "末来"),
    ("己方", "已方"),
    ("已方", "巳方"),
    ("刘丽", "刘莉"),
    ("张珊", "张姗"),
    ("禾闻", "禾间"),
    ("禾闻", "闻禾"),
    ("日月", "曰月"),
    ("土地", "士地"),
    ("陈晨", "陈辰"),
    ("tony", "tomy"),
    ("Li An", "Lian"),
    ("禾闻1", "禾闻l"),
    ("人大", "入大"),
]
REFUSED = [
    "禾\x00闻",
    "禾\x1b闻",
    "禾\ue000闻",
    "禾\ud800闻",
    "禾\u202e闻",
    "\u2066禾闻",
    "禾\u200f闻",
    "禾\ufffd闻",
    "禾\n闻",
    "禾\t闻",
]
NAME = "某市禾闻文化传媒有限公司"


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_spellings_of_one_name(one, other):
    assert matching_key(one) == matching_key(other)


@pytest.mark.parametrize(("one", "other"), UNEQUAL)
def test_two_names(one, other):
    assert matching_key(one) != matching_key(other)


@given(st.text())
def test_a_key_is_its_own_key(text):
    assert matching_key(matching_key(text)) == matching_key(text)


def test_every_character_has_a_key_that_is_its_own():
    """Letters among them that fold into a letter and a mark, which normalization puts together again."""
    for character in map(chr, range(sys.maxunicode + 1)):
        key = matching_key(character)
        assert matching_key(key) == key, f"U+{ord(character):04X}"
    assert [matching_key(name) for name in ("ǰ", "ΐ", "ẖİ")] == ["j", "ι", "hi"]


@pytest.mark.parametrize("name", REFUSED)
def test_characters_no_name_has(name):
    with pytest.raises(NameRefused) as refused:
        parse_name(name)
    assert refused.value.code == "bad_name"
    assert refused.value.params["point"].startswith("U+")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("  ", "missing_name"),
        ("　", "missing_name"),
        ("禾" * 121, "bad_name"),
        ("——", "bad_name"),
        ("\u3164", "bad_name"),
    ],
)
def test_what_is_no_name(name, code):
    with pytest.raises(NameRefused) as refused:
        parse_name(name)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("　某市朝知云商贸 有限公司 ", "某市朝知云商贸有限公司"),
        ("Tony  Chan", "Tony Chan"),
        ("劉麗", "劉麗"),
        ("𠮷野家", "𠮷野家"),
        ("王 tony", "王tony"),
    ],
)
def test_a_name_is_shown_as_written_but_tidy(written, shown):
    assert parse_name(written) == shown


@given(st.text())
def test_tidying_is_idempotent_and_keeps_the_key(text):
    assert tidy(tidy(text)) == tidy(text)
    assert matching_key(tidy(text)) == matching_key(text)


@pytest.mark.parametrize(
    "query",
    [
        "禾闻",
        "禾聞",
        "禾",
        "hewen",
        "hew",
        "he",
        "hw",
        "hwwh",
        "传媒有限",
        "禾wen",
        "ＨＥＷＥＮ",
        "HeWen",
        "mshw",
        NAME,
        "moushihewen",
    ],
)
def test_found_by(query):
    terms = query_terms(query)
    assert terms
    assert set(terms) <= set(search_terms(NAME))
    assert matches(NAME, query)


@pytest.mark.parametrize("query", ["闻禾", "hexen", "xyz", "青", "和闻", "hz"])
def test_not_found_by(query):
    assert not (set(query_terms(query)) <= set(search_terms(NAME)) and matches(NAME, query))


@pytest.mark.parametrize("query", ["", " ", "·", "\u200b"])
def test_a_query_that_says_nothing(query):
    assert query_terms(query) == []
    assert not matches(NAME, query)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("单晓", "shanxiao"),
        ("解放", "xiefang"),
        ("仇和", "qiuhe"),
        ("曾云", "zengyun"),
        ("查明", "zhaming"),
        ("区小明", "ouxiaoming"),
        ("任青", "renqing"),
        ("朴星", "piaoxing"),
        ("万俟云", "moqiyun"),
        ("尉迟云", "yuchiyun"),
        ("长孙云", "zhangsunyun"),
        ("吕云", "lvyun"),
    ],
)
def test_surnames_are_read_as_surnames(name, expected):
    assert readings(name, person=True)[0].pinyin == expected


def test_a_name_read_two_ways_is_found_both_ways():
    assert [reading.pinyin for reading in readings("音乐")] == ["yinle", "yinyue"]
    assert all(
        set(query_terms(query)) <= set(search_terms("音乐坊")) for query in ("yinyue", "yinle", "yyf", "ylf")
    )


@given(st.text(alphabet=st.sampled_from("禾闻鹭川青野乐朝长ab1 ·"), min_size=1, max_size=12), st.data())
def test_every_part_of_a_name_finds_it(name, data):
    key = matching_key(name).replace(" ", "").replace("·", "")
    if not key:
        return
    start = data.draw(st.integers(0, len(key) - 1))
    end = data.draw(st.integers(start + 1, len(key)))
    part = key[start:end]
    if not part.isascii():
        part = "".join(c for c in part if not c.isascii()) if any(c.isascii() for c in part) else part
    if part in key and not part.isascii():
        assert set(query_terms(part)) <= set(search_terms(name))
        assert matches(name, part)
