"""The verbs of discipline. Each is one transaction inside the association's scope: check, change, record.

Every verb holds its case for the transaction, so that of two done at once the second sees the first and is refused.
`on`-like days default to today (Shanghai) and are never in the future or before the previous step.
"""

from associations.discipline.services.deciding import (
    close_case,
    decide,
    draft_of,
    drop,
    reverse,
    serve_decision,
    take_effect,
    take_effect_everywhere,
)
from associations.discipline.services.hearing import lapse, open_case, serve_notice, take_statement, waive
from associations.discipline.services.panel import form_panel, recuse, replace, vote
from associations.discipline.services.past import (
    PastDecision,
    Recorded,
    record_past_decision,
    record_past_decisions,
)
from associations.discipline.services.terms import (
    APPEAL_DAYS,
    STATEMENT_DAYS,
    STATEMENT_DAYS_LEAST,
    ban_until,
    ends_on,
)

__all__ = [
    "APPEAL_DAYS",
    "STATEMENT_DAYS",
    "STATEMENT_DAYS_LEAST",
    "PastDecision",
    "Recorded",
    "ban_until",
    "close_case",
    "decide",
    "draft_of",
    "drop",
    "ends_on",
    "form_panel",
    "lapse",
    "open_case",
    "record_past_decision",
    "record_past_decisions",
    "recuse",
    "replace",
    "reverse",
    "serve_decision",
    "serve_notice",
    "take_effect",
    "take_effect_everywhere",
    "take_statement",
    "vote",
    "waive",
]
