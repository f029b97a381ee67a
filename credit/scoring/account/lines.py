"""Every line of a rating, numbered, worded and summed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from associations.conduct.catalogue import by_number
from credit.rulesets.vocabulary import Kind
from credit.scoring import wording
from credit.scoring.evaluator import Line, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from django.utils.functional import Promise

    from associations.conduct.selectors import FactRow
    from credit.rulesets.method import RuleSet
    from credit.scoring.evaluator import Evaluation
    from credit.scoring.services import Explained

MILLI = 1000
NOTHING: Mapping[str | int, date] = MappingProxyType({})

SOURCES: dict[str, str | Promise] = {
    "decision": gettext_lazy("Decision"),
    "association": gettext_lazy("Check by the association"),
    "training": gettext_lazy("Training records"),
    "import": gettext_lazy("Paper brought in"),
    "exchange": gettext_lazy("Platform report"),
    "bar": gettext_lazy("Review of a bar"),
    "remedy": gettext_lazy("Objection, correction or repair"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from, in words; `url` where the record can be opened."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class TopLine:
    """One of the lines that weigh most. `points`: milli-points, negative where they are lost."""

    no: str
    anchor: str
    text: str
    points: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the six bars; `got` and `most` in milli-points."""

    number: int
    anchor: str
    label: str
    got: int
    most: int


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line as templates/components/ledger.html draws it. `lost` None: shown, but counts nothing either way.

    `about`: what an objection to it is about, and its name there (`associations.remedies`).
    """

    no: str
    anchor: str
    text: str
    note: str
    flag: bool
    source: str
    source_url: str
    on: date | None
    got: int | None
    most: int | None
    lost: int | None
    sanction: bool
    next: tuple[str, ...]
    rule: str
    rule_anchor: str
    about: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of a dimension with their sum; `weight` in points."""

    anchor: str
    label: str
    weight: int
    got: int
    lost: int
    lines: tuple[ToldLine, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """All lines together, and the grade the score alone gives."""

    got: int
    most: int
    lost: int
    grade: str


def numbered(lines: Sequence[Line]) -> list[str]:
    """The number of each line: its dimension's, a dot, a count within it: 1.1, 1.2, 2.1 …"""
    seen: Counter[int] = Counter()
    numbers = []
    for line in lines:
        seen[line.dimension] += 1
        numbers.append(f"{line.dimension}.{seen[line.dimension]}")
    return numbers


def place_of_facts(lines: Sequence[Line]) -> dict[int, str]:
    """Fact → the number of the line it stands in."""
    numbers = numbered(lines)
    return {fact: no for no, line in zip(numbers, lines, strict=True) for fact in line.facts}


def anchor_of(no: str) -> str:
    return f"l{no.replace('.', '-')}"


def is_record(line: Line) -> bool:
    """Whether a line comes from a decision."""
    return line.kind == Kind.VIOLATION and line.status is not Status.CLEAN


def key_of_line(line: Line) -> str:
    """What names a line without a fact: its indicator and code."""
    return f"{line.number}:{line.code}"


def contested_on(line: Line, contested: Mapping[str | int, date]) -> date | None:
    """From which day a line is contested, by one of its facts or by itself; None if it is not."""
    keys: tuple[str | int, ...] = (*line.facts, f"line:{key_of_line(line)}")
    return min((contested[key] for key in keys if key in contested), default=None)


def said_of(line: Line, said: Mapping[str | int, str]) -> str:
    """What the member says of a line, or of one of its facts; empty: nothing."""
    keys: tuple[str | int, ...] = (*line.facts, f"line:{key_of_line(line)}")
    return next((said[key] for key in keys if key in said), "")


def violation_name(number: int) -> str:
    """A catalogue entry by name and code, in the language in force."""
    entry = by_number(number)
    return f"{entry.told(get_language() or 'zh')} ({entry.code})" if entry else _("a violation")


def source_of(fact: FactRow) -> Source:
    """Where a fact comes from; a source this room does not know is named as it is."""
    return Source(str(SOURCES.get(fact.source, fact.source)))


def dimensions(explained: Explained) -> list[Dimension]:
    """The six bars; none for a category the rule set does not know."""
    ruleset, rating = explained.ruleset, explained.evaluation
    category = ruleset.categories.get(explained.member.category)
    return [
        Dimension(
            number=each.number,
            anchor=f"d{each.number}",
            label=wording.named(each.name),
            got=sum(line.earned for line in rating.lines if line.dimension == each.number),
            most=category.weights[each.number - 1] * MILLI,
        )
        for each in ruleset.dimensions
        if category
    ]


def groups(
    explained: Explained,
    *,
    source: Callable[[FactRow], Source] = source_of,
    contested: Mapping[str | int, date] = NOTHING,
) -> list[Group]:
    """Every line under its dimension; `contested` as `contested_on` takes it."""
    lines = explained.evaluation.lines
    numbers = numbered(lines)
    firsts = {line.number: at for at, line in reversed(list(enumerate(lines)))}
    told: dict[int, list[ToldLine]] = {}
    for at, (no, line) in enumerate(zip(numbers, lines, strict=True)):
        explains_rule = firsts[line.number] == at
        note = _note(line, explained.ruleset, contested_on(line, contested), rule=explains_rule)
        told.setdefault(line.dimension, []).append(_told(explained, no, line, source, note))
    return [
        Group(
            anchor=each.anchor,
            label=each.label,
            weight=each.most // MILLI,
            got=each.got,
            lost=each.most - each.got,
            lines=tuple(told.get(each.number, ())),
        )
        for each in dimensions(explained)
    ]


def total(rating: Evaluation) -> Total:
    """The sum of all lines."""
    most = sum(line.possible for line in rating.lines)
    return Total(rating.score, most, most - rating.score, wording.grade_letter(rating.by_score))


def tops(explained: Explained, chosen: Sequence[Line], *, costs: bool) -> list[TopLine]:
    """Some of the lines, in their order, with what they cost, or earn."""
    lines = explained.evaluation.lines
    numbers = numbered(lines)
    found = []
    for line in chosen:
        no = numbers[lines.index(line)]
        text = wording.line_text(line, explained.ruleset, violation_name)
        found.append(TopLine(no, anchor_of(no), text, -line.loss if costs else line.earned))
    return found


def _told(
    explained: Explained, no: str, line: Line, source: Callable[[FactRow], Source], note: tuple[str, bool]
) -> ToldLine:
    fact = explained.facts.get(line.facts[-1]) if line.facts else None
    origin = source(fact) if fact else Source("")
    stayed, record = line.status is Status.STAYED, is_record(line)
    return ToldLine(
        no=no,
        anchor=anchor_of(no),
        text=wording.line_text(line, explained.ruleset, violation_name),
        note=note[0],
        flag=note[1],
        source=origin.words,
        source_url=origin.url,
        on=line.on,
        got=None if record else line.earned,
        most=None if record else line.possible,
        lost=None if stayed else line.loss,
        sanction=record,
        next=_next(line, explained.ruleset),
        rule=line.number,
        rule_anchor=next(each.key for each in explained.ruleset.dimensions if each.number == line.dimension),
        about=("fact", fact.public_id) if fact else ("line", key_of_line(line)),
    )


def _note(line: Line, ruleset: RuleSet, contested: date | None, *, rule: bool) -> tuple[str, bool]:
    """A warning, or how the line is reckoned; and whether it is a warning."""
    if line.status is Status.STAYED:
        return _("On appeal: shown, and counted neither way until it is decided."), True
    if contested:
        words = {"on": contested.isoformat()}
        return _("Contested since %(on)s: somebody else looks into it; until then it counts.") % words, True
    return _reckoned(line, ruleset, rule=rule), False


def _reckoned(line: Line, ruleset: RuleSet, *, rule: bool) -> str:
    """The arithmetic of a record; of other lines the rule, once an indicator."""
    if is_record(line):
        figures = dict(line.figures)
        words = {
            "base": figures["base"],
            "step": figures["step"],
            "repeat": wording.points_text(figures["repeat"] * 10),
        }
        return _("Base %(base)s × %(step)s %% × %(repeat)s.") % words
    return wording.named(ruleset.indicator(line.number).rule) if rule else ""


def _next(line: Line, ruleset: RuleSet) -> tuple[str, ...]:
    """The days on which time changes the line; a record's with what it weighs then."""
    if not is_record(line):
        return (line.changes_on.isoformat(),) if line.changes_on else ()
    told = []
    figures = dict(line.figures)
    steps = getattr(ruleset.indicator(line.number), "steps", ())
    if line.changes_on and line.changes_on != line.ends_on and figures.get("step") in steps:
        coming = steps[steps.index(figures["step"]) + 1]
        told.append(f"{line.changes_on.isoformat()} → {coming} %")
    if line.ends_on:
        told.append(f"{line.ends_on.isoformat()} → 0")
    return tuple(told)
