"""What happens around every request."""

import sys
from collections.abc import Callable

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.defaults import server_error

Respond = Callable[[HttpRequest], HttpResponse]

RETRY_AFTER_SECONDS = 5
BACK_OFFICE = "/ops/"


class database_away:  # noqa: N801 - named like the sentence it stands for in MIDDLEWARE
    """Answer 503 with Retry-After, never 500, while the database is away, busy or restarting."""

    def __init__(self, respond: Respond) -> None:
        """Take the next layer."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; what the views raise comes to `process_exception`, the rest to `failed`."""
        return self.respond(request)

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a view's database failure into 503."""
        return unavailable() if isinstance(error, (OperationalError, InterfaceError)) else None


def failed(request: HttpRequest) -> HttpResponse:
    """Answer for an exception outside the views (session, log-in): handler500 of the doors."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return unavailable()
    return server_error(request)


def unavailable() -> HttpResponse:
    """Say that a part is down, in plain text: a template might need the database."""
    message = _("The register is briefly unavailable. Please try again in a few seconds.")
    return HttpResponse(
        f"{message}\n",
        status=503,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"},
    )


def back_office_policy(respond: Respond) -> Respond:
    """Allow the back office, operators only, what its front end (Alpine, inline styles) needs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        path = request.path_info.removeprefix("/en")
        if path.startswith(BACK_OFFICE):
            response._csp_update = {  # type: ignore[attr-defined]  # noqa: SLF001 - django-csp's own hook
                "script-src": [SELF, UNSAFE_EVAL],
                "style-src": [SELF, UNSAFE_INLINE],
            }
        return response

    return middleware
