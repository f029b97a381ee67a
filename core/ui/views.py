"""The living gallery: every component in every state, in each of the three frames. Mounted only while developing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from core.ui import sampler

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

FRAMES = ("portal", "console", "desk")


def gallery(request: HttpRequest, frame: str = "portal") -> HttpResponse:
    """Draw the gallery in one of `FRAMES`; 404 for another."""
    if frame not in FRAMES:
        raise Http404
    page = "gallery.html" if frame == "portal" else f"gallery_{frame}.html"
    return render(request, page, sampler.samples(request))


def suggestions(request: HttpRequest) -> HttpResponse:
    """Answer the gallery's search field, as the portal's own search will."""
    asked = request.GET.get("q", "")
    return render(request, "components/suggestions.html", {"options": sampler.options(asked)})
