"""By-laws of judging: the panel, recusal, votes, the decision and what it may not lack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.conduct.catalogue import by_number
from associations.discipline.rules.grounds import all_of, by_a_person, in_time, in_turn, with_words
from associations.discipline.states import Lack, StatementKind, Step
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

    Nobody sits who opened the case, or who acts for the member it is about (`interested`, row numbers of users).
    The charter asks for no odd number: a tie is no majority.
    """
    verdict = all_of(
        may(user, Verb.FORM_PANEL), in_turn(file, Step.FORM_PANEL), in_time(on, not_before=file.last_on)
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
    filled = {each.replaces_id for each in file.seats}
    empty = [each for each in file.seats if each.recused and each.id not in filled]
    if not empty or (seat and seat not in empty):
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


@dataclass(frozen=True, slots=True)
class Draft:
    """What a decision would stand on. `article` is the charter's article for the measure; empty: there is none."""

    decided_on: date
    members_due: int
    members_present: int
    votes_in_favour: int
    notice_served_on: date | None
    statement: str
    statement_due_on: date | None
    article: str
    quorum_numerator: int = 2
    quorum_of: int = 3


def lacks_of(draft: Draft) -> list[Lack]:
    """What keeps a decision from counting, in the order of the procedure.

    Charter: the version in force on the day provides for the measure. Notice: served, and before the day of the
    decision. Statement: submitted, waived, or lapsed. Defence: its time was over before that day, unless waived.
    Quorum: present at least the charter's share of those due (two thirds where it says nothing else). Majority:
    more than half of those present. For expulsion and bar the model charters (DOMAIN 1.6) ask for a recorded vote
    with quorum, and that the member could speak; they name no greater majority, so none is asked here.
    """
    served = draft.notice_served_on is not None and draft.notice_served_on < draft.decided_on
    heard = draft.statement in StatementKind.values
    over = draft.statement == StatementKind.WAIVED or (
        draft.statement_due_on is not None and draft.statement_due_on < draft.decided_on
    )
    quorum = (
        draft.members_due > 0
        and draft.members_present <= draft.members_due
        and draft.members_present * draft.quorum_of >= draft.members_due * draft.quorum_numerator
    )
    majority = draft.votes_in_favour <= draft.members_present < 2 * draft.votes_in_favour
    tests = (
        (Lack.CHARTER, bool(draft.article)),
        (Lack.NOTICE, served),
        (Lack.STATEMENT, heard),
        (Lack.DEFENCE_WINDOW, over),
        (Lack.QUORUM, quorum),
        (Lack.MAJORITY, majority),
    )
    return [lack for lack, met in tests if not met]


def may_decide(
    user: User | None,
    file: CaseFile,
    *,
    draft: Draft | None = None,
    reasons: str | None = None,
) -> Verdict:
    """A decision is signed by a decider who did not open the case, when nothing is lacking.

    An act is judged by the text in force on its day, or by a later lighter one. Where no text of the catalogue entry
    was in force on that day, it was no violation under this entry, and nothing is decided.
    """
    verdict = all_of(
        by_a_person(user),
        may(user, Verb.DECIDE),
        in_turn(file, Step.DECIDE),
        with_words(reasons),
        _may_sign(user, file),
    )
    if not verdict:
        return verdict
    if len(file.sitting) < PANEL_AT_LEAST:
        return denied(_("Fewer than three members sit on the panel; seat replacements for those recused."))
    if draft is None:
        return ALLOWED
    if lacks := lacks_of(draft):
        words = "; ".join(str(lack.label) for lack in lacks)
        return denied(_("The decision still lacks: %(lacks)s.") % {"lacks": words})
    return all_of(_had_a_text(file, draft.decided_on), in_time(draft.decided_on, not_before=file.last_on))


def _had_a_text(file: CaseFile, decided_on: date) -> Verdict:
    entry, acted_on = by_number(file.case.code), file.case.occurred_on
    if entry is None or acted_on is None or entry.text_for(acted_on, decided_on):
        return ALLOWED
    return denied(
        _(
            "On %(day)s, the day of the act, no text of the entry %(code)s was in force; the first on file is in "
            "force from %(since)s. The act was no violation under this entry: drop the case, or open it under another."
        )
        % {"day": acted_on.isoformat(), "code": entry.code, "since": entry.texts[0].since}
    )


def _may_sign(user: User | None, file: CaseFile) -> Verdict:
    if user and user.pk == file.case.opened_by_id:
        return denied(_("You opened this case; who accuses does not decide."))
    seat = file.seat_of(user.pk) if user else None
    return denied(_("You are recused in this case.")) if seat and seat.recused else ALLOWED


def _may_judge(user: User | None, file: CaseFile, seat: SeatRow | None) -> Verdict:
    if user and user.pk == file.case.opened_by_id:
        return denied(_("You opened this case; who accuses does not judge."))
    if seat is None:
        return denied(_("You are not on the panel of this case."))
    return denied(_("You are recused in this case.")) if seat.recused else ALLOWED


def _may_sit(member: User, file: CaseFile, interested: Collection[int]) -> Verdict:
    if member.pk == file.case.opened_by_id:
        return denied(_("%(name)s opened this case and cannot judge it.") % {"name": member.name})
    if member.pk in interested:
        return denied(_("%(name)s acts for the member this case is about.") % {"name": member.name})
    if not may(member, Verb.VOTE):
        return denied(_("%(name)s is not a reviewer of this association.") % {"name": member.name})
    return ALLOWED
