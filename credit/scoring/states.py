from django.db import models
from django.utils.translation import gettext_lazy as _


class Grade(models.IntegerChoices):
    NONE = 0, "NR"
    AAA = 1, "AAA"
    AA = 2, "AA"
    A = 3, "A"
    BBB = 4, "BBB"
    BB = 5, "BB"
    B = 6, "B"
    CCC = 7, "CCC"
    CC = 8, "CC"
    C = 9, "C"
    D = 10, "D"


class State(models.IntegerChoices):
    RATED = 0, _("Rated")
    PROVISIONAL = 1, _("Provisional")
    NOT_RATED = 2, _("Not rated")
    SUSPENDED = 3, _("Suspended")
    WITHDRAWN = 4, _("Withdrawn")
    BARRED = 5, _("Barred")


class Size(models.IntegerChoices):
    """Orders of the last 365 days, from the monthly figures."""

    NONE = 0, _("no orders known")
    UNDER_1000 = 1, _("under 1,000 orders")
    UNDER_10000 = 2, _("1,000 to 9,999 orders")
    UNDER_100000 = 3, _("10,000 to 99,999 orders")
    MORE = 4, _("100,000 orders or more")
