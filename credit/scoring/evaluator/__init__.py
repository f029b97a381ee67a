"""The pure evaluator: rule set + member + facts + day → a rating with every line of it.

Integers only, standard library only: no Django, no Celery, nothing of the database, so that the offline
verifier runs the very same code. Promise: same inputs, same bytes; the lines sum to the score; the rating
stays as it is until `next_change_on` unless a fact comes.
"""

from credit.scoring.evaluator.engine import ENGINE, evaluate
from credit.scoring.evaluator.facts import Checked, Fact, FactError, Member, Previous
from credit.scoring.evaluator.hashing import inputs_sha, member_json
from credit.scoring.evaluator.result import (
    WITHHOLDS,
    Ceiling,
    Evaluation,
    Line,
    Reason,
    State,
    Status,
    plain,
    plain_ceiling,
    plain_line,
)

__all__ = [
    "ENGINE",
    "WITHHOLDS",
    "Ceiling",
    "Checked",
    "Evaluation",
    "Fact",
    "FactError",
    "Line",
    "Member",
    "Previous",
    "Reason",
    "State",
    "Status",
    "evaluate",
    "inputs_sha",
    "member_json",
    "plain",
    "plain_ceiling",
    "plain_line",
]
