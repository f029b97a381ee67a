"""What is taught, when it is held, and how much of it a year asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.tenancy import scope
from associations.training.models import Course, Duty, Session
from associations.training.rules import may_hold, may_manage
from associations.training.states import DEFAULT_DUTIES
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from datetime import date

    from associations.members.states import Category
    from core.accounts.models import User


@transaction.atomic
def add_course(
    *,
    name: str,
    hours: int,
    before_first_stream: bool = False,
    pass_mark: int = 60,
    valid_days: int = 365,
    by: User | None,
) -> Course:
    """Add a course; one of this name that stands is given back as it is. Raises ValidationError."""
    may_manage(by).enforce()
    if standing := Course.objects.filter(name=name).first():
        return standing
    course = Course(
        association_id=scope.association_id(),
        name=name,
        hours=hours,
        before_first_stream=before_first_stream,
        pass_mark=pass_mark,
        valid_days=valid_days,
    )
    course.clean_fields(exclude=["association"])
    course.save()
    ledger.record(
        association_id=course.association_id,
        act=Act.COURSE_ADDED,
        thing="course",
        thing_id=course.public_id,
        detail={"name": name, "hours": hours, "pass_mark": pass_mark, "valid_days": valid_days},
        by=by,
    )
    return course


@transaction.atomic
def retire_course(*, course: Course, by: User | None) -> None:
    """No further sessions of it from today; what was held stays."""
    may_manage(by).enforce()
    if course.retired_on:
        return
    course.retired_on = timezone.localdate()
    course.save(update_fields=["retired_on"])
    ledger.record(
        association_id=course.association_id,
        act=Act.COURSE_RETIRED,
        thing="course",
        thing_id=course.public_id,
        by=by,
    )


@transaction.atomic
def hold_session(
    *, course: Course, held_on: date, hours: int | None = None, place: str = "", by: User | None
) -> Session:
    """Enter a session, past or planned; `hours` None: the course's. The same one again is given back as it is."""
    may_hold(by, course).enforce()
    session, is_new = Session.objects.get_or_create(
        association_id=scope.association_id(),
        course=course,
        held_on=held_on,
        place=place,
        defaults={"hours": course.hours if hours is None else hours},
    )
    if is_new:
        ledger.record(
            association_id=session.association_id,
            act=Act.TRAINING_HELD,
            thing="session",
            thing_id=session.public_id,
            detail={"course": course.public_id, "held_on": held_on.isoformat(), "hours": session.hours},
            by=by,
        )
    return session


@transaction.atomic
def set_duty(*, category: Category, year: int, hours: int, exam: bool, by: User | None) -> Duty:
    """Set what a category must do each year from `year` on; setting a year again replaces it."""
    may_manage(by).enforce()
    before = Duty.objects.filter(category=category, year=year).first()
    if before and (before.hours, before.exam) == (hours, exam):
        return before
    duty, _is_new = Duty.objects.update_or_create(
        association_id=scope.association_id(),
        category=category,
        year=year,
        defaults={"hours": hours, "exam": exam},
    )
    ledger.record(
        association_id=duty.association_id,
        act=Act.DUTY_SET,
        thing="duty",
        thing_id=f"{category:d}-{year}",
        detail={
            "hours": hours,
            "exam": exam,
            "before": {"hours": before.hours, "exam": before.exam} if before else {},
        },
        by=by,
    )
    return duty


def adopt_default_duties(*, year: int, by: User | None) -> list[Duty]:
    """Take the method's own requirements as the association's, from `year` on."""
    return [
        set_duty(category=category, year=year, hours=hours, exam=exam, by=by)
        for category, (hours, exam) in DEFAULT_DUTIES.items()
    ]
