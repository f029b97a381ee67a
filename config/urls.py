"""The doors, on one screen. Pages are Chinese at `/`, English at `/en/`."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include("config.api")),
    *i18n_patterns(
        path("account/", include("allauth.urls")),
        path("ops/", admin.site.urls),
        path("", include("associations.training.urls")),
        prefix_default_language=False,
    ),
]

handler500 = "config.middleware.failed"
