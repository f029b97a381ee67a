"""Questions about remedies: what a thing is and who had a hand in it; lists with clocks; marks for credit.

Each works in the console's scope, where only the association's own rows exist, and for the engine.
"""

from associations.remedies.selectors.beside import Beside, Marks, marks
from associations.remedies.selectors.lists import (
    corrections,
    due,
    objections,
    of_member,
    repairs,
    statements,
    waiting,
)
from associations.remedies.selectors.repairing import Repairable, letter_of, repairable, weighed
from associations.remedies.selectors.things import Found, find, standing

__all__ = [
    "Beside",
    "Found",
    "Marks",
    "Repairable",
    "corrections",
    "due",
    "find",
    "letter_of",
    "marks",
    "objections",
    "of_member",
    "repairable",
    "repairs",
    "standing",
    "statements",
    "waiting",
    "weighed",
]
