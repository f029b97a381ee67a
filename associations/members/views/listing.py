"""The list of members and its export."""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from django.http import FileResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from associations.members import filters, rules, selectors
from associations.members.models import Membership
from associations.members.states import VERIFIED_FOR_DAYS
from associations.registry.middleware import console_page
from associations.registry.rules import Verb, may
from core.ledger import services as ledger
from core.ledger.states import Act
from core.paperwork.export import csv_lines, write_xlsx
from core.ui import grades, keyset
from core.ui.formatting import plain_points
from core.ui.paging import address
from core.verdicts import denied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest

XLSX_UP_TO = 20_000
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
    """One row of the list: the member, days to the next verification and the share of 180 used, cases, hours."""

    member: Membership
    standing: Any
    left_days: int
    used: int
    cases: int
    hours: int


def asked(request: HttpRequest) -> tuple[filters.MemberFilters, QuerySet[Membership], tuple[str, ...]]:
    """The filters of the address, the rows they leave, and the columns of the order."""
    rows = filters.view_of(Membership.objects.select_related("standing"), request.GET.get("view", ""))
    filterset = filters.MemberFilters(request.GET, queryset=rows)
    found, columns = filters.ordered(filterset.qs, request.GET.get("sort", ""))
    return filterset, found, columns


@require_safe
@console_page
def members(request: HttpRequest) -> TemplateResponse:
    """Everybody, by tab, filter and order; all three stand in the address."""
    filterset, rows, columns = asked(request)
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


def _tabs(request: HttpRequest, counts: dict[str, int]) -> list[Tab]:
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


def _lines(members_: list[Membership]) -> list[Line]:
    keys = [member.pk for member in members_]
    cases, hours = selectors.open_cases(keys), selectors.hours_this_year(keys)
    today = timezone.localdate()
    lines = []
    for member in members_:
        left = (member.verify_by - today).days
        used = max(0, min(100, round(100 * (VERIFIED_FOR_DAYS - left) / VERIFIED_FOR_DAYS)))
        standing = getattr(member, "standing", None)
        lines.append(Line(member, standing, left, used, cases.get(member.pk, 0), hours.get(member.pk, 0)))
    return lines


@require_POST
@console_page
def export(request: HttpRequest) -> FileResponse:
    """The rows the address asks for, or those ticked, as CSV or XLSX. Noted in the ledger."""
    may(request.user, Verb.EXPORT).enforce()
    _filterset, rows, columns = asked(request)
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
            plain_points(standing.score) if standing else "",
            member.joined_on,
            member.left_on,
            member.verified_on,
            member.verify_by,
        ]
