"""The member's own remedies: contesting, repair, the own statement; and taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from associations.desk.frame import frame
from associations.desk.middleware import desk_page
from associations.evidence.views import attachment
from associations.members.forms import attempt
from associations.remedies import forms, rules, selectors, services
from associations.remedies.models import Objection, OwnStatement, Repair
from associations.remedies.words import fact_text, thing_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse, HttpResponseBase

    from associations.desk.middleware import DeskRequest

UNPROCESSABLE = 422
TITLES = {
    "objection": (
        gettext_lazy("Contest this"),
        gettext_lazy(
            "It stands marked at once, for everybody who reads it, and is answered by somebody who had no hand in it."
        ),
    ),
    "repair": (
        gettext_lazy("Apply for repair"),
        gettext_lazy(
            "Granted, the record is public no more, is shared no more, and counts no more, from that moment."
        ),
    ),
    "statement": (
        gettext_lazy("Put a statement beside it"),
        gettext_lazy("In your own words. It takes the place of the statement that stood there before."),
    ),
}


@require_safe
@desk_page
def remedies(request: DeskRequest) -> TemplateResponse:
    """What I asked for and what came of it; from when each record can be repaired; what can be contested."""
    member = request.membership
    asked = selectors.of_member(member)
    said = {each.fact_id for each in asked["statements"]}
    context = {
        **{
            name: [(each, thing_text(each.thing, each.ref, each.fact)) for each in rows]
            for name, rows in asked.items()
        },
        "repairable": [
            (each, fact_text(each.fact), rules.may_be_repaired(each)) for each in selectors.repairable(member)
        ],
        "things": [(each, fact_text(each), each.pk in said) for each in selectors.standing(member)],
    }
    return TemplateResponse(request, "associations/desk/remedies.html", frame(request) | context)


def ask(verb: str) -> Callable[..., HttpResponseBase]:
    """The page on which a member asks for a remedy about one thing of the own file."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @desk_page
    def view(request: DeskRequest) -> HttpResponse:
        member = request.membership
        found = selectors.find(member, request.GET.get("about", ""), request.GET.get("ref", ""))
        if found is None or not forms.may_be_about(verb, found.thing):
            messages.error(request, _("There is no such record here. Choose one below."))
            return to_mine(request)
        form = forms.asking(verb, found, request.POST or None)
        if request.method == "POST" and attempt(form, membership=member, found=found, by=request.user):
            messages.success(request, _("Received. What comes of it stands on this page."))
            return to_mine(request)
        title, lead = TITLES[verb]
        context = {
            "title": title,
            "lead": lead,
            "about": thing_text(found.thing, found.ref, found.fact),
            "form": form,
        }
        status = UNPROCESSABLE if form.errors else 200
        return TemplateResponse(
            request, "associations/desk/remedy.html", frame(request) | context, status=status
        )

    return view


def take_back(model: type[Objection | OwnStatement | Repair]) -> Callable[..., HttpResponseBase]:
    """The button that takes one back."""

    @require_POST
    @desk_page
    def view(request: DeskRequest, remedy: str) -> HttpResponse:
        found = get_object_or_404(model, public_id=remedy, membership=request.membership)
        if isinstance(found, Objection | Repair):
            services.withdraw(remedy=found, by=request.user)
        elif isinstance(found, OwnStatement):
            services.take_back(statement=found, by=request.user)
        messages.success(request, _("Taken back."))
        return to_mine(request)

    return view


@require_safe
@desk_page
def letter(request: DeskRequest, remedy: str) -> HttpResponseBase:
    """The decision on my application for repair, as the letter it is."""
    document = selectors.letter_of(get_object_or_404(Repair, public_id=remedy, membership=request.membership))
    if document is None:
        raise Http404
    return attachment(document.paper)


def to_mine(request: DeskRequest) -> HttpResponse:
    return redirect("deskverbs:remedies", slug=request.association.slug, member=request.membership.public_id)


objection, repair, statement = ask("objection"), ask("repair"), ask("statement")
withdraw_objection, withdraw_repair = take_back(Objection), take_back(Repair)
take_back_statement = take_back(OwnStatement)
