"""Questions to discipline: the file of a case, lists of cases, and for credit what the gate must know."""

from associations.discipline.selectors.case_file import CaseFile, SeatRow, VoteRow, file_of, interested_in
from associations.discipline.selectors.lists import CLOCKS, Due, cases, due_of, waiting
from associations.discipline.selectors.people import people_involved
from associations.discipline.selectors.published import (
    DecisionFacts,
    counting_decisions,
    decision_for_publication,
    decisions_changed_since,
    decisions_for_publication,
)

__all__ = [
    "CLOCKS",
    "CaseFile",
    "DecisionFacts",
    "Due",
    "SeatRow",
    "VoteRow",
    "cases",
    "counting_decisions",
    "decision_for_publication",
    "decisions_changed_since",
    "decisions_for_publication",
    "due_of",
    "file_of",
    "interested_in",
    "people_involved",
    "waiting",
]
