"""The doors, on one screen. Pages are Chinese at `/`, English at `/en/`."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from config.health import healthz
from core.accounts.views import mail_address
from portal.pages import proofs

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path(".well-known/register-keys.json", proofs.keys, name="register-keys"),
    path("verifier.pyz", proofs.verifier, name="verifier"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include("config.api")),
    *i18n_patterns(
        path("", include("core.accounts.urls")),
        path("account/email/", mail_address, name="account_email"),
        path("account/", include("allauth.urls")),
        path("ops/", admin.site.urls),
        path("", include("associations.registry.urls")),
        path("", include("associations.fees.urls")),
        path("", include("associations.exchange.urls")),
        path("", include("associations.training.urls")),
        path("", include("associations.complaints.urls")),
        path("", include("associations.discipline.urls")),
        path("", include("associations.remedies.urls")),
        path("", include("associations.members.urls")),
        path("", include("associations.conduct.urls")),  # after the fixed words of members
        path("", include("associations.documents.urls")),
        path("", include("associations.evidence.urls")),
        path("", include("associations.imports.urls")),
        path("", include("associations.desk.urls")),
        path("", include("credit.desk.urls")),
        path("", include("credit.rulesets.urls")),
        path("", include("credit.scoring.urls")),
        path("", include("credit.rehearsal.urls")),
        path("", include("credit.blacklist.urls")),
        path("", include("credit.publication.urls")),
        path("", include("portal.urls")),
        path("", include("credit.overview.urls")),
        prefix_default_language=False,
    ),
]

handler500 = "config.middleware.failed"
