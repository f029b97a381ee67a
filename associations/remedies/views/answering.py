"""What waits for an answer, and each with the form to answer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from associations.evidence.views import attachment
from associations.members.forms import attempt
from associations.registry.middleware import console_page
from associations.remedies import forms, rules, selectors, services
from associations.remedies.models import Repair
from associations.remedies.states import CorrectionState, ObjectionState, RepairState, StatementState
from associations.remedies.words import thing_text
from core.calendar.selectors import calendar

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpResponse, HttpResponseBase
    from django.utils.functional import Promise

    from associations.registry.middleware import ConsoleRequest
    from core.verdicts import Verdict

PER_PAGE = 50
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of remedy as the console meets it: its words, its lists, who may answer and by which form."""

    name: str
    label: str | Promise
    page: str
    rows: Callable[..., QuerySet[Any]]
    rule: Callable[..., Verdict]
    form: type[forms.OutcomeForm]
    open: str


SORTS = {
    sort.name: sort
    for sort in (
        Sort("objections", gettext_lazy("Objections"), "remedies:objection", selectors.objections,
             rules.may_answer_objection, forms.AnswerForm, ObjectionState.OPEN),
        Sort("repairs", gettext_lazy("Repairs"), "remedies:repair", selectors.repairs, rules.may_decide_repair,
             forms.DecideForm, RepairState.ASKED),
        Sort("corrections", gettext_lazy("Corrections"), "remedies:correction", selectors.corrections,
             rules.may_confirm, forms.ConfirmForm, CorrectionState.PROPOSED),
        Sort("statements", gettext_lazy("Own statements"), "remedies:statement", selectors.statements,
             rules.may_check, forms.CheckForm, StatementState.WRITTEN),
    )
}  # fmt: skip


@require_safe
@console_page
def remedies(request: ConsoleRequest) -> TemplateResponse:
    """What waits for an answer, the most urgent first; or what was answered."""
    sort = SORTS.get(request.GET.get("view", ""), SORTS["objections"])
    closed = request.GET.get("closed") == "1"
    page = Paginator(sort.rows(closed=closed), PER_PAGE).get_page(request.GET.get("page"))
    counts, days = selectors.waiting(), calendar()
    return TemplateResponse(
        request,
        "associations/remedies/list.html",
        {
            "sort": sort,
            "closed": closed,
            "page": page,
            "tabs": [(each, counts[each.name]) for each in SORTS.values()],
            "rows": [
                (
                    each,
                    thing_text(each.thing, each.ref, each.fact),
                    selectors.due(each.answer_by, days)
                    if hasattr(each, "answer_by") and not closed
                    else None,
                )
                for each in page
            ],
        },
    )


def paper(request: ConsoleRequest, repair: Repair) -> dict[str, Any]:
    """The decision on paper, and whether it may be issued; nothing while it is not decided."""
    if repair.answered_at is None:
        return {}
    return {"letter": selectors.letter_of(repair), "may_issue": rules.may_issue(request.user, repair)}


def page_of(name: str) -> Callable[..., HttpResponseBase]:
    """The page of one remedy of a sort, and the form to answer it."""
    sort = SORTS[name]

    @require_http_methods(["GET", "HEAD", "POST"])
    @console_page
    def view(request: ConsoleRequest, remedy: str) -> HttpResponse:
        everything = sort.rows().model.objects.select_related("membership", "fact", "by")
        found = get_object_or_404(everything, public_id=remedy)
        verdict = sort.rule(request.user, found)
        form = sort.form(request.POST or None)
        if request.method == "POST":
            verdict.enforce()
            if attempt(form, remedy=found, by=request.user):
                found.refresh_from_db(fields=["state"])
                said = _(
                    "Proposed. An expulsion or a bar falls when another reviewer upholds the objection, too."
                )
                if found.state != sort.open:
                    said = _("Answered; the answer and its reasons are kept.")
                messages.success(request, said)
                return redirect(sort.page, request.association.slug, remedy)
        return TemplateResponse(
            request,
            "associations/remedies/remedy.html",
            {
                "sort": sort,
                "remedy": found,
                "member": found.membership,
                "about": thing_text(found.thing, found.ref, found.fact),
                "open": found.state == sort.open,
                "instead": forms.instead(found) if name == "corrections" else (),
                "due": selectors.due(found.answer_by) if hasattr(found, "answer_by") else None,
                "answered_by": getattr(found, "answered_by", None) or getattr(found, "checked_by", None),
                "answered_at": getattr(found, "answered_at", None) or getattr(found, "checked_at", None),
                "may_answer": verdict,
                **(paper(request, found) if name == "repairs" else {}),
                "form": form,
            },
            status=UNPROCESSABLE if form.errors else 200,
        )

    return view


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def letter(request: ConsoleRequest, remedy: str) -> HttpResponseBase:
    """The decision on a repair on paper: issued by a clerk's press, then to be had by every officer."""
    found = get_object_or_404(Repair.objects.select_related("membership"), public_id=remedy)
    if request.method == "POST":
        issued = services.issue_letter(repair=found, by=request.user)
        messages.success(request, _("Issued: %(number)s.") % {"number": issued.number})
        return redirect("remedies:repair", request.association.slug, remedy)
    document = selectors.letter_of(found)
    if document is None:
        raise Http404
    return attachment(document.paper)


objection = page_of("objections")
repair = page_of("repairs")
correction = page_of("corrections")
statement = page_of("statements")
