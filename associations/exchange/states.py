from django.db import models
from django.utils.translation import gettext_lazy as _


class PeerKind(models.TextChoices):
    """Who sends by a key. The values are those of a complaint's origin."""

    PLATFORM = "platform", _("A platform")
    AUTHORITY = "authority", _("An authority")
