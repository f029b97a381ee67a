from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.IntegerChoices):
    ORGANISATION = 1, _("Organisation")
    PERSON = 2, _("Person")


class MarkKind(models.IntegerChoices):
    """What a keyed hash was taken of."""

    USCC = 1, _("Unified social credit code")
    IDENTITY = 2, _("Identity number")
    ACCOUNT = 3, _("Platform account")
    NAME = 4, _("Name")
    LINK = 5, _("Signed with the barred one")  # watched only: an agency or streamer of a barred subject
