"""The tables of discipline: fields and constraints, no workflow."""

from associations.discipline.models.case import Case, CaseEvent, Notice, Statement
from associations.discipline.models.judgement import Decision, Reversal, Seat, Service, Vote

__all__ = ["Case", "CaseEvent", "Decision", "Notice", "Reversal", "Seat", "Service", "Statement", "Vote"]
