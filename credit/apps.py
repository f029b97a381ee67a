"""Django's entry for this application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CreditConfig(AppConfig):
    """Judgements, computed from facts, append-only."""

    name = "credit"
    label = "credit"
    verbose_name = _("Credit")
