"""Telling the member, and hearing the member: notice, statement, hearing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.discipline.models import (
    Case,
    Hearing,
    HearingCall,
    Minutes,
    Notice,
    NoticeLaid,
    Statement,
)
from associations.discipline.rules import (
    may_ask_hearing,
    may_call_hearing,
    may_close_statement,
    may_give_up_hearing,
    may_hold_hearing,
    may_lay_notice,
    may_serve_notice,
    may_take_statement,
    may_waive,
)
from associations.discipline.selectors import CaseFile, agreed_to_desk, file_of, interested_in
from associations.discipline.services.steps import part_of, take
from associations.discipline.states import Side, StatementKind, Step
from associations.discipline.terms import HEARING_DAYS, STATEMENT_DAYS, STATEMENT_DAYS_LEAST
from core.calendar.selectors import calendar

if TYPE_CHECKING:
    from datetime import date

    from core.accounts.models import User


@transaction.atomic
def lay_notice(*, case: Case, text: str, measure: int, on: date | None = None, by: User | None) -> NoticeLaid:
    """Lay the prior notice out at the desk of a member who has agreed to be served there. No time runs until it is
    opened, or served on paper.
    """
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_lay_notice(by, file, on=on, text=text, agreed=agreed_to_desk(file.case)).enforce()
    if by is None:
        raise TypeError("the rule asks for a person")
    laid = NoticeLaid.objects.create(
        association_id=case.association_id, case=file.case, text=text, measure=measure, laid_on=on, by=by
    )
    take(file, Step.LAY_NOTICE, on=on, by=by)
    return laid


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
    return hand_notice(
        file,
        text=text,
        measure=measure,
        method=method,
        proof=proof,
        served_on=served_on,
        answer_until=answer_until,
        by=by,
    )


def hand_notice(
    file: CaseFile,
    *,
    text: str,
    measure: int,
    method: str,
    proof: str,
    served_on: date,
    answer_until: date | None = None,
    by: User | None,
) -> Notice:
    """Write that the notice was served; the by-law was asked. Raises UnknownYear."""
    days = calendar()
    answer_until = answer_until or days.add(served_on, STATEMENT_DAYS)
    notice = Notice.objects.create(
        association_id=file.case.association_id,
        case=file.case,
        served_on=served_on,
        method=method,
        proof=proof.strip(),
        text=text,
        measure=measure,
        answer_until=answer_until,
        hearing_until=days.add(served_on, HEARING_DAYS),
        by=by,
    )
    told = {"answer_until": answer_until.isoformat()}
    take(file, Step.SERVE_NOTICE, on=served_on, by=by, until=answer_until, detail=told)
    return notice


@transaction.atomic
def take_statement(*, case: Case, text: str, received_on: date | None = None, by: User | None) -> Statement:
    """Take the member's statement: from who acts for the member, or entered by a clerk."""
    on = received_on or timezone.localdate()
    file = file_of(case, lock=True)
    may_take_statement(by, file, on=on, text=text, acting=acting_for(file)).enforce()
    return _closed(file, StatementKind.SUBMITTED, Step.TAKE_STATEMENT, on=on, text=text, by=by)


@transaction.atomic
def waive(*, case: Case, text: str, received_on: date | None = None, by: User | None) -> Statement:
    """Record that the member gives up statement and hearing; `text` says how that was declared."""
    on = received_on or timezone.localdate()
    file = file_of(case, lock=True)
    may_waive(by, file, on=on, text=text, acting=acting_for(file)).enforce()
    _owe_hearing(file, owed=False)
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


@transaction.atomic
def ask_hearing(*, case: Case, words: str = "", on: date | None = None, by: User | None) -> Hearing:
    """The member asks for a hearing: it is held, or given up, before a panel judges."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_ask_hearing(by, file, on=on, acting=acting_for(file)).enforce()
    asked = Hearing.objects.create(
        association_id=file.case.association_id, case=file.case, asked_on=on, words=words.strip(), by=by
    )
    _owe_hearing(file, owed=True)
    take(file, Step.ASK_HEARING, on=on, by=by)
    return asked


@transaction.atomic
def give_up_hearing(*, case: Case, text: str, on: date | None = None, by: User | None) -> None:
    """The member gives the hearing up; `text` says how that was declared."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_give_up_hearing(by, file, on=on, text=text, acting=acting_for(file)).enforce()
    _owe_hearing(file, owed=False)
    take(file, Step.GIVE_UP_HEARING, on=on, by=by, note=text.strip())


@transaction.atomic
def call_hearing(
    *,
    case: Case,
    held_on: date,
    place: str,
    chair: User,
    method: str,
    proof: str,
    served_on: date | None = None,
    by: User | None,
) -> HearingCall:
    """Announce the hearing to the member, seven days ahead or more. A later call takes the place of an earlier one."""
    on = served_on or timezone.localdate()
    file = file_of(case, lock=True)
    may_call_hearing(
        by, file, on=on, held_on=held_on, chair=chair, proof=proof, interested=acting_for(file)
    ).enforce()
    if file.hearing is None:
        raise Hearing.DoesNotExist
    call = HearingCall.objects.create(
        association_id=file.case.association_id,
        hearing=file.hearing,
        case=file.case,
        part=part_of(file, chair, Side.JUDGE),
        chair=chair,
        served_on=on,
        held_on=held_on,
        place=place.strip(),
        method=method,
        proof=proof.strip(),
        by=by,
    )
    take(file, Step.CALL_HEARING, on=on, by=by, detail={"held_on": held_on.isoformat()})
    return call


@transaction.atomic
def hold_hearing(
    *, case: Case, attended: bool, text: str, on: date | None = None, by: User | None
) -> Minutes:
    """Who has the chair records the hearing: whether the member came, and what was said."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_hold_hearing(by, file, on=on, text=text).enforce()
    if file.call is None:
        raise HearingCall.DoesNotExist
    minutes = Minutes.objects.create(
        association_id=file.case.association_id,
        call=file.call,
        held_on=file.call.held_on,
        attended=attended,
        text=text.strip(),
        by=by,
    )
    _owe_hearing(file, owed=False)
    take(file, Step.HOLD_HEARING, on=on, by=by, detail={"attended": attended})
    return minutes


def acting_for(file: CaseFile) -> frozenset[int]:
    """Who acts for the member today: what is the member's they may do, and judge they may not."""
    return interested_in(file.case.membership.subject_id)


def _owe_hearing(file: CaseFile, *, owed: bool) -> None:
    if file.case.hearing_owed != owed:
        file.case.hearing_owed = owed
        file.case.save(update_fields=["hearing_owed"])
