"""LCR-1 holds the figures of the method, and nothing else is anywhere in the code."""

import tomllib
from pathlib import Path

import pytest
import rfc8785

from credit.rulesets import method, methodology
from credit.rulesets.canonical import canonical, sha256_of
from credit.rulesets.validation import validate
from credit.rulesets.vocabulary import GRADES, KINDS

RULES = method.default()
ROOT = Path(__file__).parents[3]


def test_it_is_valid_by_itself_and_against_itself() -> None:
    source = method.DEFAULT_SOURCE.read_bytes()
    assert validate(source) == []
    assert validate(source.replace(b'id = "LCR-1"', b'id = "OWN-1"'), base=RULES) == []
    assert [problem.code for problem in validate(RULES.canonical, base=RULES)] == ["name_of_default"]


def test_its_name_is_the_hash_of_its_canonical_form() -> None:
    data = tomllib.loads(method.DEFAULT_SOURCE.read_text(encoding="utf-8"))
    assert canonical(data) == rfc8785.dumps(data) == RULES.canonical
    assert RULES.sha256 == sha256_of(data) == RULES.digest.hex()


def test_comments_and_order_do_not_change_its_name() -> None:
    text = "# another word\n" + method.DEFAULT_SOURCE.read_text(encoding="utf-8")
    data = tomllib.loads(text)
    assert method.build(dict(reversed(data.items()))).sha256 == RULES.sha256


def test_weights() -> None:
    assert {c.key: c.weights for c in RULES.categories.values()} == {
        "platform": (350, 250, 150, 120, 90, 40),
        "agency": (350, 200, 150, 180, 80, 40),
        "operator": (350, 280, 150, 100, 80, 40),
        "streamer": (400, 220, 100, 180, 70, 30),
    }


def test_records() -> None:
    assert [(s.key, s.base, s.window_days) for s in RULES.severities.values()] == [
        ("minor", 6, 90),
        ("general", 20, 365),
        ("serious", 60, 1095),
        ("extreme", 100, 1095),
    ]
    records = RULES.indicator("1.1")
    assert isinstance(records, method.Records)
    assert (records.steps, records.repeat, records.repeat_days) == (
        (100, 75, 50, 25),
        (100, 150, 200),
        365,
    )


def test_checklists_and_training() -> None:
    keys = {item.number: item.key for item in RULES.checklist.items}
    everything = ["identity", "licence", "display", "contact", "ai_label", "operator_shown"]
    told = {
        c.key: ([keys[n] for n in c.checklist], c.training_hours, c.exam) for c in RULES.categories.values()
    }
    assert told == {
        "platform": (everything, 24, True),
        "agency": (everything, 16, True),
        "operator": (everything, 8, False),
        "streamer": (["identity", "contact", "ai_label", "operator_shown"], 12, True),
    }


def test_grades_and_words() -> None:
    assert [(g.letter, g.at_least // 1000) for g in RULES.grades] == list(
        zip(GRADES, (920, 860, 800, 720, 640, 560, 480, 400, 300, 0), strict=True)
    )
    words = [RULES.band(grade).name.zh for grade in range(1, 11)]
    assert words == ["优", "优", "良", "良", "中", "中", "差", "差", "劣", "劣"]
    assert RULES.band(0) is None


def test_evidence_and_ceilings() -> None:
    evidence = [(e.months, e.confidence) for e in (RULES.not_rated, RULES.provisional, RULES.limited)]
    assert evidence == [(6, 350_000), (12, 550_000), (24, 750_000)]
    assert RULES.confidence.counted == frozenset(range(1, 10))
    assert (RULES.review_days, RULES.brake_days) == (90, 90)
    assert RULES.brake_lifted_by == {KINDS["reversal"], KINDS["repair"], KINDS["correction"]}
    assert RULES.texts["disclaimer"].zh == "本评级为行业自律评价，不是行政认定，不作为金融信贷依据。"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_methodology_tells_every_indicator_and_constant(language: str) -> None:
    text = methodology.markdown(RULES, language)
    for dimension in RULES.dimensions:
        assert dimension.name.told(language) in text
        for indicator in dimension.indicators:
            assert indicator.rule.told(language) in text
            assert f"i{indicator.number} = " in text
    for figure in ("10000·R", "(figures.answered + 8) · R, figures.closed + 10", "860", RULES.sha256):
        assert figure in text


def test_the_methodology_in_docs_is_the_one_the_rule_set_gives() -> None:
    kept = ROOT.joinpath("docs/methodology.md").read_text(encoding="utf-8")
    assert kept == methodology.markdown(RULES)


def test_the_sections_can_be_told_in_another_language() -> None:
    titles = [s.title for s in methodology.sections(RULES, "zh-hans", lambda message: f"«{message}»")]
    assert titles[0] == "«What this is»"
    assert titles[2] == "D1 合规记录"
