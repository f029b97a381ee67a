"""The verbs of discipline. Each is one transaction inside the association's scope: check, change, record.

Every verb holds its case for the transaction, so that of two done at once the second sees the first and is refused.
`on`-like days default to today (Shanghai) and are never in the future or before the previous step.
"""

from associations.discipline.services.appealing import appeal, review, serve_appeal, withdraw_appeal
from associations.discipline.services.counting import count_like_cases
from associations.discipline.services.deciding import approve, decide, draft_of, record_board_vote
from associations.discipline.services.delivery import open_letter
from associations.discipline.services.effect import (
    close_case,
    record_performance,
    serve_decision,
    take_effect,
    take_effect_everywhere,
)
from associations.discipline.services.ending import (
    drop,
    end,
    no_case,
    settle,
    time_bar,
    transfer,
    withdraw,
)
from associations.discipline.services.evidence import add_evidence
from associations.discipline.services.export import Archive, export_case
from associations.discipline.services.filing import (
    extend,
    file_case,
    open_case,
    open_lead,
    reassign,
    report,
    weigh,
)
from associations.discipline.services.hearing import (
    ask_hearing,
    call_hearing,
    give_up_hearing,
    hold_hearing,
    lapse,
    lay_notice,
    serve_notice,
    take_statement,
    waive,
)
from associations.discipline.services.hearing_day import call_hearings, may_call_each, slots
from associations.discipline.services.panel import form_panel, recuse, replace, vote
from associations.discipline.services.papers import issue_document
from associations.discipline.services.past import (
    PastDecision,
    Recorded,
    record_past_decision,
    record_past_decisions,
)
from associations.discipline.services.reversing import (
    drop_reversal,
    propose_reversal,
    refuse_reversal,
    reverse,
)
from associations.discipline.terms import (
    APPEAL_DAYS,
    HEARING_DAYS,
    STATEMENT_DAYS,
    STATEMENT_DAYS_LEAST,
    ban_until,
    ends_on,
)

__all__ = [
    "APPEAL_DAYS",
    "HEARING_DAYS",
    "STATEMENT_DAYS",
    "STATEMENT_DAYS_LEAST",
    "Archive",
    "PastDecision",
    "Recorded",
    "add_evidence",
    "appeal",
    "approve",
    "ask_hearing",
    "ban_until",
    "call_hearing",
    "call_hearings",
    "close_case",
    "count_like_cases",
    "decide",
    "draft_of",
    "drop",
    "drop_reversal",
    "end",
    "ends_on",
    "export_case",
    "extend",
    "file_case",
    "form_panel",
    "give_up_hearing",
    "hold_hearing",
    "issue_document",
    "lapse",
    "lay_notice",
    "may_call_each",
    "no_case",
    "open_case",
    "open_lead",
    "open_letter",
    "propose_reversal",
    "reassign",
    "record_board_vote",
    "record_past_decision",
    "record_past_decisions",
    "record_performance",
    "recuse",
    "refuse_reversal",
    "replace",
    "report",
    "reverse",
    "review",
    "serve_appeal",
    "serve_decision",
    "serve_notice",
    "settle",
    "slots",
    "take_effect",
    "take_effect_everywhere",
    "take_statement",
    "time_bar",
    "transfer",
    "vote",
    "waive",
    "weigh",
    "withdraw",
    "withdraw_appeal",
]
