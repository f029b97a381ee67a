"""Django's entry for this application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssociationsConfig(AppConfig):
    """Facts, always inside one association's scope."""

    name = "associations"
    label = "associations"
    verbose_name = _("Associations")
