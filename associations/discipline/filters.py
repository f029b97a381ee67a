"""How the list of cases is asked: filters for page and API, and the views above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from associations.conduct.states import Severity
from associations.discipline.models import Case
from associations.discipline.states import OPEN, STANDING, CaseState, Measure

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import Promise


def overdue() -> Q:
    """Cases whose clock has run out; an appeal's end is no delay."""
    return Q(due_on__lt=timezone.localdate()) & ~Q(state=CaseState.SERVED)


def views(user_id: int) -> dict[str, tuple[str | Promise, Q]]:
    """The views above the list: name → (label, condition)."""
    mine = Q(state=CaseState.PANEL, seats__user=user_id, seats__recused=False, seats__vote=None)
    return {
        "open": (_("Open cases"), Q(state__in=OPEN)),
        "leads": (_("Leads"), Q(state=CaseState.LEAD)),
        "appeals": (_("Appeals"), Q(state=CaseState.APPEALED)),
        "mine": (_("Waiting for my vote"), mine),
        "late": (_("Overdue"), overdue()),
        "stands": (_("In force"), Q(state__in=(*STANDING, CaseState.CLOSED))),
        "past": (_("Kept as history"), Q(state=CaseState.HISTORY)),
        "all": (_("All cases"), Q()),
    }


def counted(user_id: int) -> dict[str, int]:
    """How many cases each view holds: one query."""
    counts = {
        name: Count("pk", filter=condition, distinct=True)
        for name, (_label, condition) in views(user_id).items()
        if name != "all"
    }
    return Case.objects.aggregate(all=Count("pk", distinct=True), **counts)


class CaseFilter(FilterSet):
    """State, severity, measure, and a text: case or decision number, or the member's name."""

    q = CharFilter(label=_("Number or name"), method="find")
    state = ChoiceFilter(label=_("State"), choices=CaseState, empty_label=_("any"))
    severity = ChoiceFilter(
        label=_("Severity"), choices=[c for c in Severity.choices if c[0]], empty_label=_("any")
    )
    measure = ChoiceFilter(
        label=_("Measure"),
        field_name="decision__measure",
        choices=[(m.value, f"L{m.value}") for m in Measure],
        empty_label=_("any"),
    )

    class Meta:
        model = Case
        fields = ("q", "state", "severity", "measure")

    def find(self, rows: QuerySet[Case], _name: str, text: str) -> QuerySet[Case]:
        return rows.filter(
            Q(number__icontains=text)
            | Q(membership__name__icontains=text)
            | Q(decision__number__icontains=text)
        )
