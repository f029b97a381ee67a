"""Hearings that are owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from associations.discipline.models import Case, HearingCall
from associations.discipline.states import CaseState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


def hearings_owed() -> QuerySet[Case]:
    """Cases in which a hearing was asked for and neither held nor given up, the oldest first."""
    rows = Case.objects.filter(state=CaseState.HEARD, hearing_owed=True)
    return rows.select_related("membership", "hearing").order_by("opened_on", "id")


def latest_calls(cases: Iterable[Case]) -> dict[int, HearingCall]:
    """The latest announcement of each of these hearings, by case; one query."""
    latest = (
        HearingCall.objects.filter(case__in=list(cases)).order_by().values("case").annotate(last=Max("id"))
    )
    rows = HearingCall.objects.filter(id__in=latest.values("last")).select_related("chair")
    return {call.case_id: call for call in rows}
