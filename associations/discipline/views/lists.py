"""The list of cases, and opening one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from associations.conduct.catalogue import by_number
from associations.discipline import selectors
from associations.discipline.filters import CaseFilter, counted, views
from associations.discipline.forms import OpenForm
from associations.registry.middleware import console_page
from associations.registry.rules import Verb, may
from core.calendar.selectors import calendar
from core.ui.keyset import stretch
from core.verdicts import Denied

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest

DEFAULT_VIEW = "open"


@require_safe
@console_page
def cases(request: ConsoleRequest) -> TemplateResponse:
    """Cases with their clocks, by view and filter."""
    tabs, counts = views(request.user.pk), counted(request.user.pk)
    here = request.GET.get("view", DEFAULT_VIEW)
    here = here if here in tabs else DEFAULT_VIEW
    asked = CaseFilter(request.GET, selectors.cases().filter(tabs[here][1]))
    page = stretch(asked.qs, by=("-opened_on", "-id"), cursor=request.GET.get("cursor", ""), total=None)
    days, language = calendar(), get_language() or ""
    rows = [(each, by_number(each.code), selectors.due_of(each, days=days)) for each in page]
    return TemplateResponse(
        request,
        "associations/discipline/cases.html",
        {
            "page": page,
            "rows": [(each, entry.told(language) if entry else each.code, due) for each, entry, due in rows],
            "filters": asked.form,
            "filtered": any(request.GET.get(name) for name in asked.form.fields),
            "tabs": [(name, label, counts[name], name == here) for name, (label, _q) in tabs.items()],
            "may_open": may(request.user, Verb.OPEN_CASE),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def new(request: ConsoleRequest) -> HttpResponse:
    """Open a case."""
    may(request.user, Verb.OPEN_CASE).enforce()
    initial = {"member": request.GET.get("member", "")}
    form = OpenForm(request.POST if request.method == "POST" else None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            opened = form.save()
        except Denied as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Case %(number)s is open.") % {"number": opened.number})
            return redirect("discipline:case", slug=request.association.slug, case=opened.public_id)
    return TemplateResponse(
        request, "associations/discipline/new.html", {"form": form}, status=400 if form.errors else 200
    )
