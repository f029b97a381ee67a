"""The queue: what waits for an officer, from every room, by its last day; and the calendar of the same matters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.complaints import waiting as complaints
from associations.discipline import waiting as discipline
from associations.imports import waiting as imports
from associations.members import waiting as members
from associations.remedies import waiting as remedies
from core.accounts.states import Role
from core.calendar.selectors import Calendar, UnknownYear, calendar
from core.ui import clocks
from credit.blacklist import waiting as blacklist
from credit.publication import waiting as publication
from credit.rulesets import waiting as rulesets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from associations.registry.waiting import Matter
    from core.accounts.models import User

ROOMS: tuple[Callable[[date], list[Matter]], ...] = (
    complaints.waiting,
    discipline.waiting,
    members.waiting,
    remedies.waiting,
    imports.waiting,
    blacklist.waiting,
    rulesets.waiting,
    publication.waiting,
)
"""Every room that has something waiting. A new one adds its `waiting` here."""
LAST = date.max


@dataclass(frozen=True, slots=True)
class Line:
    """A matter as the queue shows it: its clock (none: no clock runs), whether it is overdue, whom it waits for."""

    matter: Matter
    clock: clocks.Clock | None
    overdue: bool
    who: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar. `working` is None where the year's working days are not known."""

    on: date
    in_month: bool
    working: bool | None
    today: bool
    lines: list[Line]


def lines(user: User, roles: frozenset[Role], today: date) -> list[Line]:
    """Everything that waits in the association, overdue first, then by last day; what has none comes last."""
    return _lines([matter for room in ROOMS for matter in room(today)], user, roles, today, calendar())


def _lines(
    matters: Iterable[Matter], user: User, roles: frozenset[Role], today: date, days: Calendar
) -> list[Line]:
    found = [
        Line(
            matter,
            clock=_clock(matter.due, today, days),
            overdue=bool(matter.due and matter.due < today),
            who=str(matter.names) or _(", ").join(str(role.label) for role in Role if role in matter.roles),
            mine=matter.waits_for(user, roles),
        )
        for matter in matters
    ]
    return sorted(found, key=lambda line: (line.matter.due or LAST, line.matter.since, str(line.matter.name)))


def _clock(due: date | None, today: date, days: Calendar) -> clocks.Clock | None:
    if due is None:
        return None
    try:
        return clocks.clock(days.between(today, due), due, today=today)
    except UnknownYear:
        return clocks.Clock("", "", clocks.spoken(due, today), due)


def month(lines_: Iterable[Line], first: date, today: date) -> list[list[Day]]:
    """The weeks of the month that begins on `first`, Monday first, each day with what is due on it."""
    due: dict[date, list[Line]] = {}
    for line in lines_:
        if line.matter.due:
            due.setdefault(line.matter.due, []).append(line)
    days, begin, end = calendar(), first - timedelta(days=first.weekday()), next_month(first)
    weeks = []
    while begin < end:
        week = [begin + timedelta(days=n) for n in range(7)]
        weeks.append(
            [Day(on, first <= on < end, _working(days, on), on == today, due.get(on, [])) for on in week]
        )
        begin += timedelta(days=7)
    return weeks


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def previous_month(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def _working(days: Calendar, on: date) -> bool | None:
    try:
        return days.is_working_day(on)
    except UnknownYear:
        return None
