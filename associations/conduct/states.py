from django.db import models
from django.utils.translation import gettext_lazy as _


class FactKind(models.IntegerChoices):
    """What a fact tells, and what its quantities mean. The numbers are those of the rating engine."""

    # a orders, b complaints upheld, c closed, d answered in time, e resolved
    FIGURES = 1, _("Monthly figures")
    MEDIATION = 2, _("Mediation")  # a agreements made, b performed
    CHECK = 3, _("Checklist item")  # code item, a 1 in order 0 not
    TRAINING = 4, _("Training")  # a hours
    EXAM = 5, _("Exam")  # a 1 passed 0 not
    CONTROL = 6, _("Internal control")  # code control, a 1 in place 0 not
    COMMITMENT = 7, _("Commitment")  # a due, b performed
    CONTRIBUTION = 8, _("Contribution")  # a points
    LICENCE = 9, _("Licence")  # until_on last valid day
    VIOLATION = 10, _("Violation")  # code catalogue number, severity 1–4
    ROSTER = 11, _("Agency roster")  # a signed streamers, b trained
    DUTY = 12, _("Training duty")  # occurred_on the day it falls due
    UNPERFORMED = 13, _("Sanction or agreement not performed")
    BAN = 14, _("Expulsion or bar")  # until_on last day, none for life
    REVIEW = 15, _("Under review")
    LEFT = 16, _("Left the association")
    LAPSED = 17, _("Licence lapsed")
    REVERSAL = 20, _("Reversed")
    REPAIR = 21, _("Repaired")
    STAY = 22, _("Stayed on appeal")
    STAY_ENDED = 23, _("Stay ended")
    DISCHARGE = 24, _("Discharged")
    CORRECTION = 25, _("Corrected")


class Severity(models.IntegerChoices):
    NONE = 0, _("None")
    MINOR = 1, _("Minor")
    GENERAL = 2, _("General")
    SERIOUS = 3, _("Serious")
    EXTREME = 4, _("Extreme")
