"""By-laws of the first half: the case, the notice, the member's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.discipline.rules.grounds import all_of, by_a_person, in_time, in_turn, with_words
from associations.discipline.states import Step
from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from datetime import date

    from associations.discipline.selectors import CaseFile
    from associations.members.models import Membership
    from core.accounts.models import User


def may_open(
    user: User | None,
    membership: Membership,
    *,
    occurred_on: date | None = None,
    opened_on: date | None = None,
    allegation: str | None = None,
) -> Verdict:
    """A case is opened by a clerk, by name, against somebody who is a member, for an act in the past.

    The power to discipline rests on the charter a member has joined under: who has left is outside it.
    """
    verdict = all_of(
        by_a_person(user),
        may(user, Verb.OPEN_CASE),
        with_words(allegation),
        in_time(occurred_on, not_before=membership.joined_on),
    )
    if not verdict:
        return verdict
    if membership.left_on is not None:
        return denied(
            _("The membership ended on %(day)s. The charter binds members only.")
            % {"day": membership.left_on.isoformat()}
        )
    return in_time(opened_on, not_before=occurred_on or membership.joined_on)


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


def may_take_statement(
    user: User | None, file: CaseFile, *, on: date | None = None, text: str | None = None
) -> Verdict:
    """The member's statement is taken from the day of the notice until its time is recorded as lapsed.

    A statement that comes late, but before anybody closed the time, is heard all the same.
    """
    return _answers(user, file, Step.TAKE_STATEMENT, on, text)


def may_waive(
    user: User | None, file: CaseFile, *, on: date | None = None, text: str | None = None
) -> Verdict:
    """The member may give up the statement, in words that are kept. Waiting then ends."""
    return _answers(user, file, Step.WAIVE, on, text)


def may_close_statement(user: User | None, file: CaseFile, *, on: date | None = None) -> Verdict:
    """Silence counts as an answer only once the whole time for it has passed: after the last day, not on it."""
    verdict = _answers(user, file, Step.LAPSE, on, None)
    if verdict and file.notice and on and on <= file.notice.answer_until:
        return denied(
            _("The member may answer until %(day)s, that day included.")
            % {"day": file.notice.answer_until.isoformat()}
        )
    return verdict


def _answers(user: User | None, file: CaseFile, step: Step, on: date | None, text: str | None) -> Verdict:
    return all_of(
        may(user, Verb.SERVE_NOTICE),
        in_turn(file, step),
        in_time(on, not_before=file.last_on),
        with_words(text),
    )
