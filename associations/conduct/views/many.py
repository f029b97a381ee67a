"""Recording the same checks of many members: choose in the list, say what was found, look, confirm."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from associations.conduct.forms import ManyForm
from associations.members import filters, rules, services
from associations.members.forms import attempt
from associations.members.models import Membership
from associations.members.services.checklist import COLUMNS
from associations.members.states import Category, Item
from associations.registry.middleware import console_page
from core.ui.paging import address

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.utils.functional import Promise

    from associations.members.services import Plan
    from associations.registry.middleware import ConsoleRequest

MOST = 5_000
"""How many members are checked at once at most."""
SHOWN = 100
NAMED = 10
BAD_INPUT = 422
PUBLIC_ID = re.compile(r"[\w-]{22}", re.ASCII)
CHANGE, LOOK, RECORD = "change", "look", "record"


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of the preview: of how many members it is recorded, of how many not."""

    label: str | Promise
    kept: int
    left_out: int


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """Why checks are left out, how many, of whom: the first few, and how many more."""

    label: str | Promise
    checks: int
    members: list[Membership]
    more: int


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def check_many(request: ConsoleRequest) -> HttpResponse:
    """Those ticked, or everybody the address's filter matches: the form, what it would record, and the record.

    Whom it is about is settled when the page is first shown and kept in the form; each id is looked up again.
    """
    rules.may_manage(request.user).enforce()
    step = request.POST.get("step", "")
    chosen = _kept(request) if step else _asked(request)
    if not 0 < len(chosen) <= MOST:
        too_many = _("At most %(most)s members are checked at once: filter more.") % {"most": f"{MOST:,}"}
        messages.error(request, too_many if chosen else _("Nobody is chosen: tick members, or filter less."))
        return _to_list(request)
    categories = {Category(member.category) for member in chosen}
    form = ManyForm(request.POST if step else None, categories=categories, auto_id="many_%s")
    if step == RECORD and attempt(form, membership_ids=[each.pk for each in chosen], by=request.user):
        _tell(request, form.recorded)
        return _to_list(request)
    previewed = step == LOOK and form.is_valid()
    context = {
        "form": form,
        "chosen": chosen[:SHOWN],
        "total": len(chosen),
        "more": max(0, len(chosen) - SHOWN),
        "kinds": _kinds(chosen),
        "members": " ".join(each.public_id for each in chosen),
        "query": address(request).partition("?")[2],
        **(_preview(form, services.plan(chosen, form.finding())) if previewed else {}),
    }
    status = BAD_INPUT if step in {LOOK, RECORD} and form.errors else 200
    return TemplateResponse(request, "associations/conduct/many.html", context, status=status)


def _asked(request: ConsoleRequest) -> list[Membership]:
    """Those ticked in the list; with no tick everybody its filter matches, one beyond `MOST` at most."""
    if picked := request.POST.getlist("pick"):
        return _by_public_ids(picked)
    _filterset, rows, columns = filters.asked(request.GET)
    return list(rows.select_related(None).only(*COLUMNS).order_by(*columns)[: MOST + 1])


def _kept(request: ConsoleRequest) -> list[Membership]:
    """Those the page was shown about. None of them lost, none of another association: else 404."""
    return _by_public_ids(request.POST.get("members", "").split())


def _by_public_ids(ids: list[str]) -> list[Membership]:
    wanted = set(ids)
    if not wanted or not all(map(PUBLIC_ID.fullmatch, wanted)):
        raise Http404
    rows = Membership.objects.filter(public_id__in=wanted).only(*COLUMNS).order_by("number", "id")
    found = list(rows[: MOST + 1])
    if len(found) < min(len(wanted), MOST + 1):
        raise Http404
    return found


def _kinds(chosen: list[Membership]) -> list[tuple[str | Promise, int]]:
    """How many of each category."""
    counts = Counter(member.category for member in chosen)
    return [(category.label, counts[category]) for category in Category if counts[category]]


def _preview(form: ManyForm, plan: Plan) -> dict[str, Any]:
    """What would be recorded, by item, and what would not, by reason."""
    kept = Counter(item for _member, item in plan.kept)
    spared = Counter(item for pairs in plan.left_out.values() for _member, item in pairs)
    items = [item for item in Item if item in form.cleaned_data["items"]]
    reasons = []
    for reason, pairs in plan.left_out.items():
        whom = list(dict.fromkeys(member for member, _item in pairs))
        reasons.append(ReasonLine(reason.label, len(pairs), whom[:NAMED], len(whom) - len(whom[:NAMED])))
    return {
        "plan": plan,
        "finding": form.finding(),
        "items": [ItemLine(item.label, kept[item], spared[item]) for item in items],
        "reasons": reasons,
    }


def _tell(request: ConsoleRequest, recorded: Plan) -> None:
    told = {
        "checks": f"{len(recorded.kept):,}",
        "members": f"{recorded.members:,}",
        "left_out": f"{sum(map(len, recorded.left_out.values())):,}",
    }
    if recorded.kept:
        words = _(
            "Checks recorded: %(checks)s, of %(members)s members. Left out: %(left_out)s. The ratings follow."
        )
        messages.success(request, words % told)
    else:
        messages.warning(request, _("Nothing was recorded. Left out: %(left_out)s.") % told)


def _to_list(request: ConsoleRequest) -> HttpResponse:
    """The list as it was filtered."""
    response = redirect("members:list", request.association.slug)
    if query := address(request).partition("?")[2]:
        response["Location"] += f"?{query}"
    return response
