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


class Step(models.TextChoices):
    """What moves a case, or is done while it stays where it is."""

    OPEN = "open", _("Case opened")
    RECORD = "record", _("Past decision recorded")
    SERVE_NOTICE = "serve_notice", _("Prior notice served")
    TAKE_STATEMENT = "take_statement", _("Statement received")
    WAIVE = "waive", _("Statement waived")
    LAPSE = "lapse", _("Time for the statement over")
    FORM_PANEL = "form_panel", _("Panel formed")
    RECUSE = "recuse", _("Panel member recused")
    REPLACE = "replace", _("Replacement seated")
    VOTE = "vote", _("Vote cast")
    DECIDE = "decide", _("Decision made")
    SERVE_DECISION = "serve_decision", _("Decision handed over")
    TAKE_EFFECT = "take_effect", _("Time for appeal over")
    CLOSE = "close", _("Measure carried out, case closed")
    REVERSE = "reverse", _("Decision reversed")
    DROP = "drop", _("Case dropped")


TRANSITIONS: dict[CaseState, dict[Step, CaseState]] = {
    CaseState.FILED: {Step.SERVE_NOTICE: CaseState.NOTICED, Step.DROP: CaseState.DROPPED},
    CaseState.NOTICED: {
        Step.TAKE_STATEMENT: CaseState.HEARD,
        Step.WAIVE: CaseState.HEARD,
        Step.LAPSE: CaseState.HEARD,
        Step.DROP: CaseState.DROPPED,
    },
    CaseState.HEARD: {Step.FORM_PANEL: CaseState.PANEL, Step.DROP: CaseState.DROPPED},
    CaseState.PANEL: {
        Step.RECUSE: CaseState.PANEL,
        Step.REPLACE: CaseState.PANEL,
        Step.VOTE: CaseState.PANEL,
        Step.DECIDE: CaseState.DECIDED,
        Step.DROP: CaseState.DROPPED,
    },
    CaseState.DECIDED: {Step.SERVE_DECISION: CaseState.SERVED, Step.REVERSE: CaseState.REVERSED},
    CaseState.SERVED: {Step.TAKE_EFFECT: CaseState.EFFECTIVE, Step.REVERSE: CaseState.REVERSED},
    CaseState.EFFECTIVE: {Step.CLOSE: CaseState.CLOSED, Step.REVERSE: CaseState.REVERSED},
    CaseState.CLOSED: {Step.REVERSE: CaseState.REVERSED},
    CaseState.REVERSED: {},
    CaseState.DROPPED: {},
    CaseState.HISTORY: {},  # imported, lacks what would make it count
}

OPEN = (CaseState.FILED, CaseState.NOTICED, CaseState.HEARD, CaseState.PANEL, CaseState.DECIDED)
"""Something is still to be done before the case binds anybody."""


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
    NOTICE = "notice", _("no proof that notice was served before the decision")
    STATEMENT = "statement", _("neither statement nor waiver nor lapse recorded")
    DEFENCE_WINDOW = "defence_window", _("decided before the time for defence was over")
    CHARTER = "charter", _("no charter basis")
