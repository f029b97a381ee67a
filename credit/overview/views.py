"""The console's first page, the officer's queue, and the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from associations.registry.middleware import console_page
from core.accounts.states import Role
from credit.overview import queue as queues
from credit.overview import selectors

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise

    from associations.registry.middleware import ConsoleRequest
    from credit.overview.selectors import Waiting

TOP = 10
FIRST_YEAR, LAST_YEAR = 2000, 2100


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
    """The head of my queue, what else waits and for whom, the clocks nearest to their end, how the cases stand."""
    slug = request.association.slug
    own, others = selectors.mine(selectors.waiting(), request.roles)
    lines = queues.lines(request.user, request.roles, timezone.localdate())
    mine = [line for line in lines if line.mine]
    context = {
        "next": led(mine[:TOP], slug),
        "queued": len(mine),
        "own": [_line(each, slug) for each in own],
        "others": [_line(each, slug) for each in others],
        "running": led([line for line in lines if line.clock][:TOP], slug),
        "cases": selectors.cases_by_state(),
    }
    return TemplateResponse(request, "credit/overview/dashboard.html", context)


@require_safe
@console_page
def queue(request: ConsoleRequest) -> TemplateResponse:
    """Everything that waits for me, overdue first; below it what waits for others and is overdue."""
    lines = queues.lines(request.user, request.roles, timezone.localdate())
    slug = request.association.slug
    mine = [line for line in lines if line.mine]
    context = {
        "mine": led(mine, slug),
        "late": sum(line.overdue for line in mine),
        "others": led([line for line in lines if line.overdue and not line.mine], slug),
    }
    return TemplateResponse(request, "credit/overview/queue.html", context)


@require_safe
@console_page
def calendar(request: ConsoleRequest) -> TemplateResponse:
    """A month: what is due on which day, the working days of the official calendar marked."""
    today = timezone.localdate()
    first = asked(request.GET.get("month", ""), today)
    lines = queues.lines(request.user, request.roles, today)
    if only_mine := request.GET.get("who") == "me":
        lines = [line for line in lines if line.mine]
    slug = request.association.slug
    weeks = [[(day, led(day.lines, slug)) for day in week] for week in queues.month(lines, first, today)]
    context = {
        "first": first,
        "weeks": weeks,
        "only_mine": only_mine,
        "before": queues.previous_month(first),
        "after": queues.next_month(first),
        "unknown": any(day.in_month and day.working is None for week in weeks for day, _lines in week),
    }
    return TemplateResponse(request, "credit/overview/calendar.html", context)


def asked(month: str, today: date) -> date:
    """The first day of a month written 2026-11; this month for anything else."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return today.replace(day=1)
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else today.replace(day=1)


def led(lines: Iterable[queues.Line], slug: str) -> list[tuple[queues.Line, str]]:
    """Each line with the address where it is done."""
    return [(line, _address(line.matter.page, [slug, line.matter.public_id])) for line in lines]


def _line(waiting: Waiting, slug: str) -> Line:
    url = _address(waiting.page, [slug])
    who = _(", ").join(str(role.label) for role in Role if role in waiting.roles) or _("the workers")
    return Line(waiting.what, waiting.count, who, url + waiting.query if url else "", waiting.tone)


def _address(page: str, values: list[Any]) -> str:
    try:
        return reverse(page, args=[value for value in values if value])
    except NoReverseMatch:
        return ""
