"""Every ceiling the rule set knows, and which of them hold this rating."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from credit.rulesets.vocabulary import R
from credit.scoring import wording
from credit.scoring.account.evidence import fraction
from credit.scoring.account.lines import anchor_of, place_of_facts
from credit.scoring.evaluator.limits import OF_DIMENSION, OF_SEVERITY
from credit.scoring.evaluator.result import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from credit.rulesets.method import Cap, Evidence, RuleSet, Severity
    from credit.scoring.evaluator import Ceiling
    from credit.scoring.services import Explained

DIMENSIONS = {reason: number for number, reason in OF_DIMENSION.items()}
EVIDENCE = Reason.PROVISIONAL | Reason.LIMITED_EVIDENCE


@dataclass(frozen=True, slots=True)
class Condition:
    """One ceiling of the method. `key` names it; `at_most` the grade it allows."""

    key: str
    at_most: int
    text: str


@dataclass(frozen=True, slots=True)
class Hold:
    """A condition and this rating: whether it is met (`hit`) and whether it decided the grade (`bit`).

    `basis` says what met it; `line` and `anchor` where it stands, `until` the day it changes.
    """

    condition: Condition
    hit: bool
    bit: bool
    basis: str
    line: str
    anchor: str
    until: date | None


def key_of(reason: Reason, at_most: int) -> str:
    """What names a condition: its reason and the grade it allows; low dimensions share one row a step."""
    return f"{'dimension_low' if reason in DIMENSIONS else str(reason.name).lower()}:{at_most}"


def conditions(ruleset: RuleSet) -> list[Condition]:
    """All of them, the mildest record first."""
    return list(_conditions(ruleset))


def holds(explained: Explained) -> list[Hold]:
    """All conditions, each with what meets it; the first that met it where several did."""
    rating = explained.evaluation
    places = place_of_facts(rating.lines)
    binding = set(rating.binding)
    met: dict[str, Ceiling] = {}
    for hit in sorted(rating.ceilings, key=lambda hit: hit not in binding):
        met.setdefault(key_of(hit.reason, hit.at_most), hit)
    found = []
    for condition in conditions(explained.ruleset):
        met_by = met.get(condition.key)
        line = places.get(met_by.fact_id or 0, "") if met_by else ""
        found.append(
            Hold(
                condition=condition,
                hit=met_by is not None,
                bit=met_by in binding,
                basis=_basis(met_by, explained) if met_by else "",
                line=line,
                anchor=anchor_of(line) if line else "",
                until=met_by.changes_on if met_by else None,
            )
        )
    return found


def _basis(hit: Ceiling, explained: Explained) -> str:
    """What met a condition: the dimension's value, how much is known, or the fact's day."""
    rating = explained.evaluation
    if number := DIMENSIONS.get(hit.reason):
        name = next(each.name for each in explained.ruleset.dimensions if each.number == number)
        value = wording.percent_text(rating.dimensions[number - 1])
        return _("%(name)s: %(value)s") % {"name": wording.named(name), "value": value}
    if hit.reason & EVIDENCE:
        told = {"months": rating.months, "confidence": fraction(rating.confidence)}
        return _("%(months)s months, confidence %(confidence)s") % told
    fact = explained.facts.get(hit.fact_id or 0)
    return _("Fact of %(on)s") % {"on": fact.occurred_on.isoformat()} if fact else ""


def _conditions(ruleset: RuleSet) -> Iterator[Condition]:
    caps = ruleset.ceilings
    for severity in ruleset.severities.values():
        for place, cap in enumerate(severity.caps):
            yield _condition(OF_SEVERITY[severity.number], cap.at_most, _record(severity, place))
    for cap in caps.dimension_caps:
        yield Condition(f"dimension_low:{cap.at_most}", cap.at_most, _dimension(ruleset, cap))
    overdue = caps.training_overdue
    yield _condition(
        Reason.TRAINING_OVERDUE,
        overdue.at_most,
        _("Required training overdue by more than %(days)s days") % {"days": overdue.bound},
    )
    yield _condition(Reason.LICENCE_LAPSED, caps.licence_lapsed, _("Licence lapsed"))
    yield _condition(
        Reason.NOT_PERFORMED, caps.not_performed, _("A sanction or mediation agreement not performed")
    )
    yield _condition(
        Reason.BARRED, caps.barred, _("Expelled, barred, or on the official list of serious offenders")
    )
    yield _condition(Reason.PROVISIONAL, ruleset.provisional.at_most, _evidence(ruleset.provisional))
    yield _condition(Reason.LIMITED_EVIDENCE, ruleset.limited.at_most, _evidence(ruleset.limited))


def _condition(reason: Reason, at_most: int, text: str) -> Condition:
    return Condition(key_of(reason, at_most), at_most, text)


def _record(severity: Severity, place: int) -> str:
    told = {"severity": wording.named(severity.name), "days": severity.caps[place].bound}
    if place == 0 and len(severity.caps) > 1:
        return _("A record classed %(severity)s, first %(days)s days") % told
    return _("A record classed %(severity)s, until day %(days)s") % told


def _dimension(ruleset: RuleSet, cap: Cap) -> str:
    numbers = ruleset.ceilings.dimensions
    names = _(", ").join(wording.named(each.name) for each in ruleset.dimensions if each.number in numbers)
    return _("Any of %(names)s below %(percent)s %%") % {"names": names, "percent": cap.bound * 100 // R}


def _evidence(rule: Evidence) -> str:
    told = {"months": rule.months, "confidence": f"{rule.confidence * 100 // R / 100:.2f}"}
    return _("Member for under %(months)s months, or confidence below %(confidence)s") % told
