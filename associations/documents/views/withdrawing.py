"""Withdrawing a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from associations.documents import rules, services
from associations.documents.forms import WithdrawForm
from associations.documents.models import Document
from associations.registry.middleware import console_page
from core.verdicts import Denied

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def withdraw(request: ConsoleRequest, document: str) -> HttpResponse:
    """Say why a document stands no more."""
    found = get_object_or_404(Document.objects.select_related("withdrawal"), public_id=document)
    rules.may_withdraw(request.user, found).enforce()
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.withdraw(document=found, reasons=form.cleaned_data["reasons"], by=request.user)
        except Denied as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Withdrawn. Whoever verifies the document is told."))
            return redirect("documents:verified", code=found.public_id)
    return TemplateResponse(
        request,
        "associations/documents/withdraw.html",
        {"form": form, "document": found},
        status=400 if form.errors else 200,
    )
