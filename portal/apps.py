"""Django's entry for this application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The public face: read-only pages and API over what was published; no models."""

    name = "portal"
    label = "portal"
    verbose_name = _("Portal")
