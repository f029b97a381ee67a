"""The console's first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from associations.registry.middleware import console_page
from core.accounts.states import Role
from credit.overview import selectors

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from associations.registry.middleware import ConsoleRequest
    from credit.overview.selectors import Waiting


@dataclass(frozen=True, slots=True)
class Line:
    """Work of one kind as the page shows it. `url` is empty where its page does not exist."""

    what: str | Promise
    count: int
    who: str
    url: str
    tone: str


@require_safe
@console_page
def dashboard(request: ConsoleRequest) -> TemplateResponse:
    """What waits for me, what waits for others, which clocks run out, how the cases stand."""
    slug = request.association.slug
    own, others = selectors.mine(selectors.waiting(), request.roles)
    context = {
        "own": [_line(each, slug) for each in own],
        "others": [_line(each, slug) for each in others],
        "running": [(each, reverse(each.page, args=[slug, each.public_id])) for each in selectors.running()],
        "cases": selectors.cases_by_state(),
    }
    return TemplateResponse(request, "credit/overview/dashboard.html", context)


def _line(waiting: Waiting, slug: str) -> Line:
    try:
        url = reverse(waiting.page, args=[slug]) + waiting.query
    except NoReverseMatch:
        url = ""
    who = _(", ").join(str(role.label) for role in Role if role in waiting.roles) or _("the workers")
    return Line(waiting.what, waiting.count, who, url, waiting.tone)
