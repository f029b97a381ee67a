"""One page for each verb: its form, or why it cannot be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from associations.discipline.models import Case
from associations.discipline.selectors import file_of, hold
from associations.discipline.views.pages import PAGES
from associations.members.forms import attempt
from associations.registry.middleware import console_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse, HttpResponseBase

    from associations.discipline.selectors import CaseFile
    from associations.discipline.states import Step
    from associations.registry.middleware import ConsoleRequest


def page_of(step: Step) -> Callable[..., HttpResponseBase]:
    """The view of a verb: 403 with the sentence where it may not be done, otherwise its form."""
    page = PAGES[step]

    @require_http_methods(["GET", "HEAD", "POST"])
    @console_page
    def view(request: ConsoleRequest, case: str) -> HttpResponse:
        file = _file(case, held=request.method == "POST")
        page.verdict(request.user, file).enforce()
        form = page.form(request.POST if request.method == "POST" else None, file=file, user=request.user)
        if request.method == "POST" and attempt(form):
            messages.success(request, page.step.label)
            return redirect("discipline:case", slug=request.association.slug, case=file.case.public_id)
        told: dict[str, Any] = {"form": form, "page": page, "case": file.case, "file": file}
        return TemplateResponse(
            request, "associations/discipline/step.html", told, status=400 if form.errors else 200
        )

    return view


def _file(case: str, *, held: bool) -> CaseFile:
    """The file, read once: a form that is sent holds the case until its verb is done."""
    try:
        return hold(case) if held else file_of(Case.objects.get(public_id=case))
    except Case.DoesNotExist as none:
        raise Http404 from none
