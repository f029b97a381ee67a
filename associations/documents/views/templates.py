"""What the association's documents say and how they are numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from associations.documents import rules, selectors, services
from associations.documents.forms import TemplateForm
from associations.documents.services import TemplateRefused
from associations.documents.states import FIELDS, SPECS, DocumentKind
from associations.registry.middleware import console_page
from core.verdicts import Denied

if TYPE_CHECKING:
    from associations.registry.middleware import ConsoleRequest


@require_safe
@console_page
def templates(request: ConsoleRequest) -> TemplateResponse:
    """Every kind, with the version in use."""
    own = selectors.versions()
    rows = [(kind, SPECS[kind], own.get(kind), selectors.default_pattern(kind)) for kind in DocumentKind]
    return TemplateResponse(request, "associations/documents/templates.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def template(request: ConsoleRequest, kind: str) -> HttpResponse:
    """One kind: its text, the fields it may name, its versions; a new version is tried before it is taken."""
    which = _kind(kind)
    form = TemplateForm(
        request.POST if request.method == "POST" else None, wording=selectors.wording_of(which)
    )
    verdict = rules.may_word(request.user)
    if form.is_bound:
        verdict.enforce()
        if form.is_valid() and _settled(form, request):
            messages.success(request, _("The new version is in use."))
            return redirect("documents:template", slug=request.association.slug, kind=kind)
    spec = SPECS[which]
    told = {
        "form": form,
        "kind": which,
        "spec": spec,
        "fields": [(FIELDS[key], key in spec.needed) for key in spec.fields],
        "versions": selectors.history(which),
        "may_word": verdict,
    }
    return TemplateResponse(
        request, "associations/documents/template.html", told, status=400 if form.errors else 200
    )


@require_safe
@console_page
def sample(request: ConsoleRequest, kind: str) -> HttpResponse:
    """The version in use, with invented words."""
    which = _kind(kind)
    rules.may_word(request.user).enforce()
    paper = services.sample(selectors.wording_of(which))
    response = HttpResponse(paper, content_type="application/pdf")
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{SPECS[which].title}（样例）.pdf") or ""
    )
    return response


def _kind(kind: str) -> DocumentKind:
    if kind not in DocumentKind.values:
        raise Http404
    return DocumentKind(kind)


def _settled(form: TemplateForm, request: ConsoleRequest) -> bool:
    """Whether the version was taken; each problem stands in the form, with everything typed."""
    try:
        form.save(by=request.user)
    except TemplateRefused as refused:
        for problem in refused.problems:
            form.add_error(None, problem)
    except Denied as refused:
        form.add_error(None, str(refused))
    else:
        return True
    return False
