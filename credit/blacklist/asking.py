"""The console's pages on which associations ask each other about bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from associations.registry.middleware import console_page
from core.verdicts import Denied
from credit.blacklist import rules, selectors, services
from credit.blacklist.forms import AnswerForm, AskForm
from credit.blacklist.models import Inquiry

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest

UNPROCESSABLE = 422
MOST = 100


@require_safe
@console_page
def inquiries(request: ConsoleRequest) -> TemplateResponse:
    """What others asked us and waits; what we asked and were told; what became of the bars we had word of."""
    return TemplateResponse(
        request,
        "credit/blacklist/inquiries.html",
        {
            "waiting": list(selectors.inquiries_open()[:MOST]),
            "own": list(selectors.own_inquiries()[:MOST]),
            "changes": selectors.changes(),
            "unseen": selectors.unseen_changes(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def ask(request: ConsoleRequest, bar: str) -> HttpResponse:
    """Ask the association that set a bar."""
    rules.may_ask(request.user, bar).enforce()
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask(bar_public_id=bar, question=form.cleaned_data["text"], by=request.user)
        except Denied as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked. The answer will stand here."))
            return redirect("blacklist:inquiries", request.association.slug)
    context = {"form": form, "bar": bar, "inquiry": None, "label": _("Ask about a bar")}
    status = UNPROCESSABLE if form.errors else 200
    return TemplateResponse(request, "credit/blacklist/inquiry.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def answer(request: ConsoleRequest, inquiry: str) -> HttpResponse:
    """Answer an association that asked about our bar."""
    rows = Inquiry.objects.select_related("asked_by", "bar__membership", "answer__by")
    found = get_object_or_404(rows, public_id=inquiry)
    verdict = rules.may_answer(request.user, found)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        verdict.enforce()
        if form.is_valid():
            services.answer(inquiry=found, text=form.cleaned_data["text"], by=request.user)
            messages.success(request, _("Answered; both associations keep question and answer."))
            return redirect("blacklist:inquiries", request.association.slug)
    context = {
        "form": form,
        "bar": found.bar.public_id,
        "inquiry": found,
        "given": getattr(found, "answer", None),
        "may_answer": verdict,
        "label": _("Answer about a bar"),
    }
    status = UNPROCESSABLE if form.errors else 200
    return TemplateResponse(request, "credit/blacklist/inquiry.html", context, status=status)


@require_POST
@console_page
def seen(request: ConsoleRequest) -> HttpResponse:
    """The officer has seen what became of the bars of others."""
    services.see(by=request.user)
    return redirect("blacklist:inquiries", request.association.slug)
