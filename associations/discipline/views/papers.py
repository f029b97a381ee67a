"""Documents of a case: issued from its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from associations.discipline.models import Case
from associations.discipline.rules import RESTS_ON, may_export, may_issue
from associations.discipline.selectors import documents_of, standing
from associations.discipline.services import export_case, issue_document
from associations.documents.states import DocumentKind
from associations.registry.middleware import console_page
from associations.registry.rules import Verb, may

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

    from associations.discipline.selectors import CaseFile
    from associations.registry.middleware import ConsoleRequest


@require_POST
@console_page
def issue(request: ConsoleRequest, case: str, kind: str) -> HttpResponse:
    """Issue a document of this kind."""
    found = get_object_or_404(Case, public_id=case)
    if kind not in DocumentKind.values:
        raise Http404
    document = issue_document(case=found, kind=DocumentKind(kind), by=request.user)
    messages.success(request, _("Issued under %(number)s.") % {"number": document.number})
    return redirect("discipline:case", slug=request.association.slug, case=case)


@require_POST
@console_page
def export(request: ConsoleRequest, case: str) -> HttpResponseBase:
    """The whole file as one archive, sent as it is written."""
    archive = export_case(case=get_object_or_404(Case, public_id=case), by=request.user)
    response = StreamingHttpResponse(archive.stream(), content_type="application/zip")
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=archive.name) or ""
    )
    return response


def papers(request: ConsoleRequest, file: CaseFile) -> dict[str, Any]:
    """The documents of a case for its page, and which can be issued."""
    rows = list(documents_of(file.case))
    issued = standing(rows)
    offered = [
        (
            may_issue(request.user, file, kind, issued),
            reverse("discipline:issue", args=[request.association.slug, file.case.public_id, kind.value]),
            kind.label,
        )
        for kind in RESTS_ON
        if kind not in issued and getattr(file, RESTS_ON[kind]) is not None
    ]
    return {
        "documents": [row.document for row in rows],
        "offered": offered,
        "may_withdraw": may(request.user, Verb.DECIDE),
        "may_export": may_export(request.user),
        "export_url": reverse("discipline:export", args=[request.association.slug, file.case.public_id]),
    }
