"""A member's remedies on one page, and what a clerk enters: from the subject's own paper, or a correction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from associations.members.forms import attempt
from associations.members.models import Membership
from associations.registry.middleware import console_page
from associations.registry.rules import Verb, may
from associations.remedies import forms, selectors
from associations.remedies.words import fact_text, thing_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse, HttpResponseBase

    from associations.registry.middleware import ConsoleRequest

UNPROCESSABLE = 422
LABELS = {
    "objection": gettext_lazy("Contest this"),
    "repair": gettext_lazy("Apply for repair"),
    "statement": gettext_lazy("Put a statement beside it"),
    "correction": gettext_lazy("Propose a correction"),
}


@require_safe
@console_page
def of_member(request: ConsoleRequest, member: str) -> TemplateResponse:
    """Everything the member has on record with what can be done about it, and what was asked for already."""
    found = get_object_or_404(Membership, public_id=member)
    return TemplateResponse(
        request,
        "associations/remedies/member.html",
        {
            "member": found,
            "things": things_of(found),
            "repairable": selectors.repairable(found),
            "may_enter": may(request.user, Verb.RECEIVE_REMEDY),
            **selectors.of_member(found),
        },
    )


def things_of(membership: Membership) -> list[tuple[str, str, str]]:
    """(thing, ref, words) of the facts that stand, the newest first."""
    return [("fact", each.public_id, fact_text(each)) for each in selectors.standing(membership)]


def enter(verb: str) -> Callable[..., HttpResponseBase]:
    """The page on which a clerk enters a remedy about one thing of a member."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @console_page
    def view(request: ConsoleRequest, member: str) -> HttpResponse:
        may(request.user, Verb.RECEIVE_REMEDY).enforce()
        whose = get_object_or_404(Membership, public_id=member)
        found = selectors.find(whose, request.GET.get("about", ""), request.GET.get("ref", ""))
        if found is None or not forms.may_be_about(verb, found.thing):
            raise Http404
        form = forms.asking(verb, found, request.POST or None)
        if request.method == "POST" and attempt(form, membership=whose, found=found, by=request.user):
            messages.success(request, _("Entered."))
            return redirect("remedies:of_member", request.association.slug, member)
        return TemplateResponse(
            request,
            "associations/remedies/enter.html",
            {
                "member": whose,
                "label": LABELS[verb],
                "about": thing_text(found.thing, found.ref, found.fact),
                "form": form,
            },
            status=UNPROCESSABLE if form.errors else 200,
        )

    return view


enter_objection = enter("objection")
enter_repair = enter("repair")
enter_statement = enter("statement")
enter_correction = enter("correction")
