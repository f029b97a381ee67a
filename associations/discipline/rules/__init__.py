"""The by-laws, one function each: `may_<verb>(user, file, …) -> Verdict`.

*Who* is asked of the role table, *when* of TRANSITIONS; what remains stands here. Nothing here asks the database
anything but the roles of the user. `on` is the day the step is dated; left out, the question is whether the step
is open at all (the page's buttons).
"""

from associations.discipline.rules.hearing import (
    may_close_statement,
    may_open,
    may_serve_notice,
    may_take_statement,
    may_waive,
)
from associations.discipline.rules.judging import (
    PANEL_AT_LEAST,
    Draft,
    lacks_of,
    may_decide,
    may_form_panel,
    may_recuse,
    may_replace,
    may_vote,
)
from associations.discipline.rules.outcome import may_close, may_drop, may_reverse, may_serve

__all__ = [
    "PANEL_AT_LEAST",
    "Draft",
    "lacks_of",
    "may_close",
    "may_close_statement",
    "may_decide",
    "may_drop",
    "may_form_panel",
    "may_open",
    "may_recuse",
    "may_replace",
    "may_reverse",
    "may_serve",
    "may_serve_notice",
    "may_take_statement",
    "may_vote",
    "may_waive",
]
