"""One session and its sheet of attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from associations.members.models import Membership
from associations.registry.middleware import console_page
from associations.training import forms, rules, services
from associations.training.models import Attendance, Session
from associations.training.states import Presence
from associations.training.views.paging import page_of, read_or_write

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from associations.registry.middleware import ConsoleRequest
    from associations.training.forms import LineForm


@read_or_write
@console_page
def session(request: ConsoleRequest, session: str) -> HttpResponse:
    """One session and its sheet: attendance is entered and corrected in the table, a page at a time."""
    held = get_object_or_404(Session.objects.select_related("course"), public_id=session)
    verdict = rules.may_record(request.user, held)
    filters = forms.SheetFilter(request.GET or None)
    page = page_of(request, on_sheet(held, filters.cleaned_data if filters.is_valid() else {}))
    members = list(page)
    standing = {
        row.membership_id: row for row in Attendance.objects.filter(session=held, membership__in=members)
    }
    initial = [forms.LineForm.initial_of(member.public_id, standing.get(member.pk)) for member in members]
    sheet = forms.SheetForm(request.POST or None, initial=initial, prefix="line")
    reason = forms.WhyForm(request.POST or None)
    if request.method == "POST":
        verdict.enforce()
        if sheet.is_valid() and reason.is_valid() and (done := record(request, held, sheet, reason)):
            messages.success(request, told(done))
            return redirect(request.get_full_path())
    by_public_id = {member.public_id: member for member in members}
    lines = [(line, by_public_id.get(line["member"].value() or "")) for line in sheet]
    return TemplateResponse(
        request,
        "associations/training/session.html",
        {
            "session": held,
            "course": held.course,
            "filters": filters,
            "page": page,
            "sheet": sheet,
            "lines": lines,
            "reason": reason,
            "may_record": verdict,
            "counts": counts_of(held),
        },
        status=400 if request.method == "POST" else 200,
    )


def on_sheet(held: Session, asked: dict[str, Any]) -> QuerySet[Membership]:
    """Members of today and whoever is on the sheet already, as filtered."""
    there = Exists(Attendance.objects.filter(session=held, membership=OuterRef("pk")))
    rows = (
        Membership.objects.annotate(there=there)
        .filter(Q(left_on=None) | Q(there=True))
        .order_by("number", "pk")
    )
    if asked.get("q"):
        q = asked["q"].strip()
        rows = rows.filter(Q(name__icontains=q) | Q(number__istartswith=q) | Q(code__istartswith=q))
    if asked.get("category"):
        rows = rows.filter(category=asked["category"])
    if asked.get("show"):
        rows = rows.filter(there=asked["show"] == "recorded")
    return rows


def counts_of(held: Session) -> dict[str, int]:
    return held.attendances.aggregate(
        there=Count("pk", filter=Q(presence=Presence.PRESENT)),
        away=Count("pk", filter=~Q(presence=Presence.PRESENT)),
        passes=Count("pk", filter=Q(passed=True)),
        good=Count("certificates", filter=Q(passed=True)),
    )


def record(
    request: ConsoleRequest, held: Session, sheet: Any, reason: forms.WhyForm
) -> services.Recorded | None:
    """Hand the lines to the verb; None, with the form marked, where something is still to be corrected."""
    ids = dict(
        Membership.objects.filter(public_id__in=[line.cleaned_data["member"] for line in sheet]).values_list(
            "public_id", "pk"
        )
    )
    lines: list[tuple[LineForm, Any]] = []
    for line in sheet:
        if line.cleaned_data["member"] not in ids:
            line.add_error("presence", _("This member does not exist in this association."))
            return None
        row = line.row(ids[line.cleaned_data["member"]])
        if row is not None:
            lines.append((line, row))
    if len({row.membership_id for _line, row in lines}) < len(lines):
        reason.add_error(
            None, _("A member comes twice in this sheet. Load the page again and enter it once.")
        )
        return None
    before = {
        row.membership_id: row for row in Attendance.objects.filter(session=held, membership__in=ids.values())
    }
    corrects = any(
        row.membership_id in before
        and row.figures(held)
        != {name: getattr(before[row.membership_id], name) for name in row.figures(held)}
        for _line, row in lines
    )
    if corrects and not reason.cleaned_data["why"].strip():
        reason.add_error("why", _("A line that stands is changed: say why."))
        return None
    return services.record_attendance(
        session=held,
        rows=[row for _line, row in lines],
        why=reason.cleaned_data["why"].strip(),
        by=request.user,
    )


def told(done: services.Recorded) -> str:
    """What came of a sheet, in words."""
    if not (done.new or done.corrected):
        return _("Nothing has changed.")
    parts = [
        ngettext("%(n)s line recorded", "%(n)s lines recorded", done.new) % {"n": done.new}
        if done.new
        else "",
        ngettext("%(n)s line corrected", "%(n)s lines corrected", done.corrected) % {"n": done.corrected}
        if done.corrected
        else "",
        ngettext("%(n)s certificate issued", "%(n)s certificates issued", len(done.certificates))
        % {"n": len(done.certificates)}
        if done.certificates
        else "",
    ]
    return _(", ").join(part for part in parts if part)
