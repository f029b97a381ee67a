"""The list of complaints, entering one, patterns, and the compensation register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from associations.complaints import rules, selectors, tracking
from associations.complaints.filters import ComplaintFilter, counted, views
from associations.complaints.forms import DepositForm, EntryForm, PatternForm
from associations.complaints.models import Pattern
from associations.complaints.services.register import SIDES
from associations.complaints.states import EntryKind
from associations.registry.middleware import console_page
from core.calendar.selectors import calendar
from core.ui.keyset import stretch
from core.verdicts import Denied

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest

DEFAULT_VIEW = "open"
MOST_PATTERNS = 200


@require_safe
@console_page
def complaints(request: ConsoleRequest) -> TemplateResponse:
    """Complaints with their clocks, by view and filter."""
    days = calendar()
    tabs, counts = views(request.user.pk, days), counted(request.user.pk, days)
    here = request.GET.get("view", DEFAULT_VIEW)
    here = here if here in tabs else DEFAULT_VIEW
    asked = ComplaintFilter(request.GET, selectors.complaints().filter(tabs[here][1]))
    page = stretch(asked.qs, by=("-received_on", "-id"), cursor=request.GET.get("cursor", ""), total=None)
    return TemplateResponse(
        request,
        "associations/complaints/complaints.html",
        {
            "page": page,
            "rows": [(each, selectors.due_of(each, days=days)) for each in page],
            "filters": asked.form,
            "filtered": any(request.GET.get(name) for name in asked.form.fields),
            "tabs": [(name, label, counts[name], name == here) for name, (label, _q) in tabs.items()],
            "may_enter": rules.may_enter(request.user),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def new(request: ConsoleRequest) -> HttpResponse:
    """Enter a complaint that came otherwise."""
    rules.may_enter(request.user).enforce()
    form = EntryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            received = form.save(by=request.user)
        except Denied as refusal:
            form.add_error(None, str(refusal))
        else:
            row = received.complaint
            messages.success(
                request,
                _(
                    "Complaint %(number)s is entered. For the complainant: tracking number %(tracking)s, code %(code)s."
                )
                % {
                    "number": row.number,
                    "tracking": tracking.shown(received.tracking),
                    "code": tracking.shown(received.code),
                },
            )
            return redirect("complaints:complaint", slug=request.association.slug, complaint=row.public_id)
    return TemplateResponse(
        request, "associations/complaints/entry.html", {"form": form}, status=400 if form.errors else 200
    )


@require_safe
@console_page
def patterns(request: ConsoleRequest) -> TemplateResponse:
    """Like complaints about one member, those nobody has answered first."""
    rows = list(selectors.patterns()[:MOST_PATTERNS])
    return TemplateResponse(
        request,
        "associations/complaints/patterns.html",
        {
            "rows": [(each, rules.may_answer_pattern(request.user, each)) for each in rows],
            "form": PatternForm(),
        },
    )


@require_POST
@console_page
def answer_pattern(request: ConsoleRequest, pattern: str) -> HttpResponse:
    """Write down what was done about a pattern."""
    row = get_object_or_404(Pattern, public_id=pattern)
    rules.may_answer_pattern(request.user, row).enforce()
    form = PatternForm(request.POST)
    if form.is_valid():
        form.save(pattern=row, by=request.user)
        messages.success(request, _("What was done is kept."))
    else:
        messages.error(request, _("Reasons are needed, in words."))
    return redirect("complaints:patterns", slug=request.association.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def register(request: ConsoleRequest) -> HttpResponse:
    """The compensation register: balances, entries, payments into the fund."""
    form = DepositForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        rules.may_deposit(request.user).enforce()
        if form.is_valid():
            try:
                form.save(by=request.user)
            except Denied as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, EntryKind.DEPOSIT.label)
                return redirect("complaints:register", slug=request.association.slug)
    page = stretch(selectors.booked(), by=("-on", "-id"), cursor=request.GET.get("cursor", ""), total=None)
    return TemplateResponse(
        request,
        "associations/complaints/register.html",
        {
            "balances": selectors.balances(),
            "page": page,
            "rows": [(each, *(side.label for side in SIDES[EntryKind(each.kind)])) for each in page],
            "form": form,
            "may_deposit": rules.may_deposit(request.user),
        },
        status=400 if form.errors else 200,
    )
