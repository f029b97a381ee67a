"""Screening questions: what was found, whom to ask, and the reviewer's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from associations.members import rules
from associations.members.forms import AnswerForm, attempt
from associations.members.models import ScreeningQuestion
from associations.members.states import ScreeningAnswer
from associations.registry.middleware import console_page
from associations.registry.rules import Verb, may
from core.subjects.states import MarkKind
from core.ui import keyset

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest

WHY = {
    MarkKind.USCC: gettext_lazy("The unified social credit code is the same: this is the barred firm."),
    MarkKind.IDENTITY: gettext_lazy("The identity number is the same: this is the barred person."),
    MarkKind.ACCOUNT: gettext_lazy(
        "A platform account is the same: accounts change hands, so ask who runs it now."
    ),
    MarkKind.NAME: gettext_lazy(
        "The name is the same, code or number is not: names can be shared, so compare more."
    ),
    MarkKind.LINK: gettext_lazy(
        "On the day the bar began the two were signed with each other. A bar never spreads over a link: ask only "
        "whether the barred one stands behind this application."
    ),
}
"""What a hit means, for the person who decides."""


@require_safe
@console_page
def questions(request: ConsoleRequest) -> TemplateResponse:
    """The open questions, the oldest first; or those answered."""
    answered = request.GET.get("view") == "answered"
    rows = ScreeningQuestion.objects.select_related("set_by", "answered_by", "application", "membership")
    rows = rows.exclude(answer=ScreeningAnswer.OPEN) if answered else rows.filter(answer=ScreeningAnswer.OPEN)
    page = keyset.stretch(rows, by=("-id",) if answered else ("id",), cursor=request.GET.get("cursor", ""))
    context = {"page": page, "answered": answered, "may_answer": may(request.user, Verb.ANSWER_SCREENING)}
    return TemplateResponse(request, "associations/members/screening.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def question(request: ConsoleRequest, question: str) -> HttpResponse:
    """One question, and the form to answer it."""
    rows = ScreeningQuestion.objects.select_related("set_by", "answered_by", "application", "membership")
    found = get_object_or_404(rows, public_id=question)
    who = may(request.user, Verb.ANSWER_SCREENING)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        who.enforce()
        if attempt(form, question=found, by=request.user):
            messages.success(request, _("Answered; the answer and its reasons are kept."))
            return redirect("members:screening", request.association.slug)
    context = {
        "question": found,
        "why": WHY[MarkKind(found.mark_kind)],
        "form": form,
        "may_answer": rules.may_answer(found) if who.allowed else who,
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "associations/members/question.html", context, status=status)
