"""The page by which evidence is put into the file of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from associations.discipline.forms import EvidenceForm
from associations.discipline.models import Case
from associations.discipline.rules import may_add_evidence
from associations.discipline.selectors import file_of
from associations.registry.middleware import console_page
from core.verdicts import Denied

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def add_evidence(request: ConsoleRequest, case: str) -> HttpResponse:
    """Choose a file and say what it shows."""
    file = file_of(get_object_or_404(Case, public_id=case))
    may_add_evidence(request.user, file).enforce()
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EvidenceForm(*given)
    if form.is_bound and form.is_valid():
        try:
            form.save(case=file.case, by=request.user)
        except Denied as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The file is in the case, with its hash."))
            return redirect("discipline:case", slug=request.association.slug, case=file.case.public_id)
    told = {"form": form, "case": file.case}
    return TemplateResponse(
        request, "associations/discipline/add_evidence.html", told, status=400 if form.errors else 200
    )
