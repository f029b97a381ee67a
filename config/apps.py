"""`config` is an application only for the sake of its commands; it has no models."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConfigConfig(AppConfig):
    """The wiring."""

    name = "config"
    verbose_name = _("Wiring")
