"""How the list of complaints is asked: filters for page and API, and the views above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import CharFilter, ChoiceFilter, FilterSet

from associations.complaints.models import Complaint
from associations.complaints.selectors import overdue
from associations.complaints.states import OPEN, OVER, ComplaintState, Origin, Topic

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import Promise

    from core.calendar.selectors import Calendar


def views(user_id: int, days: Calendar) -> dict[str, tuple[str | Promise, Q]]:
    """The views above the list: name → (label, condition). Raises UnknownYear."""
    return {
        "open": (_("Open complaints"), Q(state__in=OPEN)),
        "mine": (_("Handled by me"), Q(state__in=OPEN, owner=user_id)),
        "new": (_("Nobody's yet"), Q(state=ComplaintState.RECEIVED)),
        "aside": (_("Set aside"), Q(aside=True, state__in=OPEN)),
        "late": (_("Overdue"), overdue(days, timezone.localdate())),
        "over": (_("Ended"), Q(state__in=OVER)),
        "all": (_("All complaints"), Q()),
    }


def counted(user_id: int, days: Calendar) -> dict[str, int]:
    """How many complaints each view holds: one query."""
    counts = {
        name: Count("pk", filter=condition)
        for name, (_label, condition) in views(user_id, days).items()
        if name != "all"
    }
    return Complaint.objects.aggregate(all=Count("pk"), **counts)


class ComplaintFilter(FilterSet):
    """State, topic, origin, and a text: number, tracking number, source's number, or whom it is about."""

    q = CharFilter(label=_("Number or name"), method="find")
    state = ChoiceFilter(label=_("State"), choices=ComplaintState, empty_label=_("any"))
    topic = ChoiceFilter(label=_("Topic"), choices=Topic, empty_label=_("any"))
    origin = ChoiceFilter(label=pgettext_lazy("complaint", "From"), choices=Origin, empty_label=_("any"))

    class Meta:
        model = Complaint
        fields = ("q", "state", "topic", "origin")

    def find(self, rows: QuerySet[Complaint], _name: str, text: str) -> QuerySet[Complaint]:
        return rows.filter(
            Q(number__icontains=text)
            | Q(tracking=text.replace("-", "").upper())
            | Q(source_number=text)
            | Q(about__icontains=text)
            | Q(membership__name__icontains=text)
        )
