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
