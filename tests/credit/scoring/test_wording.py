"""Every line and ceiling has a sentence, in both languages."""

import pytest
from django.utils import translation

from credit.rulesets import method
from credit.scoring import wording
from credit.scoring.evaluator import Reason, State, Status, evaluate
from tests.credit.scoring.world import world

RULES = method.default()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_everything_can_be_said(language: str) -> None:
    told: set[Status] = set()
    with translation.override(language):
        for seed in range(300):
            member, facts, day, previous = world(seed)
            rating = evaluate(RULES, member, facts, day, previous)
            for line, text in wording.line_texts(rating.lines, RULES, lambda code: f"<{code}>"):
                assert text
                assert "%(" not in text
                told.add(line.status)
            for hit in rating.ceilings:
                assert wording.ceiling_text(hit).endswith(("。", "."))
            assert wording.summary(rating, RULES)
    assert told == set(Status)


def test_every_reason_and_state_has_words() -> None:
    assert set(wording.REASONS) == set(Reason)
    assert set(wording.STATES) == set(State)


@pytest.mark.parametrize(
    ("millipoints", "text"),
    [(0, "0"), (203_147, "203.147"), (350_000, "350"), (-7_500, "-7.5"), (-1, "-0.001"), (1_000_000, "1000")],
)
def test_points_are_told_to_the_digit(millipoints: int, text: str) -> None:
    assert wording.points_text(millipoints) == text


@pytest.mark.parametrize(
    ("ratio", "text"), [(0, "0.0 %"), (867_147, "86.7 %"), (1_000_000, "100.0 %"), (1_090_909, "109.1 %")]
)
def test_ratios_are_told_in_percent(ratio: int, text: str) -> None:
    assert wording.percent_text(ratio) == text


def test_a_grade_has_its_letter_and_word() -> None:
    with translation.override("en"):
        assert [wording.grade_word(g, RULES) for g in (0, 1, 4, 5, 8, 10)] == [
            "", "Excellent", "Good", "Fair", "Poor", "Bad",
        ]  # fmt: skip
    with translation.override("zh-hans"):
        assert [wording.grade_word(g, RULES) for g in (1, 3, 6, 7, 9)] == ["优", "良", "中", "差", "劣"]
    assert [wording.grade_letter(g) for g in (0, 1, 10)] == ["NR", "AAA", "D"]
