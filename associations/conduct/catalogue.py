"""The violation catalogue 违规行为目录: fifty entries, their legal basis, and what a violation usually meets.

Data stands in `catalogue.csv`; numbers are what facts carry as `code` and never change meaning. The statutory
column says what an authority may do, never what the association may do. Pure: no Django.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from associations.conduct.texts import Clause, LawText, text_for, texts_of

SOURCE = Path(__file__).with_name("catalogue.csv")

CATEGORY_OF = {"P": 1, "M": 2, "O": 3, "S": 4}
"""Letters of the source → the rating's categories: platform, agency, operator, streamer."""


@dataclass(frozen=True, slots=True)
class Law:
    """A text an entry rests on. `effective_from` is the day this version came into force; none: not on file."""

    short: str
    title: str
    version: str = ""
    effective_from: date | None = None


LAWS = (
    Law("令117", "直播电商监督管理办法", "市场监管总局、网信办令第117号", date(2026, 2, 1)),
    Law("反不正当竞争法", "反不正当竞争法", "2025年修订", date(2025, 10, 15)),
    Law("网络直播营销管理办法(试行)", "网络直播营销管理办法（试行）", "七部门", date(2021, 5, 25)),
    Law("AI生成合成内容标识办法", "人工智能生成合成内容标识办法", "", date(2025, 9, 1)),
    Law("GB 45438-2025", "GB 45438-2025 人工智能生成合成内容标识方法", "2025", date(2025, 9, 1)),
    Law("广告法", "广告法"),
    Law("互联网广告管理办法", "互联网广告管理办法"),
    Law("绝对化用语执法指南", "广告绝对化用语执法指南", "市场监管总局公告2023年第6号"),
    Law("食品安全法", "食品安全法"),
    Law("产品质量法", "产品质量法"),
    Law("价格法", "价格法"),
    Law("价格违法行为行政处罚规定", "价格违法行为行政处罚规定"),
    Law("商标法", "商标法"),
    Law("著作权法", "著作权法"),
    Law("消保法", "消费者权益保护法"),
    Law("侵害消费者权益行为处罚办法", "侵害消费者权益行为处罚办法"),
    Law("个人信息保护法", "个人信息保护法"),
    Law("电子商务法", "电子商务法"),
    Law("未成年人保护法", "未成年人保护法"),
    Law("税收征管法", "税收征收管理法"),
    Law("主播行为规范", "网络主播行为规范", "2022"),
    Law("章程", "本会章程"),
)

EARLIER = {
    "AD01": (Clause("反不正当竞争法（2025年修订前）§8、§20", until=date(2025, 10, 14)),),
    "FK01": (Clause("反不正当竞争法（2025年修订前）§8、§20", until=date(2025, 10, 14)),),
}
"""Clauses that hold no more, by code. Only what our sources name: other articles of the law before its revision, and
the texts before Order 117, are not on file, so the entries that rest on them have no text before.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of violation.

    `severity` (1 minor … 4 extremely serious) is where a case starts, `severity_least` to `severity_most` the
    range, `severity_note` when another applies. `subjects` are categories. Measures L1…L6 of the ladder.
    Publication in months, least to most (0 to 0: not published), `publication` in the source's words.
    `source`: S read in the text, K general knowledge, to be checked before it reaches a user. `texts` are the
    basis as it stood from day to day.
    """

    number: int
    code: str
    name: str
    name_en: str
    subjects: frozenset[int]
    severity: int
    severity_least: int
    severity_most: int
    severity_note: str
    basis: str
    statutory_consequence: str
    measure_least: int
    measure_most: int
    publish_months_least: int
    publish_months_most: int
    publication: str
    source: str
    laws: tuple[Law, ...]
    texts: tuple[LawText, ...]

    def told(self, language: str) -> str:
        """Its name: Chinese for any `zh…` language code, English for every other."""
        return self.name if language.startswith("zh") else self.name_en

    @property
    def effective_from(self) -> date | None:
        """The day the youngest text it rests on came into force; none if no day is on file."""
        return max((law.effective_from for law in self.laws if law.effective_from), default=None)

    def text_for(self, acted_on: date, decided_on: date) -> LawText | None:
        """The text in force on the day of the act, or a later lighter one; None: there was none."""
        return text_for(self.texts, acted_on, decided_on)

    @property
    def is_checked(self) -> bool:
        """Whether the legal basis was read in the text throughout."""
        return self.source == "S"


@lru_cache(maxsize=1)
def catalogue() -> tuple[Entry, ...]:
    """All entries, by number from 1."""
    with SOURCE.open(encoding="utf-8", newline="") as rows:
        return tuple(_entry(row) for row in csv.DictReader(rows))


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Entry]:
    return {entry.code: entry for entry in catalogue()}


def by_number(number: int) -> Entry | None:
    """The entry a fact's `code` names."""
    entries = catalogue()
    return entries[number - 1] if 1 <= number <= len(entries) else None


def by_code(code: str) -> Entry | None:
    """The entry of a code like "AD01"; case and surrounding space do not matter."""
    return _by_code().get(code.strip().upper())


def _entry(row: dict[str, str]) -> Entry:
    def whole(key: str) -> int:
        return int(row[key])

    weight = (
        whole("severity_least"),
        whole("severity_most"),
        whole("measure_least"),
        whole("measure_most"),
    )
    return Entry(
        number=whole("number"),
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        subjects=frozenset(CATEGORY_OF[letter] for letter in row["subjects"].split()),
        severity=whole("severity"),
        severity_least=whole("severity_least"),
        severity_most=whole("severity_most"),
        severity_note=row["severity_note"],
        basis=row["basis"],
        statutory_consequence=row["statutory_consequence"],
        measure_least=whole("measure_least"),
        measure_most=whole("measure_most"),
        publish_months_least=whole("publish_months_least"),
        publish_months_most=whole("publish_months_most"),
        publication=row["publication"],
        source=row["source"],
        laws=_laws(row["basis"]),
        texts=texts_of(_clauses(row["code"], row["basis"]), weight),
    )


def _clauses(code: str, basis: str) -> list[Clause]:
    """The basis taken apart. What names no law, such as a published case, explains and is no clause."""
    found = [(part, _laws(part)) for part in basis.split("；")]
    return [
        *EARLIER.get(code, ()),
        *(
            Clause(part, max((law.effective_from for law in laws if law.effective_from), default=None))
            for part, laws in found
            if laws
        ),
    ]


def _laws(basis: str) -> tuple[Law, ...]:
    return tuple(law for law in LAWS if law.short in basis)
