"""The tables of discipline: fields and constraints, no workflow."""

from associations.discipline.models.case import Case, CaseEvent, Circumstance, Ending, Extension, Part
from associations.discipline.models.delivery import LetterOpened
from associations.discipline.models.evidence import CaseEvidence
from associations.discipline.models.hearing import (
    Hearing,
    HearingCall,
    InvestigationReport,
    Minutes,
    Notice,
    NoticeLaid,
    Statement,
)
from associations.discipline.models.judgement import Approval, BoardVote, Decision, Seat, Vote
from associations.discipline.models.like import LikeCases
from associations.discipline.models.outcome import (
    Appeal,
    AppealDecision,
    AppealOpinion,
    AppealService,
    Performance,
    Reversal,
    ReversalProposal,
    Service,
)
from associations.discipline.models.papers import CaseDocument

__all__ = [
    "Appeal",
    "AppealDecision",
    "AppealOpinion",
    "AppealService",
    "Approval",
    "BoardVote",
    "Case",
    "CaseDocument",
    "CaseEvent",
    "CaseEvidence",
    "Circumstance",
    "Decision",
    "Ending",
    "Extension",
    "Hearing",
    "HearingCall",
    "InvestigationReport",
    "LetterOpened",
    "LikeCases",
    "Minutes",
    "Notice",
    "NoticeLaid",
    "Part",
    "Performance",
    "Reversal",
    "ReversalProposal",
    "Seat",
    "Service",
    "Statement",
    "Vote",
]
