"""The console's pages of remedies: what waits, one of them, what a clerk enters from a member's paper."""

from associations.remedies.views.answering import correction, letter, objection, remedies, repair, statement
from associations.remedies.views.entering import (
    enter_correction,
    enter_objection,
    enter_repair,
    enter_statement,
    of_member,
)

__all__ = [
    "correction",
    "enter_correction",
    "enter_objection",
    "enter_repair",
    "enter_statement",
    "letter",
    "objection",
    "of_member",
    "remedies",
    "repair",
    "statement",
]
