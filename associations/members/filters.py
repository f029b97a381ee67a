"""How the list of members is asked: one set of filters for page and API, the views, the orders.

Under row-level security LIKE uses no index (it is not leakproof), but a range does: a beginning is looked for
as a range of the keys, kept in the C collation. Only when nothing begins so is the middle of names searched,
one pass over the association's own rows.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from associations.members import selectors
from associations.members.models import Membership
from associations.members.states import Category, MembershipState
from core.subjects.identifiers import normalise
from core.subjects.names import matching_key
from core.ui.grades import LETTERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import QueryDict
    from django.utils.functional import Promise

    Rows = QuerySet[Membership]

HIGHEST = "\U0010ffff"
COUNT_UP_TO = 999
"""Tabs count so far and then say 999+; the number of members in force is counted to the end, from an index."""
FOUND_UP_TO = 2_000
"""How many members are found by the middle of their names; more would need a longer text."""
NOT_RATED = 2  # State.NOT_RATED of the rating, which stands above this room
ORDERS: dict[str, tuple[str, ...]] = {
    "number": ("number", "id"),
    "name": ("pinyin", "id"),
    "joined": ("joined_on", "id"),
    "due": ("verify_by", "id"),
    "score": ("standing__score", "standing__membership_id"),
}
"""What the list can be sorted by, each with an index. By score: those who have one."""
DUE = (("0", _("overdue")), ("7", _("in 7 days")), ("30", _("in 30 days")), ("90", _("in 90 days")))


def _waiting(rows: Rows) -> Rows:
    return rows.filter(left_on=None, pk__in=selectors.open_questions().values("membership_id").order_by())


def _soon(rows: Rows) -> Rows:
    today = timezone.localdate()
    last = today + timedelta(days=selectors.SOON_DAYS)
    return rows.filter(left_on=None, verify_by__gte=today, verify_by__lte=last)


def _overdue(rows: Rows) -> Rows:
    return rows.filter(left_on=None, verify_by__lt=timezone.localdate())


def _withdrawn(rows: Rows) -> Rows:
    return rows.filter(left_on=None, pk__in=selectors.withdrawn_consents().values("membership_id"))


VIEWS: dict[str, tuple[str | Promise, str, Callable[[Rows], Rows]]] = {
    "": (_("Members today"), "", lambda rows: rows.filter(left_on=None)),
    "screening": (_("Screening open"), "soon", _waiting),
    "soon": (_("Verification due soon"), "soon", _soon),
    "overdue": (_("Overdue"), "over", _overdue),
    "unrated": (_("Not rated"), "", lambda rows: rows.filter(left_on=None, standing__state=NOT_RATED)),
    "suspended": (_("Suspended"), "", lambda rows: rows.filter(state=MembershipState.SUSPENDED)),
    "withdrawn": (_("Consent withdrawn"), "", _withdrawn),
    "former": (_("Former"), "", lambda rows: rows.filter(left_on__isnull=False)),
}
"""The tabs of the list: words, tone of the count, which rows."""


def begins(field: str, text: str) -> Q:
    """`field` begins with `text`, as a range that an index answers under row-level security."""
    return Q(**{f"{field}__gte": text, f"{field}__lt": text + HIGHEST})


def search(rows: Rows, text: str) -> Rows:
    """Members whose number, code, name or pinyin begins with `text`; if none does, those that contain it."""
    key, code = matching_key(text), normalise(text)
    if not key:
        return rows.none()
    if key.isascii():
        place = begins("number", code) | begins("pinyin", key.replace(" ", "")) | begins("name_key", key)
        place |= Q(code=code) | (begins("code", code) & ~Q(code="") if len(code) > 3 else Q(pk=None))  # noqa: PLR2004
    else:
        place = begins("name_key", key)
    if rows.filter(place).exists():
        return rows.filter(place)
    anywhere = Q(name_key__contains=key)
    if key.isascii():
        anywhere |= Q(pinyin__contains=key.replace(" ", "")) | Q(initials__contains=key.replace(" ", ""))
        anywhere |= Q(code__contains=code)
    found = Membership.objects.filter(anywhere).order_by().values_list("pk", flat=True)[:FOUND_UP_TO]
    return rows.filter(pk__in=list(found))


class MemberFilters(FilterSet):
    """Name or code, category, grade, verification due."""

    q = CharFilter(label=_("Name or code"), method="by_text")
    category = ChoiceFilter(label=_("Category"), choices=Category.choices, empty_label=_("all"))
    grade = ChoiceFilter(
        label=_("Grade"),
        choices=[*((letter, letter) for letter in LETTERS), ("NR", "NR")],
        empty_label=_("all"),
        method="by_grade",
    )
    due = ChoiceFilter(label=_("Verification due"), choices=DUE, empty_label=_("all"), method="by_due")

    class Meta:
        model = Membership
        fields: tuple[str, ...] = ()

    def by_text(self, rows: Rows, _name: str, value: str) -> Rows:
        return search(rows, value)

    def by_grade(self, rows: Rows, _name: str, value: str) -> Rows:
        if value == "NR":
            return rows.filter(standing__state=NOT_RATED)
        return rows.filter(standing__shown=LETTERS.index(value) + 1).exclude(standing__state=NOT_RATED)

    def by_due(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.filter(verify_by__lt=timezone.localdate() + timedelta(days=int(value) + (value != "0")))


def asked(given: QueryDict) -> tuple[MemberFilters, Rows, tuple[str, ...]]:
    """The filters of an address's query, the rows they leave, and the columns of the order."""
    rows = view_of(Membership.objects.select_related("standing"), given.get("view", ""))
    filterset = MemberFilters(given, queryset=rows)
    found, columns = ordered(filterset.qs, given.get("sort", ""))
    return filterset, found, columns


def ordered(rows: Rows, sort: str) -> tuple[Rows, tuple[str, ...]]:
    """The rows a sorting can show, and its columns."""
    columns = order(sort)
    return (rows.filter(standing__isnull=False) if "score" in columns[0] else rows), columns


def order(sort: str) -> tuple[str, ...]:
    """The columns of a sorting from the address ("name", "-score"); by number for anything unknown."""
    columns = ORDERS.get(sort.removeprefix("-"), ORDERS["number"])
    return tuple(f"-{name}" for name in columns) if sort.startswith("-") else columns


def view_of(rows: Rows, view: str) -> Rows:
    """The rows of a tab; those in force for an unknown one."""
    return VIEWS.get(view, VIEWS[""])[2](rows)


def counts() -> dict[str, int]:
    """How many members each tab has, up to `COUNT_UP_TO` + 1 (the first to the end), in one statement."""
    parts: list[str] = []
    values: list[Any] = []
    for name in VIEWS:
        rows = view_of(Membership.objects.order_by(), name).values("pk")
        sql, params = (rows[: COUNT_UP_TO + 1] if name else rows).query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) counted)")  # noqa: S608 - Django's own SQL
        values.extend(params)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return dict(zip(VIEWS, cursor.fetchone(), strict=True))
