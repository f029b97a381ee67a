"""The violation catalogue: fifty entries whose numbers stay what they are."""

from datetime import date

import pytest

from associations.conduct.catalogue import by_code, by_number, catalogue

CODES = (
    [f"AD{n:02}" for n in range(1, 11)]
    + [f"PR{n:02}" for n in range(1, 4)]
    + [f"GD{n:02}" for n in range(1, 7)]
    + ["CS01", "CS02"]
    + [f"FK{n:02}" for n in range(1, 5)]
    + [f"ID{n:02}" for n in range(1, 10)]
    + [f"IC{n:02}" for n in range(1, 5)]
    + ["PL01", "PL02", "PL03", "AI01", "AI02", "CT01", "CT02", "CT03", "TX01", "SR01", "SR02", "SR03"]
)


def test_numbers_run_from_1_to_50_in_the_order_of_the_source() -> None:
    assert [(entry.number, entry.code) for entry in catalogue()] == list(enumerate(CODES, start=1))


def test_entries_are_found_by_number_and_code() -> None:
    assert by_number(1) is by_code(" ad01 ") is catalogue()[0]
    assert [by_number(0), by_number(51), by_number(-1), by_code("XX99")] == [None] * 4


def test_every_entry_is_complete_and_in_range() -> None:
    for entry in catalogue():
        assert all((entry.name, entry.name_en, entry.basis, entry.statutory_consequence, entry.laws))
        assert entry.name_en.isascii()
        assert entry.subjects <= {1, 2, 3, 4} != set()
        assert 1 <= entry.severity_least <= entry.severity <= entry.severity_most <= 4
        assert 1 <= entry.measure_least <= entry.measure_most <= 6
        assert 0 <= entry.publish_months_least <= entry.publish_months_most <= 36
        assert entry.source in {"S", "K", "S/K", "K/S"}


@pytest.mark.parametrize(
    ("code", "subjects", "severities", "measures", "published"),
    [
        ("AD01", {2, 3, 4}, (3, 1, 3), (3, 5), (12, 36, date(2026, 2, 1))),
        ("AD03", {3, 4}, (1, 1, 2), (1, 2), (0, 3, None)),
        ("AD05", {1, 3, 4}, (3, 2, 3), (2, 4), (3, 36, None)),
        ("PR03", {3, 4}, (2, 2, 2), (2, 3), (3, 12, date(2025, 10, 15))),
        ("ID06", {1, 2, 3, 4}, (3, 3, 3), (3, 5), (12, 36, date(2026, 2, 1))),
        ("ID08", {3}, (1, 1, 1), (1, 1), (0, 0, date(2026, 2, 1))),
        ("AI02", {2, 3, 4}, (3, 3, 4), (4, 6), (12, 36, date(2026, 2, 1))),
        ("SR02", {2, 3, 4}, (4, 4, 4), (5, 6), (36, 36, date(2026, 2, 1))),
    ],
)
def test_some_entries_by_hand(code, subjects, severities, measures, published) -> None:
    entry = by_code(code)
    assert entry.subjects == subjects
    assert (entry.severity, entry.severity_least, entry.severity_most) == severities
    assert (entry.measure_least, entry.measure_most) == measures
    assert (entry.publish_months_least, entry.publish_months_most, entry.effective_from) == published


def test_laws_carry_their_version_and_day() -> None:
    laws = {law.short: law for entry in catalogue() for law in entry.laws}
    assert laws["反不正当竞争法"].effective_from == date(2025, 10, 15)
    assert laws["反不正当竞争法"].version == "2025年修订"
    assert laws["令117"].effective_from == date(2026, 2, 1)
    assert laws["广告法"].effective_from is None


def test_what_was_not_read_in_the_text_says_so() -> None:
    assert {entry.code for entry in catalogue() if not entry.is_checked} == {
        "GD04", "FK02", "FK03", "ID06", "ID09", "CT01", "CT02", "CT03", "SR01",
    }  # fmt: skip


def test_names_in_both_languages() -> None:
    entry = by_code("PR02")
    assert entry.told("zh-hans") == "价格欺诈（虚构原价、虚假优惠）"
    assert entry.told("en") == "Price fraud (invented former price, false discount)"
