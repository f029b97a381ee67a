from django.db import models
from django.utils.translation import gettext_lazy as _


class Paper(models.TextChoices):
    """What kind of paperwork a file is."""

    MEMBERS = "members", _("Member list")
    STREAMERS = "streamers", _("Streamer list")
    TRAINING = "training", _("Training attendance")
    DECISIONS = "decisions", _("Past decisions")
    FIGURES = "figures", _("Monthly figures of a platform")


class RunState(models.TextChoices):
    PREVIEW = "preview", _("Preview")
    WAITING = "waiting", _("Waiting for a worker")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    REFUSED = "refused", _("File refused")
    CANCELLED = "cancelled", _("Cancelled")
