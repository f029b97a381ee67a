"""Hearing both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from associations.complaints import rules
from associations.complaints.selectors import file_of
from associations.complaints.services.steps import take
from associations.complaints.states import Side, Step

if TYPE_CHECKING:
    from datetime import date

    from associations.complaints.models import Complaint
    from core.accounts.models import User


@transaction.atomic
def reply(
    *,
    complaint: Complaint,
    text: str,
    on: date | None = None,
    own: bool = False,
    by: User | None,
) -> None:
    """Take the member's reply. `own`: the member's own user sends it from the desk."""
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_reply(by, file, on=on, text=text, own=own).enforce()
    first: dict[str, Any] = {} if file.complaint.replied_on else {"replied_on": on}
    take(file, Step.REPLY, on=on, by=by, side=Side.MEMBER, note=text, **first)


@transaction.atomic
def close_reply(*, complaint: Complaint, on: date | None = None, by: User | None) -> None:
    """Record that the time for the reply has passed without one."""
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_close_reply(by, file, on=on).enforce()
    take(file, Step.LAPSE, on=on, by=by)


@transaction.atomic
def answer(*, complaint: Complaint, text: str) -> None:
    """The complainant adds to the complaint, with number and code. The same again, as a page loaded again sends it,
    is said once.
    """
    file = file_of(complaint, lock=True)
    rules.may_answer(file, text=text).enforce()
    said = next((event.note for event in reversed(file.events) if event.step == Step.ANSWER), None)
    if said == text.strip():
        return
    take(file, Step.ANSWER, on=timezone.localdate(), by=None, side=Side.COMPLAINANT, note=text)


@transaction.atomic
def write(*, complaint: Complaint, text: str, by: User | None) -> None:
    """Write to the complainant, who reads it under number and code."""
    file = file_of(complaint, lock=True)
    rules.may_write(by, file, text=text).enforce()
    take(file, Step.WRITE, on=timezone.localdate(), by=by, note=text)
