"""Every ceiling a rule set knows, as rows of a table; a rating's page marks those that hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from credit.publication.payloads.texts import in_both
from credit.rulesets.vocabulary import R
from credit.scoring.evaluator.limits import OF_DIMENSION, OF_SEVERITY
from credit.scoring.evaluator.result import Reason
from credit.scoring.wording import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from credit.publication.payloads.texts import Text
    from credit.rulesets.method import Cap, Evidence, RuleSet, Severity

DIMENSIONS = frozenset(OF_DIMENSION.values())


def key_of(reason: Reason, at_most: int) -> str:
    """What names a condition: its reason and the grade it allows; low dimensions share one row a step."""
    return f"{'dimension_low' if reason in DIMENSIONS else str(reason.name).lower()}:{at_most}"


def conditions(ruleset: RuleSet) -> list[dict[str, Any]]:
    """All of them, the mildest record first: `key`, `at_most`, `text`."""
    return [{"key": key, "at_most": at_most, "text": text} for key, at_most, text in _rows(ruleset)]


def _rows(ruleset: RuleSet) -> Iterator[tuple[str, int, Text]]:
    caps = ruleset.ceilings
    for severity in ruleset.severities.values():
        reason = OF_SEVERITY[severity.number]
        for place, cap in enumerate(severity.caps):
            yield key_of(reason, cap.at_most), cap.at_most, _record(severity, place)
    for cap in caps.dimension_caps:
        yield f"dimension_low:{cap.at_most}", cap.at_most, _dimension(ruleset, cap)
    overdue = caps.training_overdue
    yield (
        key_of(Reason.TRAINING_OVERDUE, overdue.at_most),
        overdue.at_most,
        in_both(lambda: _("Required training overdue by more than %(days)s days") % {"days": overdue.bound}),
    )
    for reason, at_most, words in (
        (Reason.LICENCE_LAPSED, caps.licence_lapsed, lambda: _("Licence lapsed")),
        (
            Reason.NOT_PERFORMED,
            caps.not_performed,
            lambda: _("A sanction or mediation agreement not performed"),
        ),
        (
            Reason.BARRED,
            caps.barred,
            lambda: _("Expelled, barred, or on the official list of serious offenders"),
        ),
    ):
        yield key_of(reason, at_most), at_most, in_both(words)
    for reason, rule in (
        (Reason.PROVISIONAL, ruleset.provisional),
        (Reason.LIMITED_EVIDENCE, ruleset.limited),
    ):
        yield key_of(reason, rule.at_most), rule.at_most, _evidence(rule)


def _record(severity: Severity, place: int) -> Text:
    cap = severity.caps[place]

    def words() -> str:
        told = {"severity": named(severity.name), "days": cap.bound}
        if place == 0 and len(severity.caps) > 1:
            return _("A record classed %(severity)s, first %(days)s days") % told
        return _("A record classed %(severity)s, until day %(days)s") % told

    return in_both(words)


def _dimension(ruleset: RuleSet, cap: Cap) -> Text:
    numbers = ruleset.ceilings.dimensions
    dimensions = [dimension for dimension in ruleset.dimensions if dimension.number in numbers]

    def words() -> str:
        names = _(", ").join(named(dimension.name) for dimension in dimensions)
        return _("Any of %(names)s below %(percent)s %%") % {"names": names, "percent": cap.bound * 100 // R}

    return in_both(words)


def _evidence(rule: Evidence) -> Text:
    told = {"months": rule.months, "confidence": f"{rule.confidence * 100 // R / 100:.2f}"}
    return in_both(lambda: _("Member for under %(months)s months, or confidence below %(confidence)s") % told)
