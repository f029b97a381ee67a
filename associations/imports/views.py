"""The console's pages of importing: upload, preview, confirm, watch, look up later."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from associations.imports import forms, rules, selectors, services, words
from associations.imports.models import Refusal
from associations.imports.states import RunState
from associations.registry.middleware import console_page
from core.paperwork.refusals import REFUSALS, PaperworkRefused
from core.paperwork.reports import write_report_csv
from core.ui.htmx import progress, wants_part

if TYPE_CHECKING:
    from associations.imports.models import Run
    from associations.registry.middleware import ConsoleRequest

PER_PAGE = 50
UNDER_WAY = frozenset({RunState.WAITING, RunState.RUNNING})


@dataclass(frozen=True, slots=True)
class Share:
    """One bar of the picture: how many of the rows."""

    label: str
    count: int
    percent: float
    tone: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def runs(request: ConsoleRequest) -> HttpResponse:
    """Choose a file; below, what was imported before."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        rules.may_import(request.user).enforce()
        made = form.preview(by=request.user) if form.is_valid() else None
        if made:
            return redirect("imports:run", slug=request.association.slug, run=made.public_id)
    page = Paginator(selectors.runs(), PER_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(
        request,
        "associations/imports/runs.html",
        {"form": form, "page": page, "may_import": rules.may_import(request.user)},
        status=400 if form.errors else 200,
    )


@require_GET
@console_page
def run(request: ConsoleRequest, run: str) -> HttpResponse:
    """One import: what it would do, how far it is, or what it did; with every refused row."""
    found = get_object_or_404(selectors.runs(), public_id=run)
    if wants_part(request):
        done = found.state not in UNDER_WAY
        answer = progress(request, "associations/imports/watch.html", watched(request, found), done=done)
        if done:
            answer.headers["HX-Refresh"] = "true"
        patch_vary_headers(answer, ("HX-Request",))
        return answer
    kept = Refusal.objects.filter(run=found).order_by("id")
    shown = request.GET.get("show", "")
    if shown in {"refused", "notes"}:
        kept = kept.filter(refused=shown == "refused")
    page = Paginator(kept, PER_PAGE).get_page(request.GET.get("page"))
    response = TemplateResponse(
        request,
        "associations/imports/run.html",
        watched(request, found)
        | {
            "page": page,
            "rows": [selectors.problem_of(each) for each in page],
            "shown": shown,
            "shares": shares(found),
            "reasons": words.reasons(found.summary),
            "why": why_refused(found),
            "may_confirm": rules.may_confirm(request.user, found),
            "may_cancel": rules.may_cancel(request.user, found),
        },
    )
    patch_vary_headers(response, ("HX-Request",))
    return response


def watched(request: ConsoleRequest, found: Run) -> dict[str, Any]:
    """What the part that is polled needs."""
    return {"run": found, "under_way": found.state in UNDER_WAY, "association": request.association}


def shares(found: Run) -> list[Share]:
    """How the rows of the file divide."""
    total = found.total or 1
    planned = found.state in {RunState.PREVIEW, RunState.CANCELLED, *UNDER_WAY}
    rows = (
        (_("To be taken in") if planned else _("Taken in"), found.accepted, ""),
        (_("Unchanged"), found.unchanged, ""),
        (_("Twice in the file"), found.duplicates, ""),
        (_("Not taken in"), found.refused, "over" if found.refused else ""),
    )
    return [Share(label, count, round(100 * count / total, 2), tone) for label, count, tone in rows]


def why_refused(found: Run) -> str:
    """Why the file as a whole was not taken in, and what to do."""
    if found.state != RunState.REFUSED:
        return ""
    told = found.refusal
    if told.get("code") in REFUSALS:
        return str(PaperworkRefused(told["code"], **told.get("params", {})))
    if told.get("code") == "denied":
        return str(told["sentence"])
    return _(
        "Something went wrong on our side. Nothing was changed; upload the file anew, or tell the operator."
    )


@require_POST
@console_page
def confirm(request: ConsoleRequest, run: str) -> HttpResponse:
    """Have it carried out."""
    found = get_object_or_404(selectors.runs(), public_id=run)
    services.confirm(run=found, by=request.user)
    return redirect("imports:run", slug=request.association.slug, run=found.public_id)


@require_POST
@console_page
def cancel(request: ConsoleRequest, run: str) -> HttpResponse:
    """Take it back."""
    found = get_object_or_404(selectors.runs(), public_id=run)
    services.cancel(run=found, by=request.user)
    messages.success(request, _("The import is cancelled. Nothing was changed, and the file is gone."))
    return redirect("imports:runs", slug=request.association.slug)


@require_GET
@console_page
def report(request: ConsoleRequest, run: str) -> HttpResponse:  # noqa: ARG001 - a page's signature
    """Every refused row and every note, as a table to correct the file by."""
    found = get_object_or_404(selectors.runs(), public_id=run)
    kept = Refusal.objects.filter(run=found).order_by("id").iterator(2_000)
    file = io.StringIO(newline="")
    write_report_csv(file, (selectors.problem_of(each) for each in kept))
    response = HttpResponse(file.getvalue().encode(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="refusals-{found.public_id}.csv"'
    return response
