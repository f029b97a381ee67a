"""Django's entry for this application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """What everything stands on: accounts, credit subjects, the ledger, the walls."""

    name = "core"
    label = "core"
    verbose_name = _("Core")
