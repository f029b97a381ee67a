from django.db import models
from django.utils.translation import gettext_lazy as _


class RehearsalState(models.TextChoices):
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


NOT_RATED, SUSPENDED, LEFT, NEW = 0, 11, 12, 13
"""Outcomes beside the ten grades; NEW has no standing rating."""


class Age(models.IntegerChoices):
    """Years of membership."""

    UNDER_1 = 0, _("under 1 year")
    ONE = 1, _("1 year")
    TWO = 2, _("2 years")
    UNDER_5 = 3, _("3 or 4 years")
    MORE = 4, _("5 years or more")


class Why(models.IntegerChoices):
    """The main reason of a move; the first six are the dimensions."""

    D1 = 1, _("compliance record")
    D2 = 2, _("consumer rights")
    D3 = 3, _("qualification and transparency")
    D4 = 4, _("training and controls")
    D5 = 5, _("promises kept")
    D6 = 6, _("contribution")
    STATE = 7, _("another state")
    CEILING = 8, _("another ceiling")
    BOUNDS = 9, _("other bounds of the grades")
