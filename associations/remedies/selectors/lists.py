"""Lists of remedies, by what is most urgent, with their clocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from associations.remedies.models import Correction, Objection, OwnStatement, Repair, RepairDocument
from associations.remedies.states import CorrectionState, ObjectionState, RepairState, StatementState
from core.calendar.selectors import UnknownYear, calendar

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from associations.members.models import Membership
    from core.calendar.selectors import Calendar


@dataclass(frozen=True, slots=True)
class Due:
    """A clock: its last day, and the working days to it (None where the calendar does not reach that far)."""

    on: date
    remaining: int | None


def due(on: date, days: Calendar | None = None) -> Due:
    try:
        return Due(on, (days or calendar()).between(timezone.localdate(), on))
    except UnknownYear:
        return Due(on, None)


def objections(*, closed: bool = False) -> QuerySet[Objection]:
    """The open ones, the most urgent first; or those answered, the latest first. One query."""
    rows = Objection.objects.select_related("membership", "by", "answered_by", "fact")
    if closed:
        return rows.exclude(state=ObjectionState.OPEN).order_by("-id")
    return rows.filter(state=ObjectionState.OPEN).order_by("answer_by", "id")


def repairs(*, closed: bool = False) -> QuerySet[Repair]:
    rows = Repair.objects.select_related("membership", "by", "answered_by", "fact")
    if closed:
        return rows.exclude(state=RepairState.ASKED).order_by("-id")
    return rows.filter(state=RepairState.ASKED).order_by("answer_by", "id")


def corrections(*, closed: bool = False) -> QuerySet[Correction]:
    rows = Correction.objects.select_related("membership", "by", "answered_by", "fact")
    if closed:
        return rows.exclude(state=CorrectionState.PROPOSED).order_by("-id")
    return rows.filter(state=CorrectionState.PROPOSED).order_by("id")


def statements(*, closed: bool = False) -> QuerySet[OwnStatement]:
    rows = OwnStatement.objects.select_related("membership", "by", "checked_by", "fact")
    if closed:
        return rows.exclude(state=StatementState.WRITTEN).order_by("-id")
    return rows.filter(state=StatementState.WRITTEN).order_by("id")


def waiting() -> dict[str, int]:
    """How many of each wait for the association, and how many objections and repairs are overdue; four queries."""
    late = Q(answer_by__lt=timezone.localdate())
    asked = objections().aggregate(all=Count("id"), late=Count("id", filter=late))
    sought = repairs().aggregate(all=Count("id"), late=Count("id", filter=late))
    return {
        "objections": asked["all"],
        "repairs": sought["all"],
        "corrections": corrections().count(),
        "statements": statements().count(),
        "late": asked["late"] + sought["late"],
    }


def of_member(membership: Membership) -> dict[str, list[Any]]:
    """What the member asked for and what came of it, the newest first; three queries."""
    letters = RepairDocument.objects.filter(repair=OuterRef("pk"), document__withdrawal=None)
    return {
        "objections": list(
            Objection.objects.filter(membership=membership).select_related("fact").order_by("-id")
        ),
        "repairs": list(
            Repair.objects.filter(membership=membership)
            .select_related("fact")
            .annotate(has_letter=Exists(letters))
            .order_by("-id")
        ),
        "statements": list(
            OwnStatement.objects.filter(membership=membership)
            .exclude(state=StatementState.TAKEN_BACK)
            .select_related("fact")
            .order_by("-id")
        ),
    }
