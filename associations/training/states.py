from __future__ import annotations

from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _

from associations.members.states import Category


class Presence(models.TextChoices):
    PRESENT = "present", _("Present")
    ABSENT = "absent", _("Absent")
    EXCUSED = "excused", _("On leave")


class DutyState(models.TextChoices):
    """How a member stands with the duty of a year."""

    DONE = "done", _("Done")
    UNDER_WAY = "under_way", _("Under way")
    NOT_BEGUN = "not_begun", _("Not begun")
    OVERDUE = "overdue", _("Overdue")
    NOT_OWED = "not_owed", _("Not owed")


class CertificateState(models.TextChoices):
    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn: the result was corrected")


DEFAULT_DUTIES = MappingProxyType(
    {
        Category.PLATFORM: (24, True),
        Category.AGENCY: (16, True),
        Category.OPERATOR: (8, False),
        Category.STREAMER: (12, True),
    }
)
"""Hours a year and whether an exam must be passed (SCORING A8), until an association sets its own."""
