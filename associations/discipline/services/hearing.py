"""The first half: opening the case, telling the member, hearing the member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.conduct.catalogue import by_number
from associations.conduct.states import Severity
from associations.discipline.models import Case, Notice, Statement
from associations.discipline.rules import (
    may_close_statement,
    may_open,
    may_serve_notice,
    may_take_statement,
    may_waive,
)
from associations.discipline.selectors import CaseFile, file_of
from associations.discipline.services.steps import take, write
from associations.discipline.services.terms import STATEMENT_DAYS, STATEMENT_DAYS_LEAST, next_number
from associations.discipline.states import StatementKind, Step
from core.calendar.selectors import calendar

if TYPE_CHECKING:
    from datetime import date

    from associations.members.models import Membership
    from core.accounts.models import User


@transaction.atomic
def open_case(
    *,
    membership: Membership,
    code: int,
    allegation: str,
    occurred_on: date,
    severity: int | None = None,
    basis: str = "",
    number: str = "",
    opened_on: date | None = None,
    by: User | None,
) -> Case:
    """Open a case against a member under catalogue entry `code` (a number, 1–50; KeyError for any other).

    Severity and basis are the entry's unless given, the basis as it stood on the day of the act; the number is the
    next of the series.
    """
    opened_on = opened_on or timezone.localdate()
    may_open(by, membership, occurred_on=occurred_on, opened_on=opened_on, allegation=allegation).enforce()
    entry = by_number(code)
    if entry is None:
        raise KeyError(code)
    text = entry.text_for(occurred_on, opened_on)
    case = Case.objects.create(
        association_id=membership.association_id,
        number=number or next_number(Case, "案", opened_on.year),
        membership=membership,
        code=code,
        severity=Severity(severity or entry.severity),
        allegation=allegation.strip(),
        basis=basis.strip() or (text.basis if text else entry.basis),
        occurred_on=occurred_on,
        opened_on=opened_on,
        opened_by=by,
    )
    write(CaseFile(case), Step.OPEN, before="", on=opened_on, by=by, detail={"code": entry.code})
    return case


@transaction.atomic
def serve_notice(
    *,
    case: Case,
    text: str,
    measure: int,
    method: str,
    proof: str,
    served_on: date | None = None,
    answer_until: date | None = None,
    by: User | None,
) -> Notice:
    """Record that the prior notice was served: `text` tells facts, reasons, basis; `measure` is the one intended.

    The answer is due ten working days on, or `answer_until`, never under five. Raises Denied, also for a year whose
    working days are not known (`UnknownYear`).
    """
    served_on = served_on or timezone.localdate()
    file = file_of(case, lock=True)
    may_serve_notice(by, file, on=served_on, proof=proof).enforce()
    days = calendar()
    shortest = days.add(served_on, STATEMENT_DAYS_LEAST)
    answer_until = answer_until or days.add(served_on, STATEMENT_DAYS)
    may_serve_notice(by, file, on=served_on, until=answer_until, shortest=shortest, proof=proof).enforce()
    notice = Notice.objects.create(
        association_id=case.association_id,
        case=file.case,
        served_on=served_on,
        method=method,
        proof=proof.strip(),
        text=text,
        measure=measure,
        answer_until=answer_until,
        by=by,
    )
    take(file, Step.SERVE_NOTICE, on=served_on, by=by, detail={"answer_until": answer_until.isoformat()})
    return notice


@transaction.atomic
def take_statement(*, case: Case, text: str, received_on: date | None = None, by: User | None) -> Statement:
    """Take the member's statement."""
    on = received_on or timezone.localdate()
    file = file_of(case, lock=True)
    may_take_statement(by, file, on=on, text=text).enforce()
    return _closed(file, StatementKind.SUBMITTED, Step.TAKE_STATEMENT, on=on, text=text, by=by)


@transaction.atomic
def waive(*, case: Case, text: str, received_on: date | None = None, by: User | None) -> Statement:
    """Record that the member gives up the statement; `text` says how that was declared."""
    on = received_on or timezone.localdate()
    file = file_of(case, lock=True)
    may_waive(by, file, on=on, text=text).enforce()
    return _closed(file, StatementKind.WAIVED, Step.WAIVE, on=on, text=text, by=by)


@transaction.atomic
def lapse(*, case: Case, on: date | None = None, by: User | None) -> Statement:
    """Record that the time for the statement has passed without one."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_close_statement(by, file, on=on).enforce()
    return _closed(file, StatementKind.LAPSED, Step.LAPSE, on=on, by=by)


def _closed(
    file: CaseFile, kind: StatementKind, step: Step, *, on: date, text: str = "", by: User | None
) -> Statement:
    statement = Statement.objects.create(
        association_id=file.case.association_id,
        case=file.case,
        kind=kind,
        received_on=on,
        text=text.strip(),
        by=by,
    )
    take(file, step, on=on, by=by)
    return statement
