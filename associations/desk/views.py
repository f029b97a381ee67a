"""The member's verbs. Each leads back to the page it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from associations.desk.forms import ConsentForm
from associations.desk.middleware import desk_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.desk.middleware import DeskRequest


@require_POST
@desk_page
def consent(request: DeskRequest) -> HttpResponse:
    """Give or withdraw a consent."""
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(
            _("This button does not exist. Load the page again."), content_type="text/plain; charset=utf-8"
        )
    given = form.save(membership=request.membership, by=request.user)
    messages.success(
        request,
        _("Your consent is kept.")
        if given
        else _("Your consent is withdrawn. What rests on it ends within a minute."),
    )
    return redirect("desk:data", slug=request.association.slug, member=request.membership.public_id)
