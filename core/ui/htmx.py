"""htmx in small: the same view answers the whole page, or only the part that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

POLL_DONE = 286
"""The status by which htmx stops polling."""


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part: not for a boosted link, nor for a page restored from history."""
    asked = request.headers
    return asked.get("HX-Request") == "true" and not (
        asked.get("HX-Boosted") == "true" or asked.get("HX-History-Restore-Request") == "true"
    )


def page_or_part(
    request: HttpRequest, page: str, part: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render `part` for htmx, else `page` (which includes `part`). Caches are told the two differ."""
    response = render(request, part if wants_part(request) else page, dict(context), status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response


def progress(request: HttpRequest, part: str, context: Mapping[str, Any], *, done: bool) -> HttpResponse:
    """Render a polled `part`; with status 286 when `done`, so that htmx stops asking."""
    return render(request, part, dict(context), status=POLL_DONE if done and wants_part(request) else 200)
