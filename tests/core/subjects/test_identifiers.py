"""Credit codes and identity numbers, with python-stdnum as the oracle."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.cn import uscc as oracle
from stdnum.exceptions import ValidationError

from core.subjects.identifiers import (
    USCC_ALPHABET,
    IdentifierRefused,
    age_on,
    birth_date,
    identity_check_character,
    mask_identity,
    mask_name,
    mask_phone,
    normalise,
    parse_identifier,
    parse_identity,
    parse_uscc,
    uscc_check_character,
)

WIDE = str.maketrans({chr(point): chr(point + 0xFEE0) for point in range(0x21, 0x7F)})
USCC = "9199000077631706DQ"
IDENTITY = "33010619140623665X"


def refusal(parse, text):
    with pytest.raises(IdentifierRefused) as refused:
        parse(text)
    return refused.value


def agrees(text):
    try:
        return parse_uscc(text) == oracle.validate(text)
    except IdentifierRefused:
        with pytest.raises(ValidationError):
            oracle.validate(text)
        return True


def test_two_thousand_codes_as_the_oracle_has_them():
    chance = random.Random(3)  # noqa: S311 (test data)
    for _ in range(1_000):
        body = "91990000" + "".join(chance.choices(USCC_ALPHABET, k=9))
        assert uscc_check_character(body) == oracle.calc_check_digit(body)
        assert agrees(body + uscc_check_character(body))
        assert agrees(body + chance.choice(USCC_ALPHABET + "IOSVZ"))


@pytest.mark.parametrize(
    "written",
    ["'{}", "‘{}’", '="{}"', "{}。", "{}（已核验）", "代码：{}", " {} ", "`{}", "统一社会信用代码:{}"],
)
def test_what_stands_around_a_number_is_no_part_of_it(written):
    assert parse_uscc(written.format(USCC)) == USCC
    assert parse_identity(written.format(IDENTITY)) == IDENTITY
    assert parse_identifier(written.format(USCC)) == ("uscc", USCC)


@pytest.mark.parametrize("written", ["9.1990000776317E+17", 9.1990000776317e17])
def test_a_number_that_lost_its_digits_says_so(written):
    assert refusal(parse_uscc, written).code == "wrong_check_digit"
    assert "lost its last digits" in refusal(parse_identifier, written).message


def test_a_remainder_of_zero_has_the_check_character_zero():
    bodies = (f"91990000{number:09d}" for number in range(1_000))
    found = [body for body in bodies if oracle.calc_check_digit(body) == "0"]
    assert len(found) > 10
    assert [parse_uscc(body + "0") for body in found] == [body + "0" for body in found]


def test_identity_numbers_as_the_oracle_has_them():
    chance = random.Random(5)  # noqa: S311 (test data)
    for _ in range(1_000):
        body = f"990000{chance.randrange(1905, 1915)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
        body += f"{chance.randrange(1_000):03}"
        good = ric.calc_check_digit(body + "0")
        assert identity_check_character(body) == good
        for last in "0123456789X":
            if last == good:
                assert parse_identity(body + last) == body + last
            else:
                assert refusal(parse_identity, body + last).code == "wrong_identity_number"


@pytest.mark.parametrize(
    "spelling",
    [
        USCC.lower(),
        USCC.translate(WIDE),
        f" {USCC[:8]} {USCC[8:]}　",
        "-".join(USCC),
        f"\u200b{USCC}\ufeff",
        f"{USCC[:2]}‐{USCC[2:]}",
    ],
)
def test_spellings_of_one_code(spelling):
    assert parse_uscc(spelling) == USCC


@pytest.mark.parametrize(
    "spelling", [IDENTITY.lower(), IDENTITY.translate(WIDE), f"{IDENTITY[:6]} {IDENTITY[6:]}"]
)
def test_spellings_of_one_identity_number(spelling):
    assert parse_identity(spelling) == IDENTITY


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9199000049837986", "wrong_length"),
        (USCC + "0", "wrong_length"),
        ("", "wrong_length"),
        ("9199000042304114X4", "wrong_check_digit"),
        ("9199000013683470CI", "bad_code"),
        ("I1II000087848027FI", "bad_code"),
        ("91990000776317某DQ", "wrong_length"),
        ("91990000776317某6DQ", "bad_code"),
        (9.19900000943552e17, "wrong_check_digit"),
    ],
)
def test_why_a_code_is_refused(text, code):
    assert refusal(parse_uscc, text).code == code


def test_look_alike_letters_are_hinted():
    refused = refusal(parse_uscc, "O199000077631706DI")
    assert refused.params == {"wrong": "I, O", "hints": "I → 1, O → 0"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("330106140623665", "old 15-digit"),
        ("3301061914062366", "has 16"),
        ("33010619140230665X", "date of birth"),
        ("330106191406236650", "check digit"),
        ("A3010619140623665X", "other characters"),
        (1.10101191008274e17, "lost its last digits"),
    ],
)
def test_why_an_identity_number_is_refused(text, words):
    refused = refusal(parse_identity, text)
    assert refused.code == "wrong_identity_number"
    assert words in str(refused)
    assert str(text)[-6:] not in str(refused)


def test_age():
    number = "990000190802290015"
    number = number[:17] + identity_check_character(number[:17])
    assert birth_date(number) == date(1908, 2, 29)
    ages = [
        age_on(number, day)
        for day in (date(1924, 2, 28), date(1924, 2, 29), date(1925, 2, 28), date(1925, 3, 1))
    ]
    assert ages == [15, 16, 16, 17]


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        (USCC, ("uscc", USCC)),
        ("919900009435524792", ("uscc", "919900009435524792")),
        (IDENTITY.lower(), ("identity", IDENTITY)),
        ("110101191008274113", ("identity", "110101191008274113")),
    ],
)
def test_either_kind(text, parsed):
    assert parse_identifier(text) == parsed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("440106191406052840", "wrong_identity_number"),
        ("330106140623665", "wrong_identity_number"),
        ("9199000042304114X4", "wrong_check_digit"),
        ("919900006", "wrong_length"),
    ],
)
def test_neither_kind(text, code):
    assert refusal(parse_identifier, text).code == code


def test_every_digit_only_code_stays_a_code():
    codes = [f"91990000{n:09d}" for n in range(20_000)]
    digits = [c + uscc_check_character(c) for c in codes if uscc_check_character(c).isdecimal()]
    kinds = {parse_identifier(code)[0] for code in digits if code[6:8] not in {"18", "19", "20"}}
    assert kinds == {"uscc"}


def test_masks():
    assert mask_identity(IDENTITY) == "**************665X"
    assert mask_identity("1234") == "****"
    names = ["张三", "张三丰", "欧阳修", "欧阳", "张", "", "买买提·艾力"]
    assert [mask_name(name) for name in names] == [
        "张*",
        "张**",
        "欧阳*",
        "欧*",
        "*",
        "",
        "买******"[:1] + "*" * 5,
    ]
    assert [mask_phone(phone) for phone in ("19900000992", "020-12345678", "1234", "")] == [
        "199******92",
        "020******78",
        "****",
        "",
    ]


@given(st.text())
def test_masks_show_no_more_than_they_say(text):
    assert sum(character != "*" for character in mask_identity(text)) <= 4
    assert sum(character != "*" for character in mask_name(text)) <= 2
    assert sum(character != "*" for character in mask_phone(text)) <= 5


@given(st.text())
def test_normalising_is_idempotent_and_parsing_never_breaks(text):
    assert normalise(normalise(text)) == normalise(text)
    for parse in (parse_uscc, parse_identity, parse_identifier):
        try:
            parse(text)
        except IdentifierRefused as refused:
            assert refused.message % refused.params  # noqa: PT017 (either outcome is right)
