"""Keeping every version that was announced, or rated anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from credit.rulesets.models import RuleSetVersion

if TYPE_CHECKING:
    from credit.rulesets.method import RuleSet


def keep(ruleset: RuleSet, *, association_id: int | None = None) -> None:
    """Keep the version's canonical bytes, once. Call as the engine, once a batch.

    Asked of the database each time: what a process remembers may have been rolled back since.
    """
    RuleSetVersion.objects.get_or_create(
        sha256=ruleset.digest,
        defaults={
            "association_id": association_id,
            "name": ruleset.id,
            "canonical": ruleset.canonical,
            "effective_on": ruleset.effective_from,
        },
    )
