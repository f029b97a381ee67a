from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    FILED = "filed", _("Filed")
    NOTICED = "noticed", _("Notice served")
    HEARD = "heard", _("Statement closed")
    PANEL = "panel", _("Before the panel")
    DECIDED = "decided", _("Decided")
    SERVED = "served", _("Decision served")
    EFFECTIVE = "effective", _("In force")
    REVERSED = "reversed", _("Reversed")
    CLOSED = "closed", _("Closed")
    DROPPED = "dropped", _("Dropped")
    HISTORY = "history", _("History, does not count")


class Measure(models.IntegerChoices):
    """The ladder of measures, L1–L6 (DOMAIN 1.9)."""

    REMINDER = 1, _("Talk, undertaking or extra training")
    WARNING = 2, _("Warning, correction ordered")
    INTERNAL_CENSURE = 3, _("Censure among members")
    PUBLIC_CENSURE = 4, _("Public censure, member rights suspended")
    EXPULSION = 5, _("Expulsion")
    LIFETIME_BAR = 6, _("Bar for life")


class StatementKind(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    WAIVED = "waived", _("Waived")
    LAPSED = "lapsed", _("Not submitted in time")


class Lack(models.TextChoices):
    """Why a decision does not count."""

    QUORUM = "quorum", _("fewer members present than the charter asks")
    MAJORITY = "majority", _("no majority of those present")
    NOTICE = "notice", _("no proof that notice was served")
    STATEMENT = "statement", _("neither statement nor waiver nor lapse recorded")
    DEFENCE_WINDOW = "defence_window", _("decided before the time for defence was over")
    CHARTER = "charter", _("no charter basis")
