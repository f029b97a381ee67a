"""The page of one rating."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.ui import charts
from core.ui.formatting import plain_points
from core.ui.grades import LETTERS, face
from portal.words import on, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

R = 1_000_000
RATED, PROVISIONAL, BARRED = 0, 1, 5
GRADED = {RATED, PROVISIONAL, BARRED}
CHECKED = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line as components/ledger.html draws it. Points in milli-points; `lost` None: not counted."""

    no: str
    anchor: str
    text: str
    note: str
    flag: bool
    source: str
    source_url: str
    on: date | None
    got: int | None
    most: int
    lost: int | None
    sanction: bool
    next: list[str]
    rule: str
    rule_anchor: str


@dataclass(frozen=True, slots=True)
class Group:
    """A dimension with its lines; also a bar of the six."""

    anchor: str
    label: str
    weight: int
    got: int
    lost: int
    lines: list[Line]

    @property
    def most(self) -> int:
        """The weight in milli-points."""
        return self.weight * 1000


@dataclass(frozen=True, slots=True)
class Cap:
    """A condition of the rule set; `hit`: it holds; `binding`: it decided the grade."""

    at_most: int
    text: str
    hit: bool
    binding: bool
    line: str
    changes_on: date | None


@dataclass(frozen=True, slots=True)
class Total:
    """The sum below the lines."""

    got: int
    most: int
    lost: int
    grade: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the grade's chip and plate read; `shown` none for no grade."""

    shown: int | None
    state: int


def anchor(number: str) -> str:
    """The place of a line on its page: 1.1 → l1-1."""
    return f"l{number.replace('.', '-')}"


def groups(payload: Mapping[str, Any], rules: Mapping[str, Any]) -> list[Group]:
    """The six dimensions with all their lines; `rules` are the rule set's indicators by number."""
    firsts = {line["indicator"]: line["no"] for line in reversed(payload["lines"])}
    lines = [
        (
            line["dimension"],
            drawn(line, rules.get(line["indicator"], {}), told_rule=firsts[line["indicator"]] == line["no"]),
        )
        for line in payload["lines"]
    ]
    return [
        Group(
            anchor=f"d{dimension['number']}",
            label=told(dimension["name"]),
            weight=dimension["weight"],
            got=dimension["earned"],
            lost=dimension["weight"] * 1000 - dimension["earned"],
            lines=[line for number, line in lines if number == dimension["number"]],
        )
        for dimension in payload["dimensions"]
    ]


def drawn(line: Mapping[str, Any], rule: Mapping[str, Any], *, told_rule: bool) -> Line:
    """One line; the rule in words with the first of an indicator, with the others where it stands."""
    stayed = line["status"] == "stayed"
    decision = line["decision"]
    words = told(rule["rule"]) if rule and told_rule else ""
    return Line(
        no=line["no"],
        anchor=anchor(line["no"]),
        text=told(line["text"]),
        note=note(line, words),
        flag=stayed or line.get("contested", False),
        source=source(line),
        source_url=reverse("portal:decision", args=[decision["id"]]) if decision else "",
        on=on(line["on"]),
        got=None if line["record"] else line["earned"],
        most=line["possible"],
        lost=None if stayed else line["lost"],
        sanction=line["record"],
        next=coming(line),
        rule=line["indicator"],
        rule_anchor=rule.get("section", ""),
    )


def note(line: Mapping[str, Any], words: str) -> str:
    """What a reader must know of the line before its figures; else its rule."""
    if line["status"] == "stayed":
        return _("Stayed on appeal: counts nothing until decided.")
    if line.get("contested"):
        words = _("Contested: an objection to this line is being looked into.")
    if said := line.get("said"):
        words = " ".join(filter(None, (words, _("The member says: %(words)s") % {"words": said})))
    return words


def source(line: Mapping[str, Any]) -> str:
    """Where a line comes from, in words."""
    if line["decision"]:
        return _("Decision %(number)s") % {"number": line["decision"]["number"]}
    if line["hidden"]:
        return _("not public")
    return origins().get(line["origin"], "—") if line["facts"] else "—"


def origins() -> dict[int, str]:
    """Where a line's facts come from, by the kind of fact."""
    training, checked = _("Training register"), _("Checked by the association")
    return {
        1: _("Platform reports"),
        2: _("Mediation office"),
        3: checked,
        4: training,
        5: training,
        6: checked,
        7: _("Register of commitments"),
        8: _("Register of contributions"),
        11: training,
    }


def coming(line: Mapping[str, Any]) -> list[str]:
    """When the line changes by itself."""
    words = []
    if line["changes_on"]:
        if line["record"]:
            say = _("%(on)s weighs less")
        elif line["origin"] == CHECKED:
            say = _("%(on)s check ages")
        else:
            say = _("%(on)s window moves")
        if line["changes_on"] != line["ends_on"]:
            words.append(say % {"on": line["changes_on"]})
    if line["ends_on"]:
        words.append(_("%(on)s over") % {"on": line["ends_on"]})
    return words


def total(payload: Mapping[str, Any]) -> Total:
    """The sum of all lines."""
    most = sum(dimension["weight"] for dimension in payload["dimensions"]) * 1000
    return Total(payload["score"], most, most - payload["score"], LETTERS[payload["by_score"] - 1])


def caps(payload: Mapping[str, Any], conditions: Sequence[Mapping[str, Any]]) -> list[Cap]:
    """Every condition of the rule set, those that hold marked."""
    hits = {hit["key"]: hit for hit in sorted(payload["ceilings"], key=lambda hit: hit["binding"])}
    found = []
    for condition in conditions:
        hit = hits.get(condition["key"])
        found.append(
            Cap(
                at_most=condition["at_most"],
                text=told(condition["text"]),
                hit=hit is not None,
                binding=bool(hit and hit["binding"]),
                line=(hit["line"] or "") if hit else "",
                changes_on=on(hit["changes_on"]) if hit else None,
            )
        )
    return found


def distribution(figures: Mapping[str, Any], payload: Mapping[str, Any] | None = None) -> charts.Distribution:
    """How many there are of each grade in the association, this one marked."""
    here = payload["grade"] if payload and payload["state"] in GRADED and payload["grade"] else None
    return charts.Distribution(figures["distribution"], here=here, unrated=figures["states"].get("2", 0))


def confidence(payload: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The parts of the confidence: what, its ratio, what it adds; the whole last."""
    parts = payload["confidence"]
    told_ = {"share": parts["coverage_share"]}, {"months": parts["months"], "share": parts["months_share"]}
    facts = {"facts": parts["facts"], "share": parts["facts_share"]}
    return [
        (_("Evidence present and fresh × %(share)s %%") % told_[0], *weighed(parts, "coverage")),
        (_("%(months)s months a member × %(share)s %%") % told_[1], *weighed(parts, "months")),
        (_("%(facts)s facts counted × %(share)s %%") % facts, *weighed(parts, "facts")),
    ]


def weighed(parts: Mapping[str, int], name: str) -> tuple[str, str]:
    """A ratio, and what it adds, to three decimals."""
    ratio = parts[name] if name == "coverage" else parts[f"{name}_ratio"]
    return thousandths(ratio), thousandths(ratio * parts[f"{name}_share"] // 100)


def thousandths(ratio: int) -> str:
    """0.879: a ratio of a million to three decimals, rounded half up."""
    return f"{(ratio + 500) // 1000 / 1000:.3f}"


def reasons(payload: Mapping[str, Any], which: str) -> list[tuple[str, str, int, bool]]:
    """The three lines that cost or give most: anchor, text, points (signed by `which`), from a decision."""
    by_number = {line["no"]: line for line in payload["lines"]}
    found = []
    for number in payload[which]:
        line = by_number[number]
        points = -line["lost"] if which == "down" else line["earned"]
        found.append((anchor(number), told(line["text"]), points, line["record"]))
    return found


def citation(payload: Mapping[str, Any], published: date, address: str) -> str:
    """How to cite the rating."""
    return _(
        "%(association)s: “Trade rating of %(name)s”, grade %(grade)s, score %(score)s, edition %(edition)s of "
        "%(on)s, rule set %(ruleset)s, inputs SHA-256 %(inputs)s…, %(address)s. Cite single facts by their line "
        "number, such as “line 1.1”."
    ) % {
        "association": told(payload["association"]),
        "name": payload["name"],
        "grade": face(payload["grade"] or None, payload["state"]).letter,
        "score": plain_points(payload["score"]),
        "edition": payload["edition"],
        "on": published.isoformat(),
        "ruleset": payload["ruleset"]["id"],
        "inputs": payload["inputs_sha256"][:16],
        "address": address,
    }
