"""How the list of ratings is asked: views, filters, orders. All of it stands in the address."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.forms import DateInput, TextInput
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet

from associations.members.filters import search
from associations.members.states import Category
from core.ui.grades import LETTERS
from credit.scoring import selectors
from credit.scoring.evaluator import WITHHOLDS, Reason
from credit.scoring.models import Standing
from credit.scoring.states import State

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.utils.functional import Promise

    from credit.scoring.selectors import Spread

    Rows = QuerySet[Standing]

DEFAULT_ORDER = "-score"
ORDERS: dict[str, tuple[str, ...]] = {
    "score": ("score", "membership_id"),
    "next": ("next_change_on", "membership_id"),
    "rated": ("id",),
}
"""What the list can be sorted by, each with an index. Ratings are numbered as they are given."""

VIEWS: dict[str, tuple[str | Promise, str, tuple[State, ...]]] = {
    "": (_("All"), "", tuple(state for state in State if state != State.WITHDRAWN)),
    "rated": (_("Rated"), "", (State.RATED,)),
    "provisional": (_("Provisional"), "", (State.PROVISIONAL,)),
    "unrated": (_("Not rated"), "", (State.NOT_RATED,)),
    "suspended": (_("Suspended"), "soon", (State.SUSPENDED,)),
    "barred": (_("Barred"), "over", (State.BARRED,)),
    "left": (_("Former members"), "", (State.WITHDRAWN,)),
}
"""The tabs of the list: words, tone of the count, states."""

HOLDS: dict[str, tuple[str | Promise, Reason]] = {
    "record": (
        _("record in force"),
        Reason.MINOR_RECORD | Reason.GENERAL_RECORD | Reason.SERIOUS_RECORD | Reason.EXTREME_RECORD,
    ),
    "low": (
        _("low dimension"),
        Reason.D1_LOW | Reason.D2_LOW | Reason.D3_LOW | Reason.D4_LOW | Reason.D5_LOW | Reason.D6_LOW,
    ),
    "training": (_("training overdue"), Reason.TRAINING_OVERDUE),
    "licence": (_("licence lapsed"), Reason.LICENCE_LAPSED),
    "unperformed": (_("not performed"), Reason.NOT_PERFORMED),
    "evidence": (
        _("little known"),
        Reason.PROVISIONAL | Reason.LIMITED_EVIDENCE | Reason.TOO_NEW | Reason.LOW_CONFIDENCE,
    ),
    "identity": (_("identity not verified"), Reason.IDENTITY_NOT_VERIFIED),
    "barred": (_("barred"), Reason.BARRED),
}
"""What holds grades down, in a word or two, for a dense list."""

CHANGE = (("7", _("in 7 days")), ("30", _("in 30 days")), ("90", _("in 90 days")))


class StandingFilters(FilterSet):
    """Name or code, category, grade, what holds it, when it changes by itself."""

    q = CharFilter(
        label=_("Name or code"), method="by_text", max_length=120, widget=TextInput(attrs={"size": 12})
    )
    category = ChoiceFilter(
        label=_("Category"),
        choices=Category.choices,
        empty_label=_("all"),
        field_name="membership__category",
    )
    grade = ChoiceFilter(
        label=_("Grade"),
        choices=[(letter, letter) for letter in LETTERS],
        empty_label=_("all"),
        method="by_grade",
    )
    hold = ChoiceFilter(
        label=_("Held by"),
        choices=[(key, words) for key, (words, _reasons) in HOLDS.items()],
        empty_label=_("any"),
        method="by_hold",
    )
    change = ChoiceFilter(label=_("Next change"), choices=CHANGE, empty_label=_("any"), method="by_change")
    on = DateFilter(label=_("Changes on"), method="by_day", widget=DateInput(attrs={"type": "date"}))

    class Meta:
        model = Standing
        fields: tuple[str, ...] = ()

    def by_text(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.filter(membership__in=search(selectors.members(), value))

    def by_grade(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.filter(shown=LETTERS.index(value) + 1, state__in=selectors.GRADED)

    def by_hold(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.alias(held=F("mask").bitand(int(HOLDS[value][1]))).filter(held__gt=0)

    def by_change(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.filter(next_change_on__lt=timezone.localdate() + timedelta(days=int(value)))

    def by_day(self, rows: Rows, _name: str, value: date) -> Rows:
        if value == timezone.localdate():
            return rows.filter(next_change_on__lte=value)  # what is late counts as today
        return rows.filter(next_change_on=value)


def order(sort: str) -> tuple[str, ...]:
    """The columns of a sorting from the address ("score", "-next"); the best score first for anything unknown."""
    columns = ORDERS.get(sort.removeprefix("-"))
    if columns is None:
        return order(DEFAULT_ORDER)
    return tuple(f"-{name}" for name in columns) if sort.startswith("-") else columns


def view_of(rows: Rows, view: str) -> Rows:
    """The rows of a tab; everybody present for an unknown one."""
    return rows.filter(state__in=VIEWS.get(view, VIEWS[""])[2])


def with_place(rows: Rows, by: tuple[str, ...]) -> Rows:
    """Rows that have a place in an order: by next change, those that have one."""
    return rows.filter(next_change_on__isnull=False) if by[0].endswith("next_change_on") else rows


def tabs(spread: Spread, view: str) -> list[dict[str, object]]:
    """The tabs with their counts; `current` is the one shown."""
    chosen = view if view in VIEWS else ""
    return [
        {
            "view": key,
            "label": words,
            "count": spread.of(*states),
            "tone": tone if spread.of(*states) else "",
            "current": key == chosen,
        }
        for key, (words, tone, states) in VIEWS.items()
    ]


def held_by(mask: int, state: int) -> list[str]:
    """What holds a rating's grade, in a word or two each; of one withheld, why it is."""
    mask = mask & WITHHOLDS if state == State.NOT_RATED else mask
    return [str(words) for words, reasons in HOLDS.values() if mask & reasons]
