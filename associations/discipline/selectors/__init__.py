"""Questions to discipline: the file of a case, lists of cases, and for credit what the gate must know."""

from associations.discipline.selectors.case_file import CaseFile, SeatRow, VoteRow, file_of, interested_in
from associations.discipline.selectors.evidence import evidence_of
from associations.discipline.selectors.like import Guidance, guidance
from associations.discipline.selectors.lists import Due, cases, due_of, waiting
from associations.discipline.selectors.people import clerks, people_involved, reviewers
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
    "Reference",
    "SeatRow",
    "VoteRow",
    "cases",
    "clerks",
    "counting_decisions",
    "decision_for_publication",
    "decisions_changed_since",
    "decisions_for_publication",
    "due_of",
    "evidence_of",
    "file_of",
    "guidance",
    "interested_in",
    "people_involved",
    "references",
    "reviewers",
    "waiting",
]
