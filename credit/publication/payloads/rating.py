"""A rating as published: why this grade, every line of it, what holds it, where it came from and goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from associations.conduct.catalogue import by_number
from credit.publication.payloads import course
from credit.publication.payloads.conditions import key_of
from credit.publication.payloads.prospects import prospects
from credit.publication.payloads.reasons import unknown, why
from credit.publication.payloads.texts import harmless, in_both, iso, list_in_both, named
from credit.rulesets.vocabulary import Kind, R
from credit.scoring import account, wording
from credit.scoring.evaluator import Line, Previous, Status
from credit.scoring.evaluator.arithmetic import div
from credit.scoring.services import member_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from associations.conduct.selectors import FactRow
    from associations.members.handover import MemberRow
    from credit.publication.payloads.course import Step
    from credit.scoring.services import Explained


@dataclass(frozen=True, slots=True)
class Home:
    """The association a record is published by."""

    slug: str
    name: str
    name_en: str

    def told(self) -> dict[str, str]:
        """As every payload names it."""
        return {"slug": self.slug, "zh": self.name, "en": self.name_en}


@dataclass(frozen=True, slots=True)
class Source:
    """A public decision a line may name: its number and public id."""

    public_id: str
    number: str


def payload_of(
    explained: Explained,
    *,
    member: MemberRow,
    home: Home,
    shown_name: str,
    given: Sequence[Step],
    sources: Mapping[str, Source],
    contested: Mapping[str | int, date],
    said: Mapping[str | int, str],
) -> dict[str, Any]:
    """The whole record. `given`: the ratings so far; `sources`: the public decisions by public id; `contested`: from
    which day a fact (by row number) or a line ("line:2.1:3") is; `said`: what the member says of them.

    A record whose decision is not public counts as the method says, but is told without name, day or number.
    """
    standing, ruleset, rating = explained.standing, explained.ruleset, explained.evaluation
    told = course.Rated(
        ruleset,
        member_of(explained.member),
        explained.known,
        standing.as_of,
        Previous(standing.state, standing.shown, standing.up_on, standing.last_fact_id),
    )
    numbers = numbered(rating.lines)
    by_fact = {fact: numbers[at] for at, line in enumerate(rating.lines) for fact in line.facts}
    steps = course.past(told, given)
    lines = _lines(explained, numbers, sources, contested, said)
    binding = set(rating.binding)
    return {
        "kind": "rating",
        "id": member.public_id,
        "name": shown_name,
        "code": member.code,
        "is_person": member.is_person,
        "category": member.category,
        "category_name": named(ruleset.categories[member.category].name),
        "association": home.told(),
        "member_number": "" if member.is_person else member.number,
        "joined_on": iso(member.joined_on),
        "state": int(standing.state),
        "grade": int(standing.shown),
        "by_facts": int(standing.grade),
        "by_score": rating.by_score,
        "score": standing.score,
        "as_of": iso(standing.as_of),
        "next_change_on": iso(standing.next_change_on),
        "why": why(explained, by_fact, sources),
        "dimensions": [
            {
                "number": dimension.number,
                "name": named(dimension.name),
                "weight": ruleset.categories[member.category].weights[dimension.number - 1],
                "ratio": rating.dimensions[dimension.number - 1],
                "earned": sum(each.earned for each in rating.lines if each.dimension == dimension.number),
            }
            for dimension in ruleset.dimensions
        ],
        "lines": lines,
        "down": [numbers[rating.lines.index(line)] for line in rating.down()],
        "up": [numbers[rating.lines.index(line)] for line in rating.up()],
        "prospects": prospects(explained, numbers, sources),
        "ceiling": int(standing.ceiling),
        "ceilings": [
            {
                "key": key_of(hit.reason, hit.at_most),
                "at_most": hit.at_most,
                "binding": hit in binding,
                "line": by_fact.get(hit.fact_id) if hit.fact_id else None,
                "changes_on": None if is_secret(hit.fact_id, explained, sources) else iso(hit.changes_on),
            }
            for hit in rating.ceilings
        ],
        "confidence": _confidence(explained),
        "unknown": unknown(explained, hidden=sum(line["hidden"] for line in lines)),
        "history": [_step(step) for step in steps],
        "ahead": [_step(step) for step in course.ahead(told, standing.next_change_on)],
        "marks": _marks(explained, numbers, sources),
        "caps": _caps(explained, sources),
        "ruleset": {"id": ruleset.id, "sha256": bytes(standing.ruleset_sha).hex()},
        "inputs_sha256": bytes(standing.inputs_sha).hex(),
        "inputs": len(explained.facts),
        "engine": standing.engine,
    }


def numbered(lines: Sequence[Line]) -> dict[int, str]:
    """The number of each line by its place: the dimension's, a dot, and a count within it. 1.1, 1.2, 2.1 …"""
    seen: Counter[int] = Counter()
    numbers = {}
    for at, line in enumerate(lines):
        seen[line.dimension] += 1
        numbers[at] = f"{line.dimension}.{seen[line.dimension]}"
    return numbers


def is_record(line: Line) -> bool:
    """Whether a line comes from a decision."""
    return line.kind == Kind.VIOLATION and line.status is not Status.CLEAN


def source_of(line: Line, facts: Mapping[int, FactRow], sources: Mapping[str, Source]) -> Source | None:
    """The public decision a line rests on; none where there is none, or it is not public."""
    fact = facts.get(line.facts[0]) if line.facts and is_record(line) else None
    return sources.get(fact.source_ref) if fact else None


def is_secret(fact_id: int | None, explained: Explained, sources: Mapping[str, Source]) -> bool:
    """Whether a fact is a record of a decision that is not public: the day on which it weighs less tells its own."""
    fact = explained.facts.get(fact_id or 0)
    return fact is not None and fact.kind == Kind.VIOLATION and fact.source_ref not in sources


def violation_name(number: int) -> str:
    """A catalogue entry by name and code, in the language in force."""
    entry = by_number(number)
    return f"{entry.told(get_language() or 'zh')} ({entry.code})" if entry else _("a violation")


def _lines(
    explained: Explained,
    numbers: dict[int, str],
    sources: Mapping[str, Source],
    contested: Mapping[str | int, date],
    said: Mapping[str | int, str],
) -> list[dict[str, Any]]:
    lines, facts = explained.evaluation.lines, explained.facts
    origins = [source_of(line, facts, sources) for line in lines]
    hidden = [is_record(line) and origin is None for line, origin in zip(lines, origins, strict=True)]

    statements = [
        "" if secret else harmless(account.said_of(line, said))
        for line, secret in zip(lines, hidden, strict=True)
    ]
    statements = [words if words not in statements[:at] else "" for at, words in enumerate(statements)]

    def sentences() -> list[str]:
        return [
            _("A record whose details are not public.")
            if secret
            else wording.line_text(line, explained.ruleset, violation_name)
            for line, secret in zip(lines, hidden, strict=True)
        ]

    return [
        {
            "no": numbers[at],
            "dimension": line.dimension,
            "indicator": line.number,
            "status": str(line.status),
            "text": text,
            "record": is_record(line),
            "hidden": hidden[at],
            "code": _code(line) if origin else None,
            "on": None if hidden[at] else iso(line.on),
            "earned": line.earned,
            "possible": line.possible,
            "lost": line.loss,
            "changes_on": None if hidden[at] else iso(line.changes_on),
            "ends_on": None if hidden[at] else iso(line.ends_on),
            "decision": {"id": origin.public_id, "number": origin.number} if origin else None,
            "origin": int(line.kind),
            "figures": {} if hidden[at] else dict(line.figures),
            "facts": len(line.facts),
            "contested": account.contested_on(line, contested) is not None,
            "said": statements[at],
        }
        for at, (line, text, origin) in enumerate(zip(lines, list_in_both(sentences), origins, strict=True))
    ]


def _code(line: Line) -> str | None:
    entry = by_number(line.code)
    return entry.code if entry else None


def _confidence(explained: Explained) -> dict[str, int]:
    """The three parts of it as ratios, with their shares in percent, and the whole."""
    rules, rating = explained.ruleset.confidence, explained.evaluation
    items = [line for line in rating.lines if line.kind == Kind.CHECK]
    fresh = sum(line.status is Status.FRESH for line in items)
    return {
        "whole": rating.confidence,
        "coverage": div(fresh * R, len(items) or 1),
        "coverage_share": rules.coverage,
        "months": rating.months,
        "months_ratio": min(R, div(rating.months * R, rules.months_full)),
        "months_share": rules.months,
        "facts": rating.n,
        "facts_ratio": div(rating.n * R, rating.n + rules.facts_half),
        "facts_share": rules.facts,
    }


def _step(step: Step) -> dict[str, Any]:
    return {"on": iso(step.on), "score": step.score, "grade": step.grade, "state": step.state}


def _marks(
    explained: Explained, numbers: dict[int, str], sources: Mapping[str, Source]
) -> list[dict[str, Any]]:
    """The dated things worth a number on the chart: public records, and the days on which they fade."""
    marks: list[tuple[date, bool, dict[str, str]]] = []
    for at, line in enumerate(explained.evaluation.lines):
        if not source_of(line, explained.facts, sources) or line.on is None:
            continue
        marks.append((line.on, True, in_both(partial(_decided, line.code))))
        if line.changes_on and line.status is not Status.STAYED:
            marks.append((line.changes_on, False, in_both(partial(_fades, numbers[at]))))
    return [
        {"on": iso(on), "sanction": sanction, "text": text} for on, sanction, text in sorted(marks, key=_day)
    ]


def _decided(code: int) -> str:
    return _("Decision: %(name)s") % {"name": violation_name(code)}


def _fades(number: str) -> str:
    return _("Line %(number)s weighs less") % {"number": number}


def _day(mark: tuple[date, bool, dict[str, str]]) -> date:
    return mark[0]


def _caps(explained: Explained, sources: Mapping[str, Source]) -> list[dict[str, Any]]:
    """The stretches in which a dated fact held the grade: from its day to the day that changes."""
    found = []
    for hit in explained.evaluation.binding:
        fact = explained.facts.get(hit.fact_id or 0)
        if fact and hit.changes_on and not is_secret(fact.id, explained, sources):
            found.append({"from": iso(fact.occurred_on), "to": iso(hit.changes_on), "grade": hit.at_most})
    return found
