"""The charter's versions: what every measure rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from associations.registry import selectors
from associations.registry.forms import CharterForm
from associations.registry.middleware import console_page
from associations.registry.rules import Verb, may

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def charter(request: ConsoleRequest) -> HttpResponse:
    """All versions, the one in force marked; a new one is added, none is ever changed."""
    verdict = may(request.user, Verb.MANAGE_ASSOCIATION)
    form = CharterForm(request.POST or None)
    if request.method == "POST":
        verdict.enforce()
        if form.is_valid():
            form.save(by=request.user)
            messages.success(request, _("Adopted. Decisions from its first day on rest on this version."))
            return redirect("registry:charter", slug=request.association.slug)
    context = {
        "versions": selectors.charters(),
        "in_force": selectors.charter_on(timezone.localdate()),
        "form": form,
        "may_manage": verdict,
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "associations/registry/charter.html", context, status=status)
