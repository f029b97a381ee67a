"""Who holds which role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from associations.registry import services
from associations.registry.forms import InviteForm
from associations.registry.middleware import settings_page
from associations.registry.rules import Verb, may
from associations.tenancy import scope
from core.accounts.selectors import officers_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def officers(request: ConsoleRequest) -> HttpResponse:
    """Who holds which role, since when; roles are given by invitation to a mail address."""
    with scope.of(request.association):
        verdict = may(request.user, Verb.MANAGE_ASSOCIATION)
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        verdict.enforce()
        if form.is_valid():
            form.save(association=request.association, by=request.user)
            messages.success(
                request, _("A mail is on its way to %(mail)s.") % {"mail": form.cleaned_data["email"]}
            )
            return redirect("registry:officers", slug=request.association.slug)
    return TemplateResponse(
        request,
        "associations/registry/officers.html",
        {
            "page": Paginator(officers_of(request.association.pk), PER_PAGE).get_page(
                request.GET.get("page")
            ),
            "form": form,
            "may_manage": verdict,
            "today": timezone.localdate(),
        },
        status=400 if form.errors else 200,
    )


@require_POST
@settings_page
def end(request: ConsoleRequest, officer: str, role: str) -> HttpResponse:
    """End a role; it opens nothing from the next request on."""
    held = officers_of(request.association.pk).filter(until=None)
    standing = get_object_or_404(held, user__public_id=officer, role=role)
    services.end_role(appointment=standing, by=request.user)
    messages.success(request, _("The role has ended."))
    return redirect("registry:officers", slug=request.association.slug)
