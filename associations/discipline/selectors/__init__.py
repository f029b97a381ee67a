"""Questions to discipline: the file of a case, lists of cases, and for credit what the gate must know."""

from associations.discipline.selectors.case_file import (
    CaseFile,
    SeatRow,
    VoteRow,
    file_of,
    hold,
    interested_in,
)
from associations.discipline.selectors.delivery import LetterRow, Seen, agreed_to_desk, letters_of
from associations.discipline.selectors.evidence import evidence_of
from associations.discipline.selectors.hearings import hearings_owed, latest_calls
from associations.discipline.selectors.like import Guidance, guidance
from associations.discipline.selectors.lists import Due, cases, due_of, waiting
from associations.discipline.selectors.panels import (
    appeals_unserved,
    panels_of,
    proposals_open,
    proposers,
)
from associations.discipline.selectors.papers import documents_of, standing
from associations.discipline.selectors.people import (
    clerks,
    people_involved,
    people_of,
    reviewers,
    reviewers_for,
)
from associations.discipline.selectors.published import (
    DecisionFacts,
    counting_decisions,
    decision_for_publication,
    decisions_changed_since,
    decisions_for_publication,
)
from associations.discipline.selectors.references import Reference, references

__all__ = [
    "CaseFile",
    "DecisionFacts",
    "Due",
    "Guidance",
    "LetterRow",
    "Reference",
    "SeatRow",
    "Seen",
    "VoteRow",
    "agreed_to_desk",
    "appeals_unserved",
    "cases",
    "clerks",
    "counting_decisions",
    "decision_for_publication",
    "decisions_changed_since",
    "decisions_for_publication",
    "documents_of",
    "due_of",
    "evidence_of",
    "file_of",
    "guidance",
    "hearings_owed",
    "hold",
    "interested_in",
    "latest_calls",
    "letters_of",
    "panels_of",
    "people_involved",
    "people_of",
    "proposals_open",
    "proposers",
    "references",
    "reviewers",
    "reviewers_for",
    "standing",
    "waiting",
]
