"""By-laws of the panel: who sits, who steps back, who votes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.discipline.rules.grounds import (
    all_of,
    apart,
    by_a_person,
    impartial,
    in_time,
    in_turn,
    with_words,
)
from associations.discipline.rules.hearing import hearing_settled
from associations.discipline.states import Side, Step
from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from associations.discipline.selectors import CaseFile, SeatRow
    from core.accounts.models import User

PANEL_AT_LEAST = 3


def may_form_panel(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    members: Sequence[User] | None = None,
    chair: User | None = None,
    interested: Collection[int] = (),
) -> Verdict:
    """A panel has three members or more, one of them in the chair, all of them reviewers of the association.

    Nobody sits who opened or investigated the case, or who acts for the member it is about (`interested`, row
    numbers of users). It is formed once the hearing is settled. The charter asks for no odd number: a tie is no
    majority.
    """
    verdict = all_of(
        may(user, Verb.FORM_PANEL),
        in_turn(file, Step.FORM_PANEL),
        hearing_settled(file, on),
        in_time(on, not_before=file.last_on),
    )
    if not verdict or members is None:
        return verdict
    if len({member.pk for member in members}) < PANEL_AT_LEAST:
        return denied(_("A panel has at least three members."))
    if chair not in members:
        return denied(_("One of the panel's members takes the chair."))
    return all_of(*(_may_sit(member, file, interested) for member in members))


def may_replace(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    seat: SeatRow | None = None,
    member: User | None = None,
    interested: Collection[int] = (),
) -> Verdict:
    """For a recused member one other may be seated, under the same conditions; nobody is added to a panel otherwise."""
    verdict = all_of(
        may(user, Verb.FORM_PANEL), in_turn(file, Step.REPLACE), in_time(on, not_before=file.last_on)
    )
    if not verdict:
        return verdict
    if not file.empty or (seat and seat not in file.empty):
        return denied(_("No seat is empty: a replacement is seated only for a recused member."))
    if member is None:
        return ALLOWED
    if file.seat_of(member.pk):
        return denied(_("%(name)s has a seat in this case already.") % {"name": member.name})
    return _may_sit(member, file, interested)


def may_recuse(
    user: User | None,
    file: CaseFile,
    *,
    seat: SeatRow | None = None,
    on: date | None = None,
    reason: str | None = None,
) -> Verdict:
    """A panel member withdraws, or is withdrawn by those who form panels, with reasons and before voting."""
    verdict = all_of(by_a_person(user), in_turn(file, Step.RECUSE))
    if not verdict:
        return verdict
    own = file.seat_of(user.pk if user else None)
    power = may(user, Verb.FORM_PANEL)
    if seat is None and power:
        open_ = any(not each.vote for each in file.sitting)
        return ALLOWED if open_ else denied(_("Everybody has voted; recusal comes before the vote."))
    seat = seat or own
    if seat is None or (seat != own and not power):
        return power
    if seat.recused:
        return denied(_("%(name)s is recused already.") % {"name": seat.name})
    if seat.vote:
        return denied(_("%(name)s has voted; recusal comes before the vote.") % {"name": seat.name})
    return all_of(with_words(reason), in_time(on, not_before=file.last_on))


def may_vote(user: User | None, file: CaseFile, *, on: date | None = None) -> Verdict:
    """Only who sits on the panel and is not recused votes, once, and only when the statement is closed."""
    seat = file.seat_of(user.pk if user else None)
    verdict = all_of(
        by_a_person(user), may(user, Verb.VOTE), in_turn(file, Step.VOTE), _may_judge(user, file, seat)
    )
    if not verdict or seat is None:
        return verdict
    if seat.vote:
        return denied(_("You have voted already, on %(day)s.") % {"day": seat.vote.cast_on.isoformat()})
    if file.statement is None:
        return denied(_("The member's statement is not closed yet."))
    return in_time(on, not_before=max(file.statement.received_on, seat.seated_on or file.case.opened_on))


def _may_judge(user: User | None, file: CaseFile, seat: SeatRow | None) -> Verdict:
    if not (verdict := apart(user, file, Side.JUDGE)):
        return verdict
    if seat is None:
        return denied(_("You are not on the panel of this case."))
    return denied(_("You are recused in this case.")) if seat.recused else ALLOWED


def _may_sit(member: User, file: CaseFile, interested: Collection[int]) -> Verdict:
    if not may(member, Verb.VOTE):
        return denied(_("%(name)s is not a reviewer of this association.") % {"name": member.name})
    return all_of(apart(member, file, Side.JUDGE), impartial(member, interested))
