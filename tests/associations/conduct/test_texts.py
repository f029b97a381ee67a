"""By which text an act is judged: the truth table of 从旧兼从轻, and the catalogue's own texts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from associations.conduct.catalogue import by_code, catalogue
from associations.conduct.texts import Clause, LawText, text_for, texts_of

A_DAY = timedelta(days=1)
FIRST, SECOND, THIRD = date(2025, 1, 1), date(2026, 1, 1), date(2027, 1, 1)
MIDDLE = (2, 3, 2, 4)
LIGHTER, HEAVIER, MIXED = (1, 3, 2, 4), (2, 3, 3, 4), (1, 3, 2, 5)


def three(second: tuple, third: tuple) -> tuple[LawText, ...]:
    return (
        LawText("一", FIRST, SECOND - A_DAY, MIDDLE),
        LawText("二", SECOND, THIRD - A_DAY, second),
        LawText("三", THIRD, None, third),
    )


@pytest.mark.parametrize(
    ("acted_on", "decided_on", "second", "third", "basis"),
    [
        (FIRST - A_DAY, FIRST, LIGHTER, LIGHTER, None),  # no text yet: no violation, whatever came later
        (FIRST - A_DAY, THIRD, LIGHTER, LIGHTER, None),
        (FIRST, FIRST, LIGHTER, LIGHTER, "一"),
        (SECOND - A_DAY, SECOND - A_DAY, LIGHTER, LIGHTER, "一"),  # the lighter one is not in force yet
        (SECOND - A_DAY, SECOND, LIGHTER, MIDDLE, "二"),  # it is on the day of the decision
        (SECOND - A_DAY, SECOND, HEAVIER, MIDDLE, "一"),
        (SECOND - A_DAY, SECOND, MIDDLE, MIDDLE, "一"),  # the same weight is not lighter
        (SECOND - A_DAY, SECOND, MIXED, MIDDLE, "一"),  # lower here, higher there: not lighter
        (SECOND - A_DAY, THIRD, HEAVIER, LIGHTER, "三"),
        (SECOND - A_DAY, THIRD, LIGHTER, HEAVIER, "二"),  # one in between, lighter than both
        (SECOND, THIRD, HEAVIER, MIDDLE, "三"),
        (SECOND, THIRD, LIGHTER, MIDDLE, "二"),
        (THIRD, THIRD, LIGHTER, HEAVIER, "三"),  # an older text never counts for a later act
    ],
)  # fmt: skip
def test_the_text_of_the_day_or_a_later_lighter_one(acted_on, decided_on, second, third, basis) -> None:
    found = text_for(three(second, third), acted_on, decided_on)
    assert (found.basis if found else None) == basis


def test_a_text_that_ended_judges_nothing_after_it() -> None:
    texts = (LawText("一", FIRST, SECOND - A_DAY, MIDDLE),)
    assert text_for(texts, SECOND - A_DAY, THIRD) == texts[0]
    assert text_for(texts, SECOND, THIRD) is None


def test_texts_follow_the_clauses() -> None:
    clauses = [Clause("旧", until=SECOND - A_DAY), Clause("新", SECOND), Clause("令", THIRD)]
    assert [(each.basis, each.since, each.until) for each in texts_of(clauses, MIDDLE)] == [
        ("旧", None, SECOND - A_DAY),
        ("新", SECOND, THIRD - A_DAY),
        ("新；令", THIRD, None),
    ]
    gap = [Clause("旧", FIRST, SECOND - A_DAY), Clause("新", THIRD)]
    assert [(each.since, each.until) for each in texts_of(gap, MIDDLE)] == [
        (FIRST, SECOND - A_DAY),
        (THIRD, None),
    ]
    assert texts_of([], MIDDLE) == ()


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("AD01", [
            ("反不正当竞争法（2025年修订前）§8、§20", None, date(2025, 10, 14)),
            ("反不正当竞争法(2025) §9、§25", date(2025, 10, 15), date(2026, 1, 31)),
            ("令117 §34①、§62；反不正当竞争法(2025) §9、§25", date(2026, 2, 1), None),
        ]),
        ("FK01", [
            ("反不正当竞争法（2025年修订前）§8、§20；电子商务法 §17", None, date(2025, 10, 14)),
            ("电子商务法 §17；反不正当竞争法 §9、§25", date(2025, 10, 15), date(2026, 1, 31)),
            ("令117 §44、§62；电子商务法 §17；反不正当竞争法 §9、§25", date(2026, 2, 1), None),
        ]),
        ("PR03", [("反不正当竞争法 §11、§27", date(2025, 10, 15), None)]),
        ("AI01", [
            ("AI生成合成内容标识办法；GB 45438-2025", date(2025, 9, 1), date(2026, 1, 31)),
            ("令117 §37、§59(五)；AI生成合成内容标识办法；GB 45438-2025", date(2026, 2, 1), None),
        ]),
        ("AD10", [("令117 §34①（“曾获荣誉、资格资质”）", date(2026, 2, 1), None)]),
        ("AD03", [("广告法 §9(三)、§57；绝对化用语执法指南 §5–§11", None, None)]),
        ("PL01", [("令117 §8、§9、§53→电子商务法 §80", date(2026, 2, 1), None)]),
    ],
)  # fmt: skip
def test_entries_as_they_stood(code, texts) -> None:
    assert [(each.basis, each.since, each.until) for each in by_code(code).texts] == texts


def test_every_entry_has_a_text_today() -> None:
    for entry in catalogue():
        assert entry.text_for(date(2026, 3, 1), date(2026, 3, 1)), entry.code
        assert entry.texts[-1].until is None, entry.code
