"""The audit trail: who did what, when, why; and whether the chain holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from associations.registry.forms import LedgerFilters
from associations.registry.middleware import console_page
from associations.registry.rules import Verb, may
from core.ledger import selectors, services, words
from core.ui import keyset

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest
    from core.ledger.models import Entry

SHOWN = 3  # of a list in an entry
PAGES = {
    "member": "conduct:file",
    "application": "members:application",
    "screening": "members:question",
    "case": "discipline:case",
    "session": "training:session",
    "bar": "blacklist:bar",
}
"""Where an object of the ledger can be looked at, by its word there."""


@require_safe
@console_page
def ledger(request: ConsoleRequest) -> TemplateResponse:
    """The entries, newest first, by act, object, officer and day."""
    may(request.user, Verb.READ_LEDGER).enforce()
    filters = LedgerFilters(request.GET or None)
    told = filters.cleaned_data if filters.is_valid() else {}
    rows = selectors.entries(**{key: value for key, value in told.items() if value})
    page = keyset.stretch(rows, by=("-seq",), cursor=request.GET.get("cursor", ""))
    for entry in page.items:
        entry.words, entry.url = words.of(entry.act), _page_of(entry, request.association.slug)
        entry.facts = _told(entry.detail)
    context = {"page": page, "filters": filters, "asked": bool(told and any(told.values()))}
    return TemplateResponse(request, "associations/registry/ledger.html", context)


@require_POST
@console_page
def verify(request: ConsoleRequest) -> HttpResponse:
    """Check every hash of the chain, from the first entry to the last."""
    may(request.user, Verb.READ_LEDGER).enforce()
    broken = services.first_broken(association_id=request.association.pk)
    if broken is None:
        count = selectors.length()
        messages.success(
            request, _("The chain holds: %(count)s entries, each hash checked.") % {"count": f"{count:,}"}
        )
    else:
        messages.error(
            request,
            _(
                "The chain is broken from number %(number)s on: that entry was changed or removed. Tell the operator."
            )
            % {"number": broken},
        )
    return redirect("registry:ledger", slug=request.association.slug)


def _page_of(entry: Entry, slug: str) -> str:
    name = PAGES.get(entry.thing)
    if name is None:
        return ""
    try:
        return reverse(name, args=[slug, entry.thing_id])
    except NoReverseMatch:
        return ""


def _told(detail: dict[str, Any]) -> str:
    """The detail as words: number M00001, category 3. What says nothing is left out."""
    return ", ".join(
        f"{key} {_plain(value)}" for key, value in detail.items() if value not in ("", None, [], {})
    )


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        rest = f" … ({len(value)})" if len(value) > SHOWN else ""
        return " ".join(map(_plain, value[:SHOWN])) + rest
    return f"({_told(value)})" if isinstance(value, dict) else str(value)
