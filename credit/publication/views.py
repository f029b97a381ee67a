"""The console's publication queue: what each record still lacks, and the officer's two verbs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from associations.registry.middleware import console_page
from credit.publication import rules, services
from credit.publication.forms import ConfirmForm, QueueFilters, WithdrawForm
from credit.publication.gate import SENTENCES, asked_of
from credit.publication.models import Candidate
from credit.publication.states import CandidateState, Code, RecordKind

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.utils.functional import Promise

    from associations.registry.middleware import ConsoleRequest
    from core.verdicts import Verdict

PER_PAGE = 25
ORDER = (CandidateState.READY, CandidateState.BLOCKED, CandidateState.PUBLISHED, CandidateState.WITHDRAWN)
PAGES = {
    RecordKind.RATING: "portal:rating",
    RecordKind.DECISION: "portal:decision",
    RecordKind.BAR: "portal:bar",
}


@dataclass(frozen=True, slots=True)
class GateLine:
    """One condition as components/gate.html draws it."""

    label: str | Promise
    state: str
    remedy: str | Promise = ""
    url: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate with what an officer may do about it."""

    candidate: Candidate
    missing: list[GateLine]
    asked: int
    address: str
    may_confirm: Verdict
    may_withdraw: Verdict
    confirm: ConfirmForm
    withdraw: WithdrawForm


@require_safe
@console_page
def queue(request: ConsoleRequest) -> TemplateResponse:
    """All candidates: those that wait for an officer first, then what lacks something, then the rest."""
    filters = QueueFilters(request.GET or None)
    asked = filters.cleaned_data if filters.is_valid() else {}
    chosen = {name: value for name, value in asked.items() if value}
    turn = Case(*(When(state=state, then=at) for at, state in enumerate(ORDER)), default=len(ORDER))
    rows = Candidate.objects.filter(**chosen).select_related("membership", "approved_by")
    page = Paginator(rows.order_by(turn, "-checked_at", "id"), PER_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(
        request,
        "credit/publication/queue.html",
        {
            "filters": filters,
            "page": page,
            "rows": [_row(request, candidate) for candidate in page],
            "waiting": Candidate.objects.filter(state=CandidateState.READY).count(),
        },
    )


@require_POST
@console_page
def confirm(request: ConsoleRequest, candidate: str) -> HttpResponse:
    """Let a record through, by name."""
    form = ConfirmForm(request.POST)
    found = get_object_or_404(Candidate, public_id=candidate)
    if not form.is_valid():
        messages.error(request, _("Nothing was confirmed: the address of the public source is not one."))
        return _back(request)
    services.confirm(candidate=found, by=request.user, **form.cleaned_data)
    messages.success(request, _("Confirmed. It is public within a minute."))
    return _back(request)


@require_POST
@console_page
def withdraw(request: ConsoleRequest, candidate: str) -> HttpResponse:
    """Take a record off the portal."""
    form = WithdrawForm(request.POST)
    found = get_object_or_404(Candidate, public_id=candidate)
    if not form.is_valid():
        messages.error(request, _("Nothing was withdrawn: give the reasons."))
        return _back(request)
    services.withdraw(candidate=found, why=form.cleaned_data["why"], by=request.user)
    messages.success(request, _("Withdrawn. It is off the portal."))
    return _back(request)


def _back(request: ConsoleRequest) -> HttpResponse:
    return redirect("publication:queue", slug=request.association.slug)


def _row(request: ConsoleRequest, candidate: Candidate) -> Row:
    lacking = [Code(code) for code in candidate.missing]
    is_person = candidate.membership.is_person
    needs_source = Code.BASIS in lacking
    return Row(
        candidate=candidate,
        missing=[
            GateLine(SENTENCES[code], "waiting" if code is Code.CONFIRMATION else "missing")
            for code in lacking
        ],
        asked=len(asked_of(RecordKind(candidate.kind), is_person=is_person)),
        address=_address(candidate),
        # A person's record may rest on a public source instead of consent: the form asks for it.
        may_confirm=rules.may_confirm(request.user, candidate, public_source="…" if needs_source else ""),
        may_withdraw=rules.may_withdraw(request.user, candidate),
        confirm=ConfirmForm(initial={"asks_for": candidate.asks_for}, auto_id=f"{candidate.public_id}_%s"),
        withdraw=WithdrawForm(auto_id=f"{candidate.public_id}_%s"),
    )


def _address(candidate: Candidate) -> str:
    if candidate.state != CandidateState.PUBLISHED:
        return ""
    try:
        return reverse(PAGES[RecordKind(candidate.kind)], args=[candidate.record_ref])
    except NoReverseMatch:
        return ""
