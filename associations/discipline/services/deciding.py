"""The decision, and what the gravest ones need before it: the board's vote, two approvals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from associations.conduct.states import Severity
from associations.discipline.models import Approval, BoardVote, Case, Decision
from associations.discipline.rules import Draft, may_approve, may_decide, may_record_board_vote
from associations.discipline.selectors import CaseFile, file_of, interested_in
from associations.discipline.selectors.like import range_of
from associations.discipline.services.steps import part_of, take
from associations.discipline.states import Measure, Side, Step
from associations.discipline.terms import ends_on, next_number
from associations.registry.selectors import article_for, charter_on
from core.verdicts import Denied

if TYPE_CHECKING:
    from datetime import date

    from associations.registry.models import CharterVersion
    from core.accounts.models import User


def draft_of(file: CaseFile, measure: int, on: date, charter: CharterVersion | None) -> Draft:
    """What a decision for `measure` on the day would stand on: votes, notice, statement, charter as they are now."""
    numerator, of = share_of(charter)
    return Draft(
        decided_on=on,
        members_due=len(file.sitting),
        members_present=len(file.present),
        votes_in_favour=file.in_favour_of(measure),
        notice_served_on=file.notice.served_on if file.notice else None,
        statement=file.statement.kind if file.statement else "",
        statement_due_on=file.notice.answer_until if file.notice else None,
        article=article_for(charter, measure) if charter else "",
        measure=measure,
        hearing_owed=file.case.hearing_owed,
        board_carried=file.board_for(measure) is not None,
        approvals=len(file.approvals),
        quorum_numerator=numerator,
        quorum_of=of,
    )


def share_of(charter: CharterVersion | None) -> tuple[int, int]:
    """The quorum as a share of those due: two thirds where no charter says anything else."""
    return (charter.quorum_numerator, charter.quorum_of) if charter else (2, 3)


@transaction.atomic
def record_board_vote(
    *,
    case: Case,
    measure: int,
    due: int,
    present: int,
    in_favour: int,
    record: str,
    held_on: date | None = None,
    by: User | None,
) -> BoardVote:
    """Record the board's vote on an expulsion or a bar, carried or not; `record` says where its minutes are kept."""
    on = held_on or timezone.localdate()
    file = file_of(case, lock=True)
    may_record_board_vote(
        by, file, on=on, measure=measure, counts=(due, present, in_favour), record=record
    ).enforce()
    charter = charter_on(on)
    if charter is None:
        raise Denied(_("No charter was in force on that day; enter it under Charter first."))
    quorum = due > 0 and present * charter.quorum_of >= due * charter.quorum_numerator
    vote = BoardVote.objects.create(
        association_id=file.case.association_id,
        case=file.case,
        charter=charter,
        quorum_numerator=charter.quorum_numerator,
        quorum_of=charter.quorum_of,
        measure=measure,
        held_on=on,
        due=due,
        present=present,
        in_favour=in_favour,
        carried=quorum and 2 * in_favour > present,
        record=record.strip(),
        by=by,
    )
    told = {"measure": int(measure), "due": due, "present": present, "in_favour": in_favour}
    take(file, Step.BOARD_VOTE, on=on, by=by, detail={**told, "carried": vote.carried})
    return vote


@transaction.atomic
def approve(*, case: Case, ground: str, on: date | None = None, by: User | None) -> Approval:
    """Give one of the two approvals a bar for life needs."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    interested = interested_in(file.case.membership.subject_id)
    may_approve(by, file, on=on, ground=ground, interested=interested).enforce()
    if by is None:
        raise TypeError("the rule asks for a person")
    approval = Approval.objects.create(
        association_id=file.case.association_id,
        case=file.case,
        part=part_of(file, by, Side.APPROVE),
        user=by,
        ground=ground.strip(),
        approved_on=on,
    )
    take(file, Step.APPROVE, on=on, by=by)
    return approval


@transaction.atomic
def decide(
    *,
    case: Case,
    measure: int,
    reasons: str,
    severity: int | None = None,
    basis: str = "",
    departure: str = "",
    number: str = "",
    on: date | None = None,
    by: User | None,
) -> Decision:
    """Sign the panel's decision. Refused, with everything that is lacking named, unless nothing is lacking.

    `departure` says why the measure lies outside the range usual for such a case.
    """
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    charter = charter_on(on)
    draft = draft_of(file, measure, on, charter)
    severity = severity or file.case.severity
    usual = range_of(file, severity)
    may_decide(by, file, draft=draft, reasons=reasons, usual=usual, departure=departure).enforce()
    if by is None:
        raise TypeError("the rule asks for a person")
    approvals = file.approvals if measure == Measure.LIFETIME_BAR else (None, None)
    decision = Decision.objects.create(
        association_id=file.case.association_id,
        case=file.case,
        opened_by_id=file.case.opened_by_id,
        part=part_of(file, by, Side.JUDGE),
        board=file.board_for(measure),
        approval=approvals[0],
        second_approval=approvals[1],
        number=number or next_number(Decision, "决", on.year),
        decided_on=on,
        measure=Measure(measure),
        severity=Severity(severity),
        reasons=reasons.strip(),
        basis=basis.strip() or file.case.basis,
        range_least=usual.least if usual else None,
        range_most=usual.most if usual else None,
        departure="" if usual and measure in usual else departure.strip(),
        charter=charter,
        charter_article=draft.article,
        quorum_numerator=draft.quorum_numerator,
        quorum_of=draft.quorum_of,
        members_due=draft.members_due,
        members_present=draft.members_present,
        votes_in_favour=draft.votes_in_favour,
        notice_served_on=draft.notice_served_on,
        statement=draft.statement,
        statement_due_on=draft.statement_due_on,
        ends_on=ends_on(decided_on=on, severity=severity, measure=measure),
        counts=True,
        decided_by=by,
    )
    take(file, Step.DECIDE, on=on, by=by, detail={"decision": decision.public_id, "measure": int(measure)})
    return decision
