"""Certificates issued, and whether a number is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from associations.registry.middleware import console_page
from associations.training import forms, selectors
from associations.training.selectors.certificates import row_of, with_its_session
from associations.training.states import CertificateState
from associations.training.views.paging import page_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from associations.registry.middleware import ConsoleRequest
    from associations.training.models import Certificate

FULL = 3
"""Dashes in a certificate number typed in full."""


@require_GET
@console_page
def certificates(request: ConsoleRequest) -> TemplateResponse:
    """Certificates issued; a number typed in full is checked digit by digit."""
    asked = forms.CertificateFilter(request.GET or None)
    told_ = asked.cleaned_data if asked.is_valid() else {}
    rows: QuerySet[Certificate] = with_its_session().order_by("-issued_on", "-pk")
    q = (told_.get("q") or "").strip()
    if q:
        rows = rows.filter(Q(number__istartswith=q) | Q(membership__name__icontains=q))
    today = timezone.localdate()
    conditions = {
        CertificateState.VALID: Q(attendance__passed=True, expires_on__gte=today),
        CertificateState.EXPIRED: Q(attendance__passed=True, expires_on__lt=today),
        CertificateState.WITHDRAWN: ~Q(attendance__passed=True),
    }
    if told_.get("state"):
        rows = rows.filter(conditions[CertificateState(told_["state"])])
    page = page_of(request, rows)
    return TemplateResponse(
        request,
        "associations/training/certificates.html",
        {
            "page": page,
            "rows": [row_of(each, today) for each in page],
            "filters": asked,
            "mistyped": q.upper().startswith("T")
            and q.count("-") == FULL
            and not selectors.number_is_well_formed(q),
            "q": q,
        },
    )
