"""`config` is an application for the sake of its commands alone; it has no models."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.utils.translation import gettext_lazy as _


class ConfigConfig(AppConfig):
    """The wiring."""

    name = "config"
    verbose_name = _("Wiring")


class StaticFiles(StaticFilesConfig):
    """Django's static files, without what packages ship for pages nobody opens here."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "rest_framework",  # its browsable pages; we answer JSON only
        "redoc",
        "swagger-ui-es*",
        "gis",
    ]
