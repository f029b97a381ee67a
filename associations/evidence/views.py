"""Handing a kept file out: as an attachment, never as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from associations.evidence import rules
from associations.evidence.models import Evidence
from associations.evidence.selectors import contents, is_whole
from associations.registry.middleware import console_page

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from associations.registry.middleware import ConsoleRequest


@require_safe
@console_page
def download(request: ConsoleRequest, evidence: str) -> HttpResponseBase:
    """A file of the association, for its officers."""
    found = get_object_or_404(Evidence, public_id=evidence)
    rules.may_open(request.user).enforce()
    return attachment(found)


def attachment(evidence: Evidence) -> HttpResponseBase:
    """The answer that hands the file out. Whoever calls has seen to it that the reader may have it.

    Bytes only: no browser shows it in this site's name, guesses what it is, or keeps it.
    """
    if not is_whole(evidence):
        raise Http404
    response = StreamingHttpResponse(contents(evidence), content_type="application/octet-stream")
    for name, value in {
        "Content-Length": str(evidence.size),
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=evidence.name) or "",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }.items():
        response.headers[name] = value
    return response
