"""By-laws of judging: the board, the approvals of a bar, the decision and what it may not lack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.conduct.catalogue import by_number
from associations.discipline.rules.grounds import (
    all_of,
    apart,
    by_a_person,
    impartial,
    in_time,
    in_turn,
    with_words,
)
from associations.discipline.rules.panel import PANEL_AT_LEAST
from associations.discipline.states import Lack, Measure, Side, StatementKind, Step
from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from associations.discipline.ladder import Range
    from associations.discipline.selectors import CaseFile
    from core.accounts.models import User

APPROVALS_AT_LEAST = 2


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
    measure: int = Measure.REMINDER
    hearing_owed: bool = False
    board_carried: bool = False
    approvals: int = 0
    imported: bool = False


def lacks_of(draft: Draft) -> list[Lack]:
    """What keeps a decision from counting, in the order of the procedure.

    Charter: the version in force on the day provides for the measure. Notice: served, and before the day of the
    decision. Statement: submitted, waived, or lapsed. Defence: its time was over before that day, unless waived.
    Quorum: present at least the charter's share of those due (two thirds where it says nothing else). Majority:
    more than half of those present. Hearing: none is owed. Board: for expulsion and bar its vote carried the measure,
    as the model charters ask (DOMAIN 1.6); they name no greater majority, so none is asked here. Approvals: a bar for
    life has two. Past decisions tell of no hearing, and their votes are the board's.
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
        (Lack.HEARING, draft.imported or not draft.hearing_owed),
        (Lack.BOARD, draft.imported or draft.measure < Measure.EXPULSION or draft.board_carried),
        (
            Lack.APPROVALS,
            draft.imported or draft.measure < Measure.LIFETIME_BAR or draft.approvals >= APPROVALS_AT_LEAST,
        ),
    )
    return [lack for lack, met in tests if not met]


def may_decide(
    user: User | None,
    file: CaseFile,
    *,
    draft: Draft | None = None,
    reasons: str | None = None,
    usual: Range | None = None,
    departure: str = "",
) -> Verdict:
    """A decision is signed by a decider who did not open the case, when nothing is lacking.

    The same case gets the same sanction: a measure outside the usual range (`usual`) needs its reasons (`departure`).

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
    return all_of(
        _had_a_text(file, draft.decided_on),
        _like_others(draft.measure, usual, departure),
        in_time(draft.decided_on, not_before=file.last_on),
    )


def may_record_board_vote(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    measure: int | None = None,
    counts: tuple[int, int, int] | None = None,
    record: str | None = None,
) -> Verdict:
    """On expulsion or bar the board votes when the panel is for it; due, present, in favour are written down.

    `counts` are these three. The vote is recorded as it went, carried or not.
    """
    verdict = all_of(
        may(user, Verb.RECORD_BOARD), in_turn(file, Step.BOARD_VOTE), in_time(on, not_before=file.last_on)
    )
    if not verdict:
        return verdict
    if (file.measure_carried or 0) < (measure or Measure.EXPULSION):
        return denied(_("The panel is not for such a measure; the board votes on what the panel is for."))
    if measure is not None and measure < Measure.EXPULSION:
        return denied(_("The board votes on expulsion and on a bar for life only."))
    if measure is not None and file.board_for(measure):
        return denied(_("The board has carried this measure already."))
    if counts is not None and not 0 <= counts[2] <= counts[1] <= counts[0]:
        return denied(_("In favour are no more than present, present no more than due."))
    return with_words(record)


def may_approve(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    ground: str | None = None,
    interested: Collection[int] = (),
) -> Verdict:
    """A bar for life is approved, on a stated ground, by two people who neither accused nor judged.

    They are asked when the panel is for it.
    """
    verdict = all_of(
        by_a_person(user),
        may(user, Verb.APPROVE_BAR),
        in_turn(file, Step.APPROVE),
        apart(user, file, Side.APPROVE),
        impartial(user, interested),
    )
    if not verdict:
        return verdict
    if file.measure_carried != Measure.LIFETIME_BAR:
        return denied(_("The panel is not for a bar for life; nothing is to be approved."))
    if any(user and each.user_id == user.pk for each in file.approvals):
        return denied(_("You have approved already; the second approval is another's."))
    return all_of(with_words(ground), in_time(on, not_before=file.last_on))


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


def _like_others(measure: int, usual: Range | None, departure: str) -> Verdict:
    if usual is None or measure in usual or departure.strip():
        return ALLOWED
    return denied(
        _(
            "Usual here is L%(least)s to L%(most)s. Say why this case is another than those alike; the reasons are "
            "kept with the decision."
        )
        % {"least": usual.least, "most": usual.most}
    )


def _may_sign(user: User | None, file: CaseFile) -> Verdict:
    seat = file.seat_of(user.pk) if user else None
    if seat and seat.recused:
        return denied(_("You are recused in this case."))
    return apart(user, file, Side.JUDGE)
