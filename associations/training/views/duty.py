"""The year's duty: who has done it, what it asks for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from associations.members.models import Membership
from associations.members.states import Category
from associations.registry.middleware import console_page
from associations.training import forms, rules, selectors, services
from associations.training.states import DutyState
from associations.training.views.paging import page_of, read_or_write
from core.ui.charts import Training

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest


@require_GET
@console_page
def duty(request: ConsoleRequest) -> TemplateResponse:
    """How many members have done this year's duty, by category; and each member's own progress."""
    asked = forms.DutyFilter(request.GET or None)
    told = asked.cleaned_data if asked.is_valid() else {}
    year = told.get("year") or timezone.localdate().year
    everyone = selectors.overview(year)
    chosen = [
        (member.id, each)
        for member, each in everyone
        if (not told.get("category") or member.category == told["category"])
        and (not told.get("state") or each.state == told["state"])
    ]
    page = page_of(request, chosen)
    members = Membership.objects.in_bulk([key for key, _each in page])
    counts = Counter(each.state for _member, each in everyone)
    return TemplateResponse(
        request,
        "associations/training/duty.html",
        {
            "year": year,
            "filters": asked,
            "page": page,
            "rows": [(members[key], each) for key, each in page],
            "total": len(everyone),
            "states": [(state, counts[state]) for state in DutyState if counts[state]],
            "done": counts[DutyState.DONE],
            "owing": len(everyone) - counts[DutyState.NOT_OWED],
            "picture": picture(everyone, year),
            "adopted": selectors.requirements().first_year is not None,
            "may_manage": rules.may_manage(request.user),
        },
    )


def picture(everyone: list[tuple[Any, selectors.YearDuty]], year: int) -> list[Training]:
    """For each category: how many of those who owe the year's duty have done it."""
    owing, done, late = Counter[int](), Counter[int](), Counter[int]()
    for member, each in everyone:
        if each.state != DutyState.NOT_OWED:
            owing[member.category] += 1
            done[member.category] += each.met
            late[member.category] += each.overdue
    return [
        Training(
            label=str(category.label),
            done=done[category],
            required=owing[category],
            unit=_("members"),
            late=bool(late[category]),
            url=f"?year={year}&category={category:d}",
        )
        for category in Category
        if owing[category]
    ]


@read_or_write
@console_page
def duties(request: ConsoleRequest) -> HttpResponse:
    """What each category must do a year; set from this year or the next on."""
    form = forms.DutyForm(request.POST or None)
    if request.method == "POST":
        rules.may_manage(request.user).enforce()
        if form.is_valid():
            form.save(by=request.user)
            messages.success(request, _("The duty is set."))
            return redirect("training:duties", slug=request.association.slug)
    known, now = selectors.requirements(), timezone.localdate().year
    return TemplateResponse(
        request,
        "associations/training/duties.html",
        {
            "form": form,
            "rows": [
                (category, *known.of(category, now), known.set_for(category, now)) for category in Category
            ],
            "coming": [
                (Category(number), year, hours, exam)
                for year, number, hours, exam in known.rows
                if year > now
            ],
            "year": now,
            "may_manage": rules.may_manage(request.user),
        },
        status=400 if form.errors else 200,
    )


@require_POST
@console_page
def adopt_duties(request: ConsoleRequest) -> HttpResponse:
    """Take the method's requirements as the association's, from this year on."""
    services.adopt_default_duties(year=timezone.localdate().year, by=request.user)
    messages.success(
        request, _("The requirements of the method are now the association's, from this year on.")
    )
    return redirect("training:duties", slug=request.association.slug)
