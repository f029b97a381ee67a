"""The verbs of rule sets: keeping what rated anybody, and an association's own versions from draft to end."""

from credit.rulesets.selectors import in_force, ruleset_in_force, ruleset_of
from credit.rulesets.services.adopting import (
    approve,
    close_consultation,
    consult,
    draft,
    publish,
    revise,
    withdraw,
)
from credit.rulesets.services.keeping import keep
from credit.rulesets.services.turning import turn

__all__ = [
    "approve",
    "close_consultation",
    "consult",
    "draft",
    "in_force",
    "keep",
    "publish",
    "revise",
    "ruleset_in_force",
    "ruleset_of",
    "turn",
    "withdraw",
]
