"""The console's page of keys: who sends by one, since when, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from associations.exchange import peers as verbs
from associations.exchange import rules
from associations.exchange.forms import PeerForm
from associations.exchange.models import Peer
from associations.registry.middleware import console_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest

MOST = 200


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def peers(request: ConsoleRequest) -> HttpResponse:
    """All keys; and, when one was just given, its text, this once."""
    may_give = rules.may_give_keys(request.user)
    form, given = PeerForm(request.POST or None), None
    if request.method == "POST":
        may_give.enforce()
        if form.is_valid():
            given = form.save(by=request.user)
            form = PeerForm()
    context = {"peers": list(verbs.peers()[:MOST]), "form": form, "may_give": may_give, "given": given}
    response = TemplateResponse(
        request, "associations/exchange/peers.html", context, status=400 if form.errors else 200
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@console_page
def end(request: ConsoleRequest, peer: str) -> HttpResponse:
    """End a key."""
    verbs.end_key(peer=get_object_or_404(Peer, public_id=peer), by=request.user)
    messages.success(request, _("The key has ended; it opens nothing more."))
    return redirect("exchange:peers", slug=request.association.slug)
