"""The by-laws, one function each: `may_<verb>(user, file, …) -> Verdict`.

*Who* is asked of the role table, *when* of TRANSITIONS; what remains stands here. Nothing here asks the database
anything but the roles of the user. `on` is the day the step is dated; left out, the question is whether the step
is open at all (the page's buttons). `acting` are the users who act for the member, `interested` the same where they
are to be kept out.
"""

from associations.discipline.rules.appealing import may_appeal, may_review, may_withdraw_appeal
from associations.discipline.rules.delivery import may_open_letter, opening_serves
from associations.discipline.rules.ending import (
    BY_LAW,
    may_drop,
    may_find_no_case,
    may_settle,
    may_time_bar,
    may_transfer,
    may_withdraw,
)
from associations.discipline.rules.evidence import may_add_evidence
from associations.discipline.rules.filing import (
    may_extend,
    may_file,
    may_open,
    may_reassign,
    may_report,
    may_weigh,
)
from associations.discipline.rules.hearing import (
    may_ask_hearing,
    may_call_hearing,
    may_close_statement,
    may_give_up_hearing,
    may_hold_hearing,
    may_lay_notice,
    may_serve_notice,
    may_take_statement,
    may_waive,
)
from associations.discipline.rules.judging import (
    APPROVALS_AT_LEAST,
    Draft,
    lacks_of,
    may_approve,
    may_decide,
    may_record_board_vote,
)
from associations.discipline.rules.outcome import (
    may_close,
    may_record_performance,
    may_serve,
    may_serve_appeal,
)
from associations.discipline.rules.panel import (
    PANEL_AT_LEAST,
    may_form_panel,
    may_recuse,
    may_replace,
    may_vote,
)
from associations.discipline.rules.papers import RESTS_ON, may_export, may_issue
from associations.discipline.rules.reversing import (
    may_drop_reversal,
    may_propose_reversal,
    may_refuse_reversal,
    may_reverse,
)

__all__ = [
    "APPROVALS_AT_LEAST",
    "BY_LAW",
    "PANEL_AT_LEAST",
    "RESTS_ON",
    "Draft",
    "lacks_of",
    "may_add_evidence",
    "may_appeal",
    "may_approve",
    "may_ask_hearing",
    "may_call_hearing",
    "may_close",
    "may_close_statement",
    "may_decide",
    "may_drop",
    "may_drop_reversal",
    "may_export",
    "may_extend",
    "may_file",
    "may_find_no_case",
    "may_form_panel",
    "may_give_up_hearing",
    "may_hold_hearing",
    "may_issue",
    "may_lay_notice",
    "may_open",
    "may_open_letter",
    "may_propose_reversal",
    "may_reassign",
    "may_record_board_vote",
    "may_record_performance",
    "may_recuse",
    "may_refuse_reversal",
    "may_replace",
    "may_report",
    "may_reverse",
    "may_review",
    "may_serve",
    "may_serve_appeal",
    "may_serve_notice",
    "may_settle",
    "may_take_statement",
    "may_time_bar",
    "may_transfer",
    "may_vote",
    "may_waive",
    "may_weigh",
    "may_withdraw",
    "may_withdraw_appeal",
    "opening_serves",
]
