from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionState(models.TextChoices):
    """Where an association's own version stands."""

    DRAFT = "draft", _("Draft")
    CONSULTATION = "consultation", _("Under consultation")
    CONSULTED = "consulted", _("Consultation closed")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Announced")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("No longer in force")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Step(models.TextChoices):
    """What moves a version, or is done while it stays where it is."""

    REVISE = "revise", _("Text replaced")
    CONSULT = "consult", _("Put out for consultation")
    CLOSE_CONSULTATION = "close_consultation", _("Outcome of the consultation recorded")
    APPROVE = "approve", _("Approved by a second person")
    PUBLISH = "publish", _("Announced to the public")
    TAKE_EFFECT = "take_effect", _("Came into force")
    SUPERSEDE = "supersede", _("Ceased to be in force")
    WITHDRAW = "withdraw", _("Withdrawn before it was in force")


TRANSITIONS: dict[VersionState, dict[Step, VersionState]] = {
    VersionState.DRAFT: {
        Step.REVISE: VersionState.DRAFT,
        Step.CONSULT: VersionState.CONSULTATION,
        Step.WITHDRAW: VersionState.WITHDRAWN,
    },
    VersionState.CONSULTATION: {
        Step.CLOSE_CONSULTATION: VersionState.CONSULTED,
        Step.WITHDRAW: VersionState.WITHDRAWN,
    },
    VersionState.CONSULTED: {
        Step.APPROVE: VersionState.APPROVED,
        Step.WITHDRAW: VersionState.WITHDRAWN,
    },
    VersionState.APPROVED: {
        Step.PUBLISH: VersionState.PUBLISHED,
        Step.WITHDRAW: VersionState.WITHDRAWN,
    },
    VersionState.PUBLISHED: {
        Step.TAKE_EFFECT: VersionState.IN_FORCE,
        Step.WITHDRAW: VersionState.WITHDRAWN,
    },
    VersionState.IN_FORCE: {Step.SUPERSEDE: VersionState.SUPERSEDED},
    VersionState.SUPERSEDED: {},
    VersionState.WITHDRAWN: {},
}

DATED = (VersionState.PUBLISHED, VersionState.IN_FORCE, VersionState.SUPERSEDED)
"""Whose period counts: on each day of it, the association's members are rated by this version."""
