"""The shapes of a rule set: frozen, typed, names resolved to numbers.

Periods are days, shares and steps percent, ratios millionths, thresholds milli-points, grades 1 (AAA) … 10 (D).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Text:
    """One statement in both languages."""

    en: str
    zh: str

    def told(self, language: str) -> str:
        """Chinese for any `zh…` language code, English for every other."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Quantity:
    """A column (`a` … `e`) of the facts of one kind."""

    name: str
    kind: int
    column: str


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that is verified; `number` is the fact's code."""

    number: int
    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class Cap:
    """No better than grade `at_most` while something is below `bound` (days, or a ratio)."""

    bound: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Severity:
    """How heavy a record is. `caps` hold while its age in days is below their bound, in ascending order."""

    number: int
    key: str
    name: Text
    base: int
    window_days: int
    caps: tuple[Cap, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of member: weights of D1…D6 in points of 1000, checklist items by number, yearly training."""

    number: int
    key: str
    name: Text
    weights: tuple[int, ...]
    checklist: tuple[int, ...]
    training_hours: int
    exam: bool
    roster: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    """A part of a dimension: `share` percent of it."""

    number: str
    key: str
    form: str
    share: int
    name: Text
    rule: Text


@dataclass(frozen=True, slots=True)
class Records(Indicator):
    """Violations: base × step × repeat, taken off until nothing is left at `zero_at` points."""

    steps: tuple[int, ...]
    repeat: tuple[int, ...]
    repeat_days: int
    zero_at: int


@dataclass(frozen=True, slots=True)
class Rate(Indicator):
    """Events per `unit` of something against a baseline (tenths); `curve` is (multiple, percent) knots."""

    events: Quantity
    per: Quantity
    unit: int
    baseline10: int
    prior: int
    window_days: int
    curve: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Ratio(Indicator):
    """(times · top + add_top) / (times · bottom + add_bottom) over a window."""

    top: Quantity
    bottom: Quantity
    times: int
    add_top: int
    add_bottom: int
    window_days: int


@dataclass(frozen=True, slots=True)
class Checklist(Indicator):
    """Items verified: `fresh_points` up to `fresh_days` of age, `older_points` after. Items by number."""

    items: tuple[Item, ...]
    fresh_days: int
    fresh_points: int
    older_points: int
    identity: int
    licence: int | None


@dataclass(frozen=True, slots=True)
class Training(Indicator):
    """Hours and exam of the category; `without_exam` percent is left when a required exam is missing."""

    window_days: int
    without_exam: int


@dataclass(frozen=True, slots=True)
class Controls(Indicator):
    """The share of items whose latest fact says yes."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Points(Indicator):
    """A sum over a window, full at `full`."""

    of: Quantity
    full: int
    window_days: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the six."""

    number: int
    key: str
    name: Text
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Confidence:
    """Shares (percent) of coverage, months (full at `months_full`) and n / (n + facts_half)."""

    coverage: int
    months: int
    months_full: int
    facts: int
    facts_half: int
    counted: frozenset[int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Too little is known below so many months or so much confidence; `at_most` the grade then (0: none)."""

    months: int
    confidence: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Ceilings:
    """What holds a grade down beside records and evidence. `dimension_caps` by falling bound."""

    dimensions: tuple[int, ...]
    dimension_caps: tuple[Cap, ...]
    training_overdue: Cap
    licence_lapsed: int
    not_performed: int
    barred: int


@dataclass(frozen=True, slots=True)
class Grade:
    """A letter and the milli-points from which the score alone gives it."""

    number: int
    letter: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Band:
    """A public word for some grades (by number)."""

    key: str
    name: Text
    grades: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Excluded:
    """What may never be an input, and the words that give it away."""

    key: str
    name: Text
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of the method. `sha256` (hexadecimal) names it; `canonical` are the bytes it is taken
    over.
    """

    id: str
    version: int
    name: Text
    effective_from: date
    effective_until: date | None
    texts: Mapping[str, Text]
    sources: tuple[Text, ...]
    excluded: tuple[Excluded, ...]
    categories: Mapping[int, Category]
    severities: Mapping[int, Severity]
    dimensions: tuple[Dimension, ...]
    confidence: Confidence
    not_rated: Evidence
    provisional: Evidence
    limited: Evidence
    ceilings: Ceilings
    review_days: int
    brake_days: int
    brake_lifted_by: frozenset[int]
    grades: tuple[Grade, ...]
    bands: tuple[Band, ...]
    sha256: str
    canonical: bytes

    @property
    def digest(self) -> bytes:
        """`sha256` as 32 bytes."""
        return bytes.fromhex(self.sha256)

    @property
    def checklist(self) -> Checklist:
        """The one indicator that verifies items."""
        return next(i for d in self.dimensions for i in d.indicators if isinstance(i, Checklist))

    def indicator(self, number: str) -> Indicator:
        """The indicator numbered so ("2.1"); StopIteration if there is none."""
        return next(i for d in self.dimensions for i in d.indicators if i.number == number)

    def band(self, grade: int) -> Band | None:
        """The public word of a grade; none for 0."""
        return next((band for band in self.bands if grade in band.grades), None)
