"""The member's own fees: what it paid for each year, receipt by receipt, beside the fee table in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from associations.desk.frame import frame
from associations.desk.middleware import desk_page
from associations.fees import selectors
from core.ui import keyset

if TYPE_CHECKING:
    from associations.desk.middleware import DeskRequest


@require_safe
@desk_page
def fees(request: DeskRequest) -> TemplateResponse:
    """What I paid. Nothing can be done here: money is kept by the association, against its receipts."""
    member = request.membership
    context = frame(request) | {
        "years": selectors.paid_by(member),
        "page": keyset.stretch(
            selectors.payments_of(member), by=("-id",), cursor=request.GET.get("cursor", "")
        ),
        "table": selectors.table_on(timezone.localdate()),
    }
    return TemplateResponse(request, "associations/desk/fees.html", context)
