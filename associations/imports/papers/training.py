"""Sign-in sheets 培训签到表: sessions, who was there, for how long, with what result."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_noop as _

from associations.imports import selectors
from associations.imports.papers.columns import TRAINING as SCHEMA
from associations.imports.plan import Plan
from associations.training import services
from associations.training.models import Attendance, Course, Session
from associations.training.services import AttendanceRow
from associations.training.states import Presence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from core.accounts.models import User
    from core.paperwork.reading import Table
    from core.paperwork.schemas import Record

__all__ = ["SCHEMA", "carry_out", "plan"]
TOLD = ("attended", "absent", "unknown_member")
MOST_HOURS = 200
FIRST = "开播前"
"""What the name of a course says that must be taken before the first stream."""


class Held(NamedTuple):
    """A session as the sheet names it."""

    course: str
    day: date
    place: str


class Row(NamedTuple):
    held: Held
    hours: int
    line: AttendanceRow


def plan(table: Table, *, today: date) -> Plan:
    """What the sheet would record or correct."""
    made = Plan(len(table)).counting(*TOLD)
    good: list[Record] = []
    for record in table:
        if not record.problems:
            check(table, record, today)
        if record.problems:
            made.refuse(record)
        else:
            good.append(record)
    known = selectors.of_either(record.values["who"] for record in good)
    retired = set(Course.objects.exclude(retired_on=None).values_list("name", flat=True))
    sessions = standing_sessions({held_of(record) for record in good})
    seen: dict[tuple[Held, int], int] = {}
    rows: list[tuple[Record, Row]] = []
    for record in good:
        held, member = held_of(record), known.get(record.values["who"][1])
        if member is None:
            message = _("Nobody with this code or identity number is a member: enter the member first.")
            table.reader.problem(record, "who", "unknown_member", message)
            made.refuse(record)
        elif held.course in retired and held not in sessions:
            message = _("This course has been retired: no session of it can be entered.")
            table.reader.problem(record, "course", "course_retired", message)
            made.refuse(record)
        elif (held, member.id) in seen:
            made.double(table, record, "who", seen[held, member.id])
        else:
            seen[held, member.id] = record.row
            rows.append((record, row_of(made, table, record, member.id)))
    told(made, [row for _record, row in rows])
    settle(made, table, rows, sessions)
    made.problems.sort(key=lambda problem: problem.row)
    return made


def check(table: Table, record: Record, today: date) -> None:
    """Add a problem for a row no sheet can hold."""
    values = record.values
    if values["day"] > today:
        message = _("This day lies in the future: attendance is recorded when the session has been held.")
        table.reader.problem(record, "day", "held_in_future", message)
    elif values["hours"] > MOST_HOURS or values["hours"] <= 0:
        message = _("A session has more than 0 and at most %(most)d hours.")
        table.reader.problem(record, "hours", "bad_hours", message, most=MOST_HOURS)
    elif values["present"] != Presence.PRESENT and values["score"] is not None and values["score"].passed:
        message = _("Who was not there cannot have passed: correct the presence or the result.")
        table.reader.problem(record, "score", "result_without_presence", message)


def held_of(record: Record) -> Held:
    values = record.values
    return Held(values["course"], values["day"], values["place"])


def row_of(made: Plan, table: Table, record: Record, member: int) -> Row:
    """The row as training keeps it: whole hours and points, never more than the sheet gives."""
    values = record.values
    hours, score = int(values["hours"]), values["score"]
    if hours != values["hours"]:
        message = _("Hours are counted whole: %(hours)d of them.")
        made.note(table, record, "hours", "hours_rounded_down", message, hours=hours)
    if values["present"] != Presence.PRESENT:
        line = AttendanceRow(member, values["present"])
    elif score is None:
        line = AttendanceRow(member, Presence.PRESENT, hours)
    elif score.points is None:
        line = AttendanceRow(member, Presence.PRESENT, hours, passed=score.passed)
    else:
        line = AttendanceRow(member, Presence.PRESENT, hours, score=int(score.points))
    return Row(held_of(record), hours, line)


def told(made: Plan, rows: Iterable[Row]) -> None:
    """Count who was there, whether it is news or not."""
    for row in rows:
        made.told["attended" if row.line.presence == Presence.PRESENT else "absent"] += 1


def standing_sessions(held: set[Held]) -> dict[Held, Session]:
    """The sessions that stand already."""
    rows = Session.objects.select_related("course").filter(
        course__name__in={each.course for each in held}, held_on__in={each.day for each in held}
    )
    return {Held(row.course.name, row.held_on, row.place): row for row in rows}


def settle(made: Plan, table: Table, rows: list[tuple[Record, Row]], sessions: dict[Held, Session]) -> None:
    """Tell lines that stand as they are from new ones and corrections."""
    before = {
        (row.session_id, row.membership_id): row
        for row in Attendance.objects.filter(session__in=[each.pk for each in sessions.values()])
    }
    for record, row in rows:
        session = sessions.get(row.held)
        stands = before.get((session.pk, row.line.membership_id)) if session else None
        if session is None or stands is None:
            made.accepted.append(row)
        elif row.line.figures(session) == {name: getattr(stands, name) for name in row.line.figures(session)}:
            made.unchanged += 1
        else:
            made.accepted.append(row)
            message = _("This line stands with other figures: they are corrected, and both are kept.")
            made.note(table, record, "who", "corrects", message)


def carry_out(plan: Plan, *, today: date, by: User | None, report: Callable[[int], None]) -> Counter[str]:  # noqa: ARG001 - as every kind
    """Record the sheet, a session at a time."""
    by_session: dict[Held, list[Row]] = {}
    for row in plan.accepted:
        by_session.setdefault(row.held, []).append(row)
    counted: Counter[str] = Counter()
    for held, rows in sorted(by_session.items()):
        hours = max(1, *(row.hours for row in rows), 1)
        course = services.add_course(
            name=held.course, hours=hours, before_first_stream=FIRST in held.course, by=by
        )
        session = (
            services.hold_session(course=course, held_on=held.day, hours=hours, place=held.place, by=by)
            if not (standing := standing_sessions({held}).get(held))
            else standing
        )
        recorded = services.record_attendance(
            session=session, rows=[row.line for row in rows], why="import", by=by
        )
        counted["certificates"] += len(recorded.certificates)
        report(len(rows))
    return counted
