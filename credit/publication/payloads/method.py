"""A rule set as published: the whole method in both languages, and what the portal needs to draw a rating."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from credit.publication.payloads.conditions import conditions
from credit.publication.payloads.texts import LANGUAGES, iso, named
from credit.rulesets.methodology import sections

if TYPE_CHECKING:
    from credit.rulesets.method import RuleSet


def payload_of(ruleset: RuleSet) -> dict[str, Any]:
    """The method, section by section, with every ceiling it knows."""
    return {
        "kind": "ruleset",
        "id": ruleset.id,
        "version": ruleset.version,
        "name": named(ruleset.name),
        "sha256": ruleset.sha256,
        "effective_from": iso(ruleset.effective_from),
        "disclaimer": named(ruleset.texts["disclaimer"]),
        "categories": {str(number): named(each.name) for number, each in ruleset.categories.items()},
        "conditions": conditions(ruleset),
        "indicators": {
            each.number: {"name": named(each.name), "rule": named(each.rule), "section": dimension.key}
            for dimension in ruleset.dimensions
            for each in dimension.indicators
        },
        "sections": {key: _sections(ruleset, code) for key, code in LANGUAGES.items()},
        "rules": ruleset.canonical.decode(),
    }


def _sections(ruleset: RuleSet, language: str) -> list[dict[str, Any]]:
    with override(language):
        told: list[dict[str, Any]] = json.loads(
            json.dumps([asdict(each) for each in sections(ruleset, language, _)])
        )
    return told  # lists for tuples, as it comes back from the table
