"""Verifying a document: whoever holds it learns whether it is genuine, and nothing of what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from associations.documents.forms import CODE, AskForm, HashForm
from associations.documents.selectors import verified as find
from core.ui.context import frame

if TYPE_CHECKING:
    from django.http import HttpRequest

FRESH = "no-cache"
"""A withdrawal is told at once."""


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Ask by the code on the document, or by the SHA-256 of its file."""
    form = AskForm(request.GET if "q" in request.GET else None)
    if not form.is_bound or not form.is_valid():
        return _drawn(request, {"form": form}, status=400 if form.is_bound else 200)
    asked = form.cleaned_data["q"]
    found = find(**asked)
    if found is None:
        return _drawn(request, {"form": form, "unknown": True}, status=404)
    answer = redirect("documents:verified", code=found.code)
    if sha256 := asked.get("sha256"):
        answer["Location"] += f"?sha256={sha256}"
    return answer


@require_safe
def verified(request: HttpRequest, code: str) -> HttpResponse:
    """Genuine, withdrawn or unknown; and whether the file somebody has is the one that was issued."""
    found = find(code=code) if CODE.fullmatch(code) else None
    if found is None:
        return _drawn(request, {"form": AskForm(), "unknown": True}, status=404)
    compared = HashForm(request.GET if "sha256" in request.GET else None)
    told: dict[str, Any] = {"found": found, "compare": compared}
    if compared.is_bound and compared.is_valid():
        told["same"] = compared.cleaned_data["sha256"] == found.sha256
    return _drawn(request, told, status=400 if compared.errors else 200)


def _drawn(request: HttpRequest, told: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page without session, user or messages: it is the same for everybody, and sets no cookie."""
    body = render_to_string(
        "associations/documents/verify.html", {"request": request, **frame(request), **told}
    )
    return HttpResponse(body, status=status, headers={"Cache-Control": FRESH, "X-Robots-Tag": "noindex"})
