"""Applications: entered, screened, answered. Accepting also asks for a rating, so it stands in the conduct room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from associations.members import rules
from associations.members.forms import ApplicationForm, RefuseForm, attempt
from associations.members.models import Application
from associations.members.states import ApplicationState
from associations.registry.middleware import console_page
from core.ui import keyset

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest

OPEN = [ApplicationState.RECEIVED, ApplicationState.QUESTION]
ANSWERED = [ApplicationState.ACCEPTED, ApplicationState.REFUSED]


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def applications(request: ConsoleRequest) -> HttpResponse:
    """What waits for an answer, or what was answered; and the form for a new one."""
    form = ApplicationForm(request.POST or None)
    if request.method == "POST":
        rules.may_manage(request.user).enforce()
        if attempt(form, by=request.user):
            if form.application.state == ApplicationState.QUESTION:
                messages.warning(
                    request, _("Entered. Screening opened a question: a reviewer must answer it first.")
                )
            else:
                messages.success(request, _("Entered and screened: no bar was found."))
            return redirect("members:application", request.association.slug, form.application.public_id)
    answered = request.GET.get("view") == "answered"
    rows = Application.objects.filter(state__in=ANSWERED if answered else OPEN)
    context = {
        "page": keyset.stretch(
            rows, by=("-id",) if answered else ("id",), cursor=request.GET.get("cursor", "")
        ),
        "answered": answered,
        "form": form,
        "may_manage": rules.may_manage(request.user),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "associations/members/applications.html", context, status=status)


@require_safe
@console_page
def application(request: ConsoleRequest, application: str) -> TemplateResponse:
    """One application, its screening questions and its answer."""
    found = _application(application)
    return TemplateResponse(
        request, "associations/members/application.html", about(request, found, RefuseForm())
    )


@require_POST
@console_page
def refuse(request: ConsoleRequest, application: str) -> HttpResponse:
    """Answer no, with the reason."""
    found = _application(application)
    rules.may_manage(request.user).enforce()
    form = RefuseForm(request.POST)
    if attempt(form, application=found, by=request.user):
        messages.success(request, _("Refused. The reason is kept with the application."))
        return redirect("members:application", request.association.slug, found.public_id)
    return TemplateResponse(
        request, "associations/members/application.html", about(request, found, form), status=422
    )


def _application(public_id: str) -> Application:
    rows = Application.objects.select_related("answered_by", "membership")
    return get_object_or_404(rows, public_id=public_id)


def about(request: ConsoleRequest, application: Application, form: RefuseForm) -> dict[str, object]:
    """What the page of an application shows."""
    may_manage = rules.may_manage(request.user)
    return {
        "application": application,
        "questions": application.questions.select_related("set_by", "answered_by").order_by("id"),
        "form": form,
        "open": application.state in OPEN,
        "may_accept": may_manage and rules.may_accept(application) if may_manage.allowed else may_manage,
        "may_refuse": rules.may_refuse(application) if may_manage.allowed else may_manage,
    }
