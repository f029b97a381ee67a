"""The list of members and its export."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

from django.http import FileResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from associations.members import filters, rules, selectors
from associations.members.states import VERIFIED_FOR_DAYS
from associations.registry.middleware import console_page
from associations.registry.rules import Verb, may
from core.ledger import services as ledger
from core.ledger.states import Act
from core.paperwork.export import csv_lines, write_xlsx
from core.ui import clocks, grades, keyset
from core.ui.formatting import plain_points
from core.ui.paging import address
from core.verdicts import denied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from associations.members.models import Membership
    from associations.registry.middleware import ConsoleRequest

XLSX_UP_TO = 20_000
SOON_DAYS = 7
"""From so many days on a clock of the list is drawn as running out."""
IN_MEMORY = 1 << 20
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab above the list; `count` as it is shown, 999+ where it was not counted to the end."""

    label: str
    url: str
    count: str
    tone: str
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list. `score` in milli-points, none for who is not rated; `clock` empty where never verified."""

    member: Membership
    chip: str
    score: int | None
    clock: str
    cases: int
    hours: int


@require_safe
@console_page
def members(request: ConsoleRequest) -> TemplateResponse:
    """Everybody, by tab, filter and order; all three stand in the address."""
    filterset, rows, columns = filters.asked(request.GET)
    page = keyset.stretch(rows, by=columns, cursor=request.GET.get("cursor", ""))
    counts = filters.counts()
    context = {
        "page": page,
        "lines": _lines(page.items),
        "filters": filterset.form,
        "tabs": _tabs(request, counts),
        "total": counts[""],
        "by_score": "score" in columns[0],
        "may_manage": rules.may_manage(request.user),
        "may_export": may(request.user, Verb.EXPORT),
        "query": request.GET.urlencode(),
    }
    return TemplateResponse(request, "associations/members/list.html", context)


def _tabs(request: ConsoleRequest, counts: dict[str, int]) -> list[Tab]:
    now = request.GET.get("view", "")
    shown = {
        name: f"{filters.COUNT_UP_TO}+" if name and count > filters.COUNT_UP_TO else f"{count:,}"
        for name, count in counts.items()
    }
    return [
        Tab(
            str(label),
            address(request, view=name or None),
            shown[name],
            tone if counts[name] else "",
            name == now,
        )
        for name, (label, tone, _rows) in filters.VIEWS.items()
    ]


def _lines(members_: Sequence[Membership]) -> list[Line]:
    """The rows as shown; a grade's chip and a clock are drawn once however many rows have the same."""
    work = selectors.work_of([member.pk for member in members_])
    today = timezone.localdate()
    chip, clock = cache(_chip), cache(_clock)
    lines = []
    for member in members_:
        standing = getattr(member, "standing", None)
        cases, hours = work.get(member.pk, (0, 0))
        lines.append(
            Line(
                member=member,
                chip=chip(standing.shown or None, standing.state) if standing else chip(None, 0),
                score=standing.score if standing and standing.state != filters.NOT_RATED else None,
                clock=clock((member.verify_by - today).days, member.verify_by) if member.verified_on else "",
                cases=cases,
                hours=hours,
            )
        )
    return lines


def _chip(shown: int | None, state: int) -> str:
    return render_to_string("components/grade.html", {"face": grades.face(shown, state), "tags": False})


def _clock(left: int, on: date) -> str:
    used = max(0, min(100, round(100 * (VERIFIED_FOR_DAYS - left) / VERIFIED_FOR_DAYS)))
    told = {"clock": clocks.dense(left, on, soon=SOON_DAYS), "used": used, "gap": True}
    return render_to_string("components/clock.html", told)


@require_POST
@console_page
def export(request: ConsoleRequest) -> FileResponse:
    """The rows the address asks for, or those ticked, as CSV or XLSX. Noted in the ledger."""
    may(request.user, Verb.EXPORT).enforce()
    _filterset, rows, columns = filters.asked(request.GET)
    if picked := request.POST.getlist("pick"):
        rows = rows.filter(public_id__in=picked)
    kind = "xlsx" if request.POST.get("kind") == "xlsx" else "csv"
    rows = rows.order_by(*columns)
    count = rows.count()
    if kind == "xlsx" and count > XLSX_UP_TO:
        denied(
            _("A workbook takes at most %(most)s rows, this would be %(count)s: export CSV, or filter more.")
            % {"most": XLSX_UP_TO, "count": count}
        ).enforce()
    ledger.record(
        association_id=request.association.pk,
        act=Act.MEMBERS_EXPORTED,
        thing="members",
        thing_id=request.association.public_id,
        detail={"rows": count, "kind": kind, "filters": request.GET.urlencode()},
        by=request.user,
    )
    file = SpooledTemporaryFile(max_size=IN_MEMORY, mode="w+b")  # noqa: SIM115 - the response closes it
    table = (_headings(), _cells(rows))
    if kind == "xlsx":
        write_xlsx(file, *table, title=_("Members"))
    else:
        file.writelines(csv_lines(*table))
    file.seek(0)
    name = f"{request.association.slug}-{timezone.localdate():%Y%m%d}.{kind}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=KINDS[kind])


def _headings() -> list[str]:
    return [
        _("Member number"), _("Name"), _("Code"), _("Category"), _("State"), _("Grade"), _("Score"),
        _("Joined on"), _("Left on"), _("Identity verified on"), _("Verify again by"),
    ]  # fmt: skip


def _cells(rows: QuerySet[Membership]) -> Iterator[list[str | date | None]]:
    for member in rows.iterator(2000):
        standing = getattr(member, "standing", None)
        face = (
            grades.face(standing.shown or None, standing.state)
            if standing
            else grades.UNGRADED[grades.Shown.NR]
        )
        yield [
            member.number,
            member.name,
            member.code_masked,
            member.get_category_display(),
            member.get_state_display(),
            face.letter,
            plain_points(standing.score) if standing and standing.state != filters.NOT_RATED else "",
            member.joined_on,
            member.left_on,
            member.verified_on,
            member.verify_by,
        ]
