"""Addresses for these tests: the gallery, which the register itself does not mount."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("gallery/", include("core.ui.urls")),
    path("account/", include("allauth.urls")),
    prefix_default_language=False,
)
