"""By-laws of being heard: the prior notice, the member's answer, the hearing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.discipline.models.hearing import HEARING_NOTICE_DAYS
from associations.discipline.rules.grounds import (
    all_of,
    apart,
    by_a_person,
    for_the_member,
    impartial,
    in_time,
    in_turn,
    with_words,
)
from associations.discipline.states import Side, StatementKind, Step
from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from associations.discipline.selectors import CaseFile
    from core.accounts.models import User


def may_serve_notice(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    until: date | None = None,
    shortest: date | None = None,
    proof: str | None = None,
) -> Verdict:
    """Prior notice: the member is told facts, reasons, basis and the measure intended, provably, before any judgement.

    Ten working days are given for an answer, five at the least (`shortest` is the earliest lawful last day).
    """
    verdict = all_of(
        may(user, Verb.SERVE_NOTICE), in_turn(file, Step.SERVE_NOTICE), in_time(on, not_before=file.last_on)
    )
    if not verdict:
        return verdict
    if proof is not None and not proof.strip():
        return denied(_("Say how it can be proven that the notice was served."))
    if until and shortest and until < shortest:
        return denied(
            _("At least five working days must be given for the answer: until %(day)s or later.")
            % {"day": shortest.isoformat()}
        )
    return ALLOWED


def may_lay_notice(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    text: str | None = None,
    agreed: bool | None = None,
) -> Verdict:
    """For a member who has agreed to be served at the desk (`agreed`; None: not asked yet) the prior notice may be laid
    out there, once; opening it serves it. Until then it can be served on paper.
    """
    verdict = all_of(
        by_a_person(user),
        may(user, Verb.SERVE_NOTICE),
        in_turn(file, Step.LAY_NOTICE),
        in_time(on, not_before=file.last_on),
    )
    if not verdict:
        return verdict
    if file.laid:
        day = file.laid.laid_on.isoformat()
        return denied(
            _("The notice lies at the desk since %(day)s. Not opened, it is served on paper.") % {"day": day}
        )
    if agreed is False:
        return denied(_("The member has not agreed to be served at the desk. Serve the notice on paper."))
    return with_words(text)


def may_take_statement(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    text: str | None = None,
    acting: Collection[int] = (),
) -> Verdict:
    """The member's statement is taken from the day of the notice until its time is recorded as lapsed.

    A statement that comes late, but before anybody closed the time, is heard all the same.
    """
    return _answers(user, file, Step.TAKE_STATEMENT, on=on, text=text, acting=acting)


def may_waive(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    text: str | None = None,
    acting: Collection[int] = (),
) -> Verdict:
    """The member may give up statement and hearing, in words that are kept. Waiting then ends."""
    return _answers(user, file, Step.WAIVE, on=on, text=text, acting=acting)


def may_close_statement(user: User | None, file: CaseFile, *, on: date | None = None) -> Verdict:
    """Silence counts as an answer only once the whole time for it has passed: after the last day, not on it."""
    verdict = _answers(user, file, Step.LAPSE, on=on, text=None)
    if verdict and file.notice and on and on <= file.notice.answer_until:
        return denied(
            _("The member may answer until %(day)s, that day included.")
            % {"day": file.notice.answer_until.isoformat()}
        )
    return verdict


def may_ask_hearing(
    user: User | None, file: CaseFile, *, on: date | None = None, acting: Collection[int] = ()
) -> Verdict:
    """The member may ask for a hearing, once, within five working days of the notice, unless it was given up."""
    verdict = all_of(
        for_the_member(user, acting), in_turn(file, Step.ASK_HEARING), in_time(on, not_before=file.last_on)
    )
    if not verdict or file.notice is None:
        return verdict
    if file.hearing:
        return denied(_("A hearing has been asked for already."))
    if file.statement and file.statement.kind == StatementKind.WAIVED:
        return denied(_("Statement and hearing were given up."))
    if on and on > file.notice.ask_hearing_until:
        return denied(
            _("A hearing could be asked for until %(day)s.")
            % {"day": file.notice.ask_hearing_until.isoformat()}
        )
    return ALLOWED


def may_give_up_hearing(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    text: str | None = None,
    acting: Collection[int] = (),
) -> Verdict:
    """The member may give the hearing up until it is held, whether it was asked for or not."""
    verdict = all_of(for_the_member(user, acting), in_turn(file, Step.GIVE_UP_HEARING), with_words(text))
    if verdict and file.minutes:
        return denied(_("The hearing has been held."))
    return verdict and in_time(on, not_before=file.last_on)


def may_call_hearing(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    held_on: date | None = None,
    chair: User | None = None,
    proof: str | None = None,
    interested: Collection[int] = (),
) -> Verdict:
    """A hearing that was asked for is announced, provably, seven days ahead or more.

    In the chair is a reviewer who neither opened nor investigated the case. A hearing that could not be held is
    announced again.
    """
    verdict = all_of(may(user, Verb.FORM_PANEL), in_turn(file, Step.CALL_HEARING), _owed(file))
    if not verdict:
        return verdict
    if proof is not None and not proof.strip():
        return denied(_("Say how it can be proven that the notice was served."))
    if on and held_on and held_on < on + timedelta(days=HEARING_NOTICE_DAYS):
        return denied(
            _("The member is told seven days ahead or more: hold it on %(day)s or later.")
            % {"day": (on + timedelta(days=HEARING_NOTICE_DAYS)).isoformat()}
        )
    if chair is None:
        return in_time(on, not_before=file.last_on)
    if not may(chair, Verb.VOTE):
        return denied(_("%(name)s is not a reviewer of this association.") % {"name": chair.name})
    return all_of(
        apart(chair, file, Side.JUDGE), impartial(chair, interested), in_time(on, not_before=file.last_on)
    )


def may_hold_hearing(
    user: User | None, file: CaseFile, *, on: date | None = None, text: str | None = None
) -> Verdict:
    """Who is in the chair records the hearing, on the day it was announced for or later."""
    verdict = all_of(by_a_person(user), in_turn(file, Step.HOLD_HEARING), _owed(file))
    if not verdict:
        return verdict
    if file.call is None:
        return denied(_("The hearing has not been announced yet."))
    if user and user.pk != file.call.chair_id:
        return denied(_("%(name)s has the chair and records the hearing.") % {"name": file.call.chair.name})
    if on and on < file.call.held_on:
        return denied(
            _("The hearing is on %(day)s; it is recorded when it was held.")
            % {"day": file.call.held_on.isoformat()}
        )
    return all_of(may(user, Verb.VOTE), with_words(text), in_time(on, not_before=file.last_on))


def hearing_settled(file: CaseFile, on: date | None) -> Verdict:
    """No panel while a hearing is owed, or may still be asked for: held, given up, or its time is over."""
    if file.case.hearing_owed:
        return denied(_("A hearing was asked for: it is held, or given up, before a panel judges."))
    if file.notice is None or file.minutes or Step.GIVE_UP_HEARING in file.steps:
        return ALLOWED
    if file.statement and file.statement.kind == StatementKind.WAIVED:
        return ALLOWED
    if on and on <= file.notice.ask_hearing_until:
        return denied(
            _("The member may ask for a hearing until %(day)s, that day included.")
            % {"day": file.notice.ask_hearing_until.isoformat()}
        )
    return ALLOWED


def _owed(file: CaseFile) -> Verdict:
    if file.case.hearing_owed:
        return ALLOWED
    return denied(_("No hearing is owed: none was asked for, or it was held or given up."))


def _answers(
    user: User | None,
    file: CaseFile,
    step: Step,
    *,
    on: date | None,
    text: str | None,
    acting: Collection[int] = (),
) -> Verdict:
    return all_of(
        for_the_member(user, acting),
        in_turn(file, step),
        in_time(on, not_before=file.last_on),
        with_words(text),
    )
