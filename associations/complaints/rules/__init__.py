"""The by-laws, one function each: `may_<verb>(user, file, …) -> Verdict`.

*Who* is asked of the role table, *when* of TRANSITIONS; what remains stands here. Nothing here asks the database
anything but the roles of the user. `on` is the day the step is dated; left out, the question is whether the step is
open at all (the page's buttons). What the complainant does is proven by number and code, and no user stands behind it.
"""

from associations.complaints.rules.handling import (
    may_accept,
    may_acknowledge,
    may_answer_pattern,
    may_enter,
    may_hand_on,
    may_name,
    may_refuse,
    may_release,
    may_see_contact,
    may_transfer,
    may_withdraw,
)
from associations.complaints.rules.hearing import (
    may_answer,
    may_close_reply,
    may_default,
    may_fail,
    may_hand_in,
    may_mediate,
    may_perform,
    may_propose,
    may_reply,
    may_say,
    may_write,
)
from associations.complaints.rules.outcome import (
    may_advance,
    may_close,
    may_deposit,
    may_find,
    may_lead,
    may_recover,
    may_refer,
    may_satisfy,
    may_write_off,
)

__all__ = [
    "may_accept",
    "may_acknowledge",
    "may_advance",
    "may_answer",
    "may_answer_pattern",
    "may_close",
    "may_close_reply",
    "may_default",
    "may_deposit",
    "may_enter",
    "may_fail",
    "may_find",
    "may_hand_in",
    "may_hand_on",
    "may_lead",
    "may_mediate",
    "may_name",
    "may_perform",
    "may_propose",
    "may_recover",
    "may_refer",
    "may_refuse",
    "may_release",
    "may_reply",
    "may_satisfy",
    "may_say",
    "may_see_contact",
    "may_transfer",
    "may_withdraw",
    "may_write",
    "may_write_off",
]
