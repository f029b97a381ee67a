"""The page of one complaint, which reads as its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from associations.complaints import rules, services, tracking
from associations.complaints.models import Complaint
from associations.complaints.selectors import due_of, file_of, masked_contact, words_of
from associations.complaints.states import EntryKind, Side, Step
from associations.complaints.views.steps import PAGES
from associations.registry.middleware import console_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from associations.complaints.selectors import ComplaintFile, Due
    from associations.registry.middleware import ConsoleRequest

KEPT_YEARS = 3


@require_safe
@console_page
def complaint(request: ConsoleRequest, complaint: str) -> HttpResponse:
    """Everything in the file, the clock, and what can be done now."""
    file = file_of(get_object_or_404(Complaint, public_id=complaint))
    return _page(request, file, masked_contact(file.complaint))


@require_POST
@console_page
def contact(request: ConsoleRequest, complaint: str) -> HttpResponse:
    """The same page with name and contact legible, for who handles it; that they were seen is written down."""
    row = get_object_or_404(Complaint, public_id=complaint)
    told = services.see_contact(complaint=row, by=request.user)
    return _page(request, file_of(row), told, legible=True)


def _page(
    request: ConsoleRequest, file: ComplaintFile, told: tuple[str, str], *, legible: bool = False
) -> TemplateResponse:
    row = file.complaint
    due = due_of(row)
    person, reach = told
    return TemplateResponse(
        request,
        "associations/complaints/complaint.html",
        {
            "complaint": row,
            "file": file,
            "tracking": tracking.shown(row.tracking),
            "due": due,
            "person": person,
            "contact": reach,
            "legible": legible,
            "may_see_contact": rules.may_see_contact(request.user, file),
            "like": row.likeness.get("like", []),
            "money": [
                (EntryKind.ADVANCE.label, file.booked(EntryKind.ADVANCE)),
                (EntryKind.RECOVERY.label, file.booked(EntryKind.RECOVERY)),
                (EntryKind.WRITE_OFF.label, file.booked(EntryKind.WRITE_OFF)),
                (_("Still owed"), file.owed),
            ],
            "acts": acts(request, file),
            "moments": moments(file, due),
            "years": KEPT_YEARS,
        },
    )


def acts(request: ConsoleRequest, file: ComplaintFile) -> list[dict[str, Any]]:
    """The verbs of this state, those open to the user first, each with its reason or its consequence."""
    found = [
        {
            "verdict": page.rule(request.user, file),
            "label": page.label,
            "note": page.lead,
            "kind": page.kind,
            "url": reverse(
                f"complaints:{page.name}",
                kwargs={
                    "slug": request.association.slug,
                    "complaint": file.complaint.public_id,
                },
            ),
        }
        for page in PAGES.values()
        if page.offered(file)
    ]
    found.sort(key=lambda each: not each["verdict"])
    if found and found[0]["verdict"] and not found[0]["kind"]:
        found[0]["kind"] = "pri"
    return found


def moments(file: ComplaintFile, due: Due | None) -> list[dict[str, Any]]:
    """The complaint's history as a timeline, and the next day something is due."""
    done = [
        {
            "on": event.on,
            "text": Step(event.step).label,
            "note": " · ".join(
                filter(
                    None,
                    (
                        event.by.name if event.by else str(Side(event.side).label),
                        words_of(event, file.complaint),
                    ),
                )
            ),
        }
        for event in file.events
    ]
    if due:
        words = _("by %(day)s") % {"day": f"{due.on:%m-%d}"}
        done.append({"when": words, "text": due.what, "note": due.waits_for.label, "todo": True})
    return done
