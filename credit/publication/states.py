from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordKind(models.TextChoices):
    RATING = "rating", _("Rating")
    DECISION = "decision", _("Decision")
    BAR = "bar", _("Bar")


class CandidateState(models.TextChoices):
    BLOCKED = "blocked", _("Something is missing")
    READY = "ready", _("Ready, waits for approval")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


TRANSITIONS: dict[CandidateState, frozenset[CandidateState]] = {
    CandidateState.BLOCKED: frozenset(
        {CandidateState.READY, CandidateState.PUBLISHED, CandidateState.WITHDRAWN}
    ),
    CandidateState.READY: frozenset(
        {CandidateState.BLOCKED, CandidateState.PUBLISHED, CandidateState.WITHDRAWN}
    ),
    CandidateState.PUBLISHED: frozenset({CandidateState.READY, CandidateState.WITHDRAWN}),
    CandidateState.WITHDRAWN: frozenset(
        {CandidateState.BLOCKED, CandidateState.READY, CandidateState.PUBLISHED}
    ),
}


class Withdrawn(models.TextChoices):
    """Why a record is no longer public."""

    PERIOD_OVER = "period_over", _("The period of publication is over")
    REVERSED = "reversed", _("The decision was reversed")
    REPAIRED = "repaired", _("The record was repaired")
    APPEALED = "appealed", _("An appeal is pending")
    BAR_ENDED = "bar_ended", _("The bar has ended or is suspended")
    LEFT = "left", _("No longer a member")
    CONSENT = "consent", _("Consent was withdrawn")
    GRADE_CHANGED = "grade_changed", _("The grade changed and must be confirmed again")
    OFFICER = "officer", _("Taken off by an officer")


class Code(StrEnum):
    """What the gate asks for. The order is that of the list an officer sees."""

    STANDS = "stands"
    SERVED = "served"
    APPEAL = "appeal"
    CHARTER = "charter"
    NOTICE = "notice"
    DEFENCE = "defence"
    VOTE = "vote"
    SEVERITY = "severity"
    END = "end"
    TOLD = "told"
    RULE_SET = "rule_set"
    BASIS = "basis"
    HELD = "held"
    CONFIRMATION = "confirmation"


class Basis(StrEnum):
    """On what ground a natural person's record may be public (PIPL Art. 25, 27)."""

    NONE = ""
    CONSENT = "consent"
    PUBLIC_SOURCE = "public_source"
