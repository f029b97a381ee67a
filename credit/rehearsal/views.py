"""The console's pages of rehearsals: ask for one, watch it, read its report, take its movers away."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from associations.members.states import Category
from associations.registry.middleware import console_page
from core.paperwork.export import csv_lines, write_xlsx
from core.ui.htmx import progress, wants_part
from credit.rehearsal import forms, rules, selectors, services
from credit.rehearsal.report import fairness, tables
from credit.rehearsal.report.merging import merge
from credit.rehearsal.states import Age, RehearsalState, Why
from credit.scoring.states import Size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from associations.registry.middleware import ConsoleRequest
    from credit.rehearsal.models import Rehearsal
    from credit.rehearsal.report.merging import Tallies

PER_PAGE = 50
IN_MEMORY = 4 << 20
KINDS = {"csv": "text/csv; charset=utf-8",
         "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mover:
    """A line of the list: letters and scores before and after."""

    member: Any
    category: str
    before: str
    after: str
    score_before: int
    score_after: int
    why: str

    @property
    def change(self) -> int:
        return self.score_after - self.score_before


@require_http_methods(["GET", "HEAD", "POST"])
@console_page
def rehearsals(request: ConsoleRequest) -> HttpResponse:
    """Rehearse a rule set; below, the rehearsals so far."""
    verdict = rules.may_rehearse(request.user, running=selectors.running())
    form = forms.RehearsalForm()
    if request.method == "POST":
        verdict.enforce()
        form = forms.RehearsalForm(request.POST, request.FILES)
        if form.is_valid():
            made = form.rehearse(by=request.user)
            return redirect("rehearsal:rehearsal", slug=request.association.slug, public_id=made.public_id)
    page = Paginator(selectors.rehearsals(), PER_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(
        request,
        "credit/rehearsal/rehearsals.html",
        {"form": form, "page": page, "may_rehearse": verdict},
        status=400 if form.errors else 200,
    )


@require_safe
@console_page
def rehearsal(request: ConsoleRequest, public_id: str) -> HttpResponse:
    """One rehearsal: how far it is, then its report."""
    found = get_object_or_404(selectors.whole(), public_id=public_id)
    running = found.state == RehearsalState.RUNNING
    context: dict[str, Any] = {
        "rehearsal": found,
        "sha256": bytes(found.sha256).hex(),
        "association": request.association,  # the part that is polled has no frame
    }
    if running:
        context["progress"] = selectors.progress(found)
    if wants_part(request):
        answer = progress(request, "credit/rehearsal/watch.html", context, done=not running)
        if not running:
            answer.headers["HX-Refresh"] = "true"
        patch_vary_headers(answer, ("HX-Request",))
        return answer
    if found.state == RehearsalState.DONE:
        context |= told(request, found)
    response = TemplateResponse(request, "credit/rehearsal/rehearsal.html", context)
    patch_vary_headers(response, ("HX-Request",))
    return response


def told(request: ConsoleRequest, found: Rehearsal) -> dict[str, Any]:
    report: Tallies = found.report or merge([])
    page = Paginator(report["movers"], PER_PAGE).get_page(request.GET.get("page"))
    moved = tables.moved(report)
    rows = sum(moved.values())
    members, fresh, due = tables.members(report)
    ways = ((1, _("Better")), (-1, _("Worse")), (0, _("Otherwise: a grade gained or lost, another state")))
    return {
        "members": members, "fresh": fresh, "due": due, "better": moved[1], "worse": moved[-1], "movers": rows,
        "migration": tables.migration(report), "distribution": tables.distribution(report),
        "reasons": [(label, moved[way], tables.reasons(report, way)) for way, label in ways if moved[way]],
        "states": tables.states(report),
        "by_category": tables.by_category(report), "by_size": tables.by_size(report),
        "fair": [(title, fairness.fairness(report, table, brackets)) for title, table, brackets in compared(found)],
        "page": page, "rows": listed(list(page.object_list)), "most": len(report["movers"]),
        "may_export": {
            kind: rules.may_export(request.user, done=True, kind=kind, rows=rows) for kind in KINDS
        },
    }  # fmt: skip


def compared(found: Rehearsal) -> Iterator[tuple[str, str, list[tuple[int, str]]]]:
    """Title, table and brackets of each comparison."""
    yield _("By size"), "sizes", [(each.value, str(each.label)) for each in Size]
    yield _("By years of membership"), "ages", [(each.value, str(each.label)) for each in Age]
    if found.group_name:
        yield found.group_name, "group", [(1, found.group_name), (0, _("all others"))]


def listed(movers: list[list[Any]]) -> list[Mover]:
    members = selectors.named(each[2] for each in movers)
    categories = {category.value: str(category.label) for category in Category}
    return [
        Mover(
            members[key], categories[members[key].category], tables.OUTCOMES[before], tables.OUTCOMES[after],
            score_before, score_after, str(Why(why).label),
        )
        for _distance, _points, key, before, after, score_before, score_after, why in movers
    ]  # fmt: skip


@require_POST
@console_page
def export(request: ConsoleRequest, public_id: str) -> FileResponse | StreamingHttpResponse:
    """Everybody who moves, worked out anew: as XLSX while few, as CSV part by part while it is read. Noted in the
    ledger.
    """
    found = get_object_or_404(selectors.whole(), public_id=public_id)
    kind = "xlsx" if request.POST.get("kind") == "xlsx" else "csv"
    rows = sum(tables.moved(found.report).values()) if found.report else 0
    services.note_export(rehearsal=found, kind=kind, rows=rows, by=request.user)
    name = f"rehearsal-{request.association.slug}-{found.as_of:%Y%m%d}.{kind}"
    if kind == "csv":
        answer = StreamingHttpResponse(csv_lines(headings(), lines(found)), content_type=KINDS[kind])
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    write_xlsx(file, headings(), lines(found), title=_("Movers"))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=KINDS[kind])


def headings() -> list[str]:
    return [
        _("Member number"), _("Name"), _("Code"), _("Category"), _("Grade before"), _("Grade after"),
        _("Score before"), _("Score after"), _("Main reason"),
    ]  # fmt: skip


def lines(found: Rehearsal) -> Iterator[list[object]]:
    """The rows, in the language in force now, however late they are read."""
    categories = {category.value: str(category.label) for category in Category}
    return _lines(found, categories, {each.value: str(each.label) for each in Why})


def _lines(found: Rehearsal, categories: dict[int, str], why: dict[int, str]) -> Iterator[list[object]]:
    for *mover, number, name, code, category in services.every_mover(found):
        _distance, _points, _key, before, after, score_before, score_after, reason = mover
        yield [
            number, name, code, categories[category], tables.OUTCOMES[before], tables.OUTCOMES[after],
            score_before / 1000, score_after / 1000, why[reason],
        ]  # fmt: skip
