"""Courses, sessions and what members attended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - a dataclass field's type is looked up at run time by readers

from associations.training.models import Attendance, Course, Session
from associations.training.states import Presence


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """One session of one member; `passed` None where there was no exam."""

    course: str
    held_on: date
    place: str
    presence: Presence
    hours: int
    score: int | None
    passed: bool | None


def course_named(name: str) -> Course | None:
    """The course of this name in the association in force."""
    return Course.objects.filter(name=name).first()


def session_on(course: Course, held_on: date, place: str = "") -> Session | None:
    """The session of a course on a day at a place."""
    return Session.objects.filter(course=course, held_on=held_on, place=place).first()


def attendances_of(membership_id: int) -> list[AttendanceLine]:
    """All a member attended or missed, the newest first; one query."""
    rows = Attendance.objects.filter(membership_id=membership_id).order_by("-session__held_on", "-id")
    return [
        AttendanceLine(course, held_on, place, Presence(presence), hours, score, passed)
        for course, held_on, place, presence, hours, score, passed in rows.values_list(
            "session__course__name",
            "session__held_on",
            "session__place",
            "presence",
            "hours",
            "score",
            "passed",
        )
    ]
