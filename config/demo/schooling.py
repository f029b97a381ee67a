"""Courses, the sessions of the last year and a half with their sheets, the yearly duty, the agencies' rosters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from associations.members.states import Category
from associations.training.services import (
    AttendanceRow,
    add_course,
    adopt_default_duties,
    hold_session,
    record_attendance,
    record_rosters,
    settle_duties,
)
from associations.training.states import Presence

if TYPE_CHECKING:
    from associations.members.models import Membership
    from associations.training.models import Course
    from config.demo.hands import Hand
    from config.demo.roll import Joining, Roll

HELD = (540, 430, 320, 230, 130, 40)
"""How many days ago a session was held."""
COMING = 20
PLACES = ("协会会议室", "线上直播课", "产业园路演厅")
LISTED_ABSENT = 12  # percent of those who did not come had put their names down
MARK_BEST = 100


@dataclass(frozen=True, slots=True)
class Syllabus:
    """A course and whom it is for."""

    name: str
    hours: int
    exam: bool
    categories: frozenset[Category]
    before_first_stream: bool = False


SYLLABI = (
    Syllabus(
        "直播营销人员年度合规培训", 12, True, frozenset({Category.STREAMER}), before_first_stream=True,
    ),
    Syllabus("平台与服务机构合规负责人培训", 12, True, frozenset({Category.PLATFORM, Category.AGENCY})),
    Syllabus("直播间运营者年度合规培训", 8, False, frozenset({Category.OPERATOR})),
)  # fmt: skip


@dataclass(slots=True)
class School:
    """An association's training: what is still to be held, and whether the duty is in force."""

    hand: Hand
    roll: Roll
    seed: int
    today: date
    courses: dict[str, Course] = field(default_factory=dict)
    due: list[tuple[date, Syllabus]] = field(default_factory=list)
    bound: bool = False

    def until(self, day: date, members: dict[str, Membership]) -> None:
        """Hold what was due until `day`; bind the members once the sessions of last year are all entered."""
        if not self.courses:
            self._open()
        for held_on, syllabus in [each for each in self.due if each[0] <= day]:
            self._hold(held_on, syllabus, members)
        self.due = [each for each in self.due if each[0] > day]
        if not self.bound and all(held_on.year >= self.today.year for held_on, _each in self.due):
            adopt_default_duties(year=self.today.year - 1, by=self.hand.clerk)
            self.bound = True
        settle_duties(on=day)
        record_rosters(on=day)
        if day == self.today:
            self._plan()

    def _open(self) -> None:
        self.courses = {
            each.name: add_course(
                name=each.name,
                hours=each.hours,
                before_first_stream=each.before_first_stream,
                by=self.hand.clerk,
            )
            for each in SYLLABI
        }
        self.due = [(self.today - timedelta(days=ago), each) for ago in HELD for each in SYLLABI]

    def _plan(self) -> None:
        planned = self.today + timedelta(days=COMING)
        for course in self.courses.values():
            hold_session(course=course, held_on=planned, place=PLACES[0], by=self.hand.clerk)

    def _hold(self, held_on: date, syllabus: Syllabus, members: dict[str, Membership]) -> None:
        rng = Random(f"{self.seed}/{self.hand.tenant.slug}/{held_on}/{syllabus.name}")  # noqa: S311 - invented lives
        session = hold_session(
            course=self.courses[syllabus.name], held_on=held_on, place=rng.choice(PLACES), by=self.hand.clerk
        )
        could = [each for each in self.roll.joining if _could_come(each, held_on, syllabus)]
        rows = [_row(rng, members[each.name].pk, each, syllabus) for each in could]
        came = [row for row in rows if row]
        if came:
            record_attendance(session=session, rows=came, by=self.hand.clerk)


def _row(rng: Random, key: int, each: Joining, syllabus: Syllabus) -> AttendanceRow | None:
    likely = 0.85 if each.part or each.category == Category.PLATFORM else 0.27 + 0.34 * each.quality
    if rng.random() >= likely:
        return AttendanceRow(key, Presence.ABSENT) if rng.randrange(100) < LISTED_ABSENT else None
    if not syllabus.exam:
        return AttendanceRow(key, Presence.PRESENT)
    score = min(MARK_BEST, max(0, round(rng.gauss(58 + 32 * each.quality, 9))))
    return AttendanceRow(key, Presence.PRESENT, score=score)


def _could_come(each: Joining, held_on: date, syllabus: Syllabus) -> bool:
    present = each.joined_on <= held_on and (each.left_on is None or held_on < each.left_on)
    return present and each.category in syllabus.categories
