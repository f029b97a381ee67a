"""The roles a person can hold in an association."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CLERK = "clerk", _("Clerk")  # members, training, imports, opens cases
    REVIEWER = "reviewer", _("Reviewer")  # sits on panels, votes, answers screening questions
    DECIDER = "decider", _("Decider")  # signs decisions, approves publication
    ADMIN = "admin", _("Association administrator")  # charter, roles, settings
    OBSERVER = "observer", _("Regulator's observer")  # reads, changes nothing
    MEMBER = "member", _("Member")  # the member desk, own subject only


OFFICERS = frozenset({Role.CLERK, Role.REVIEWER, Role.DECIDER, Role.ADMIN, Role.OBSERVER})

NEED_SECOND_STEP = frozenset({Role.DECIDER, Role.ADMIN})
"""Roles for which a password alone does not do."""
