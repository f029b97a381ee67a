"""What a rule set may speak of: kinds of facts, their quantities, forms of indicators.

The numbers are those of the conduct file (associations.conduct.states); a test holds the two together.
Pure: standard library only, so that the offline verifier can use it.
"""

from enum import IntEnum

R = 1_000_000
"""The unit of ratios: R is all of it. 1000 points are R milli-points as well."""

GRADES = ("AAA", "AA", "A", "BBB", "BB", "B", "CCC", "CC", "C", "D")
"""Letters of GB/T 22116-2008; a grade's number is its place, 1 for AAA … 10 for D, 0 for none."""

WORST = len(GRADES)


class Kind(IntEnum):
    """What a fact is about. From 20 on a fact says something about another fact (`ref_id`)."""

    FIGURES = 1
    MEDIATION = 2
    CHECK = 3
    TRAINING = 4
    EXAM = 5
    CONTROL = 6
    COMMITMENT = 7
    CONTRIBUTION = 8
    LICENCE = 9
    VIOLATION = 10
    ROSTER = 11
    DUTY = 12
    UNPERFORMED = 13
    BAN = 14
    REVIEW = 15
    LEFT = 16
    LAPSED = 17
    REVERSAL = 20
    REPAIR = 21
    STAY = 22
    STAY_ENDED = 23
    DISCHARGE = 24
    CORRECTION = 25


FIRST_ABOUT_ANOTHER = Kind.REVERSAL

KINDS = {kind.name.lower(): kind for kind in Kind}

QUANTITIES = {
    "figures.orders": (Kind.FIGURES, "a"),
    "figures.upheld": (Kind.FIGURES, "b"),
    "figures.closed": (Kind.FIGURES, "c"),
    "figures.answered": (Kind.FIGURES, "d"),
    "figures.resolved": (Kind.FIGURES, "e"),
    "mediation.made": (Kind.MEDIATION, "a"),
    "mediation.performed": (Kind.MEDIATION, "b"),
    "training.hours": (Kind.TRAINING, "a"),
    "commitment.due": (Kind.COMMITMENT, "a"),
    "commitment.performed": (Kind.COMMITMENT, "b"),
    "contribution.points": (Kind.CONTRIBUTION, "a"),
}
"""Every quantity an indicator may use. What is not here cannot be an input: fees, length of membership,
followers have no name. Orders are sales volume: they may stand under a fraction, never on their own."""

UNDER_ONLY = frozenset({"figures.orders"})
"""Quantities that may divide another and nothing else."""

PAIRS = frozenset(
    {
        ("figures.answered", "figures.closed"),
        ("figures.resolved", "figures.closed"),
        ("mediation.performed", "mediation.made"),
        ("commitment.performed", "commitment.due"),
    }
)
"""Ratios that make sense: the first is a part of the second and more of it is better."""
