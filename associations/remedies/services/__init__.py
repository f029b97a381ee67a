"""The verbs of remedies. Each is one transaction inside the association's scope: check, change, record.

What is upheld, confirmed or granted is a fact in the same transaction, so the rating follows at once; what stands
beside a record is queued for publication (`queue`), and the workers are woken.
"""

from associations.remedies.services.asking import (
    answer_objection,
    confirm_correction,
    correct,
    object_to,
    withdraw,
)
from associations.remedies.services.papers import issue_letter
from associations.remedies.services.repairing import ask_repair, decide_repair
from associations.remedies.services.speaking import check, speak, take_back

__all__ = [
    "answer_objection",
    "ask_repair",
    "check",
    "confirm_correction",
    "correct",
    "decide_repair",
    "issue_letter",
    "object_to",
    "speak",
    "take_back",
    "withdraw",
]
