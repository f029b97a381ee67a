"""The console's pages of rule sets: all versions, one version, and a page for each verb."""

from credit.rulesets.views.reading import default, source, version, versions
from credit.rulesets.views.steps import (
    approve,
    close_consultation,
    consult,
    new,
    publish,
    revise,
    withdraw,
)

__all__ = [
    "approve",
    "close_consultation",
    "consult",
    "default",
    "new",
    "publish",
    "revise",
    "source",
    "version",
    "versions",
    "withdraw",
]
