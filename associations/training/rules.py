"""By-laws of training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.registry.rules import Verb, may
from core.verdicts import Verdict, denied

if TYPE_CHECKING:
    from associations.training.models import Course, Session
    from core.accounts.models import User


def may_manage(by: User | None) -> Verdict:
    """Courses, sessions and the yearly duty are kept by the association's clerks and administrators."""
    return may(by, Verb.MANAGE_TRAINING)


def may_hold(by: User | None, course: Course) -> Verdict:
    """No session is held of a course that has been retired."""
    if course.retired_on:
        return denied(_("This course has been retired. Choose another, or add a new one."))
    return may_manage(by)


def may_record(by: User | None, session: Session) -> Verdict:
    """Attendance is recorded on the day of the session or later, never in advance."""
    if session.held_on > timezone.localdate():
        return denied(
            _("This session is held on %(day)s. Record attendance on that day or later.")
            % {"day": f"{session.held_on:%Y-%m-%d}"}
        )
    return may_manage(by)
