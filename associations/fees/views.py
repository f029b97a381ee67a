"""The console's page of fees: the fee table, and what came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from associations.fees import rules, selectors
from associations.fees.forms import PaymentsForm, TableForm
from associations.registry.middleware import console_page
from core.ui import keyset
from core.verdicts import Denied

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def fees(request: ConsoleRequest) -> HttpResponse:
    """The fee tables, the years, the payments; new payments are kept here."""
    form = PaymentsForm(request.POST or None)
    if request.method == "POST":
        rules.may_keep(request.user).enforce()
        if form.is_valid():
            try:
                count = form.save(by=request.user)
            except Denied as refusal:
                form.add_error("lines", str(refusal))
            else:
                told = ngettext("%(count)s payment is kept.", "%(count)s payments are kept.", count)
                messages.success(request, told % {"count": count})
                return redirect("fees:fees", slug=request.association.slug)
    return _page(request, form, TableForm())


@require_POST
@console_page
def adopt(request: ConsoleRequest) -> HttpResponse:
    """Enter a fee table the association adopted."""
    rules.may_adopt(request.user).enforce()
    form = TableForm(request.POST)
    if not form.is_valid():
        return _page(request, PaymentsForm(), form)
    form.save(by=request.user)
    messages.success(request, _("The fee table is kept, and public within five minutes."))
    return redirect("fees:fees", slug=request.association.slug)


def _page(request: ConsoleRequest, payments: PaymentsForm, table: TableForm) -> TemplateResponse:
    context = {
        "tables": selectors.tables(),
        "in_force": selectors.table_on(timezone.localdate()),
        "years": selectors.years(most=10),
        "page": keyset.stretch(selectors.payments(), by=("-id",), cursor=request.GET.get("cursor", "")),
        "payments": payments,
        "table": table,
        "may_keep": rules.may_keep(request.user),
        "may_adopt": rules.may_adopt(request.user),
    }
    status = 422 if payments.errors or table.errors else 200
    return TemplateResponse(request, "associations/fees/fees.html", context, status=status)
