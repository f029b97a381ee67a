"""The register with one more address, `/empty/`: what the same server does when a view does nothing.

`_portal_server:application` is what the portal's programs start; it is nothing to run by hand.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.ROOT_URLCONF = __name__
settings.ALLOWED_HOSTS = ["*"]


def empty(_request: HttpRequest) -> HttpResponse:
    """Answer nothing, through every middleware."""
    return HttpResponse("ok\n", content_type="text/plain")


application = get_wsgi_application()

from config import urls as doors  # noqa: E402 - after the applications are there

handler500 = doors.handler500
urlpatterns = [path("empty/", empty), *doors.urlpatterns]
