"""How members stand with the training duty of a year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from django.db.models import Count, Q, Sum
from django.utils import timezone

from associations.members.models import Membership
from associations.members.states import Category
from associations.training import reckoning
from associations.training.models import Attendance, Duty
from associations.training.reckoning import Year
from associations.training.states import DEFAULT_DUTIES, DutyState, Presence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Bound(Protocol):
    """What of a membership the duty depends on."""

    @property
    def id(self) -> int: ...
    @property
    def category(self) -> int: ...
    @property
    def joined_on(self) -> date: ...
    @property
    def left_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class YearDuty:
    """A member's duty of a year: hours, and whether an exam must be and was passed.

    `owed` says whether the year binds the member; `overdue` that `due_on` has passed without it being done.
    """

    year: int
    hours_required: int
    hours_done: int
    exam_required: bool
    exam_passed: bool
    due_on: date
    owed: bool
    overdue: bool

    @property
    def met(self) -> bool:
        return self.hours_done >= self.hours_required and (self.exam_passed or not self.exam_required)

    @property
    def state(self) -> DutyState:
        if self.met:
            return DutyState.DONE
        if self.overdue:
            return DutyState.OVERDUE
        if not self.owed:
            return DutyState.NOT_OWED
        return DutyState.UNDER_WAY if self.hours_done or self.exam_passed else DutyState.NOT_BEGUN


@dataclass(frozen=True, slots=True)
class Held:
    """What one member attended in one year: hours, and exams passed."""

    hours: int
    passes: int


NOTHING = Held(0, 0)


@dataclass(frozen=True, slots=True)
class Requirements:
    """The duties an association has set; `first_year` is the first that can fall due, None before it set any."""

    rows: tuple[tuple[int, int, int, bool], ...]

    @property
    def first_year(self) -> int | None:
        return min((year for year, _category, _hours, _exam in self.rows), default=None)

    def set_for(self, category: int, year: int) -> tuple[int, bool] | None:
        """Hours and exam the association has set for a category in a year: the latest until then."""
        found = [row for row in self.rows if row[1] == category and row[0] <= year]
        return max(found)[2:] if found else None

    def of(self, category: int, year: int) -> tuple[int, bool]:
        """The same, and the default before any is set: a measure to show, which nobody owes."""
        return self.set_for(category, year) or DEFAULT_DUTIES[Category(category)]

    def owed(self, member: Bound, year: int) -> tuple[int, bool]:
        """Hours and exam this member owes for the year; nothing where none is set or the year does not bind."""
        if not reckoning.binds(year, member.joined_on, member.left_on):
            return 0, False
        return self.set_for(member.category, year) or (0, False)


def requirements() -> Requirements:
    """What the association in force has set; one query."""
    return Requirements(tuple(Duty.objects.order_by("year").values_list("year", "category", "hours", "exam")))


def held_by_year(membership_ids: Iterable[int] | None = None) -> dict[int, dict[int, Held]]:
    """Hours and passed exams by member and year, for these members or all; one query."""
    rows = Attendance.objects.filter(presence=Presence.PRESENT)
    if membership_ids is not None:
        rows = rows.filter(membership_id__in=list(membership_ids))
    sums = rows.values_list("membership_id", "session__held_on__year").annotate(
        hours=Sum("hours"), passes=Count("id", filter=Q(passed=True))
    )
    found: defaultdict[int, dict[int, Held]] = defaultdict(dict)
    for membership_id, year, hours, passes in sums.order_by():
        found[membership_id][year] = Held(hours, passes)
    return found


def years_of(
    member: Bound, until: int, held: Mapping[int, Held], rules: Requirements
) -> tuple[list[Year], list[Year]]:
    """Consecutive years of hours and of exams, from the first that could be owed to `until`."""
    first = min(until, max(rules.first_year or until, member.joined_on.year))
    hours, exams = [], []
    for year in range(first, until + 1):
        required, exam = rules.owed(member, year)
        there = held.get(year, NOTHING)
        hours.append(Year(required, there.hours))
        exams.append(Year(int(exam), there.passes))
    return hours, exams


def reckon(member: Bound, year: int, held: Mapping[int, Held], rules: Requirements, as_of: date) -> YearDuty:
    """One member's year, from what it attended."""
    hours, exams = years_of(member, max(year, as_of.year), held, rules)
    at = len(hours) - 1 - (max(year, as_of.year) - year)
    required, exam = rules.of(member.category, year)
    due_on = date(year, 12, 31)
    told = held.get(year, NOTHING)
    duty = YearDuty(
        year=year,
        hours_required=required,
        hours_done=reckoning.done(hours, at) if at >= 0 else told.hours,
        exam_required=exam,
        exam_passed=reckoning.done(exams, at) >= 1 if at >= 0 else told.passes >= 1,
        due_on=due_on,
        owed=reckoning.binds(year, member.joined_on, member.left_on),
        overdue=False,
    )
    is_set = rules.set_for(member.category, year) is not None
    return replace(duty, overdue=is_set and duty.owed and as_of > due_on and not duty.met)


def duties_of(members: Iterable[Bound], year: int, *, as_of: date | None = None) -> dict[int, YearDuty]:
    """The duty of a year, by membership; two queries however many are asked."""
    members, rules = list(members), requirements()
    held = held_by_year([member.id for member in members])
    today = as_of or timezone.localdate()
    return {member.id: reckon(member, year, held.get(member.id, {}), rules, today) for member in members}


def duty_of(member: Bound, year: int, *, as_of: date | None = None) -> YearDuty:
    """One member's duty of a year; two queries."""
    return duties_of([member], year, as_of=as_of)[member.id]


def duty_years(member: Bound, years: Iterable[int], *, as_of: date | None = None) -> list[YearDuty]:
    """One member's duty of several years, in their order; two queries."""
    rules, held = requirements(), held_by_year([member.id])
    today = as_of or timezone.localdate()
    return [reckon(member, year, held.get(member.id, {}), rules, today) for year in years]


@dataclass(frozen=True, slots=True)
class Member:
    """A membership as the overview sees it."""

    id: int
    category: int
    joined_on: date
    left_on: date | None


def members_bound(year: int, membership_ids: Iterable[int] | None = None) -> list[Member]:
    """Members whom the duty of a year binds, or would; one query."""
    rows = Membership.objects.filter(joined_on__year__lte=year).exclude(left_on__year__lte=year)
    if membership_ids is not None:
        rows = rows.filter(id__in=list(membership_ids))
    return [
        Member(*values)
        for values in rows.values_list("id", "category", "joined_on", "left_on").order_by("id")
    ]


def overview(year: int, *, as_of: date | None = None) -> list[tuple[Member, YearDuty]]:
    """All members of a year with their duty; three queries."""
    members, rules, held = members_bound(year), requirements(), held_by_year()
    today = as_of or timezone.localdate()
    return [(member, reckon(member, year, held.get(member.id, {}), rules, today)) for member in members]
