"""The page of hearing days: cases chosen, a preview with the by-law's word on each, one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from associations.discipline import selectors, services
from associations.discipline.forms import HearingDayForm
from associations.registry.middleware import console_page
from associations.registry.rules import Verb, may
from core.verdicts import Denied

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def hearing_day(request: ConsoleRequest) -> HttpResponse:
    """Hearings that are owed; several are announced for one day. Nothing is done before the preview is confirmed."""
    owed = list(selectors.hearings_owed())
    verdict = may(request.user, Verb.FORM_PANEL)
    form = HearingDayForm(request.POST or None, owed=owed)
    told: dict[str, Any] = {}
    if request.method == "POST":
        verdict.enforce()
        if form.is_valid():
            terms = form.terms
            asked = {name: terms[name] for name in ("held_on", "chair", "proof")}
            verdicts = services.may_call_each(form.planned, **asked, on=terms["served_on"], by=request.user)
            if "confirm" in request.POST and all(verdicts):
                try:
                    made = services.call_hearings(planned=form.planned, **terms, by=request.user)
                except Denied as refusal:
                    form.add_error(None, str(refusal))
                else:
                    said = ngettext("%(n)s hearing is announced.", "%(n)s hearings are announced.", len(made))
                    messages.success(request, said % {"n": len(made)})
                    return redirect("discipline:hearing_day", slug=request.association.slug)
            told = {
                "preview": [
                    (case, at, each) for (case, at), each in zip(form.planned, verdicts, strict=True)
                ],
                "ready": all(verdicts),
                "terms": terms,
            }
    calls = selectors.latest_calls(owed)
    context = {
        "form": form,
        "owed": [(case, calls.get(case.pk)) for case in owed],
        "may_call": verdict,
        "sent": list(request.POST.lists()) if told else [],
    }
    return TemplateResponse(
        request,
        "associations/discipline/hearing_day.html",
        context | told,
        status=422 if form.errors else 200,
    )
