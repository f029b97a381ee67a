"""Which rule set is in force, and keeping every version that ever rated anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from credit.rulesets import method
from credit.rulesets.models import RuleSetVersion

if TYPE_CHECKING:
    from datetime import date

    from credit.rulesets.method import RuleSet


def ruleset_in_force(association_id: int, day: date) -> RuleSet:
    """The rule set an association's members are rated by on a day: LCR-1 until it has adopted its own."""
    del association_id, day
    return method.default()


def keep(ruleset: RuleSet) -> None:
    """Keep the version's canonical bytes, once. Call as the engine, once a batch.

    Asked of the database each time: what a process remembers may have been rolled back since.
    """
    RuleSetVersion.objects.get_or_create(
        sha256=ruleset.digest,
        defaults={
            "name": ruleset.id,
            "canonical": ruleset.canonical,
            "effective_on": ruleset.effective_from,
        },
    )
