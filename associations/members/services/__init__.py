"""The verbs of this room. Each works in the scope its caller opened: rule, change, history, ledger.

What also leaves a fact in the conduct file (a check, leaving, admission for the rating) is wrapped by
`associations.conduct.checking`, which stands above this room; pages call that one.
"""

from associations.members.services.checklist import Finding, Plan, check_many, plan
from associations.members.services.joining import accept, admit, apply_to_join, draft, refuse, take_numbers
from associations.members.services.papers import (
    add_account,
    check_item,
    end_link,
    give_consent,
    link,
    withdraw_consent,
)
from associations.members.services.screening import answer_screening, screen
from associations.members.services.standing import change, expel, leave, reinstate, resume, suspend

__all__ = [
    "Finding",
    "Plan",
    "accept",
    "add_account",
    "admit",
    "answer_screening",
    "apply_to_join",
    "change",
    "check_item",
    "check_many",
    "draft",
    "end_link",
    "expel",
    "give_consent",
    "leave",
    "link",
    "plan",
    "refuse",
    "reinstate",
    "resume",
    "screen",
    "suspend",
    "take_numbers",
    "withdraw_consent",
]
