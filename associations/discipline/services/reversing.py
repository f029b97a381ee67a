"""Setting a decision aside by the association itself: alone, or by two where it expels or bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.conduct import services as conduct
from associations.conduct.states import FactKind
from associations.discipline.models import Case, Reversal, ReversalProposal
from associations.discipline.rules import (
    may_drop_reversal,
    may_propose_reversal,
    may_refuse_reversal,
    may_reverse,
)
from associations.discipline.selectors import CaseFile, documents_of, file_of
from associations.discipline.services.effect import about, give_back, left_by
from associations.discipline.services.hearing import acting_for
from associations.discipline.services.steps import part_of, take
from associations.discipline.states import ProposalState, Side, Step
from associations.discipline.terms import REVERSAL_DAYS
from associations.documents.services import let_fall
from associations.documents.states import DocumentKind
from core.calendar.selectors import add_working_days

if TYPE_CHECKING:
    from datetime import date

    from associations.discipline.models import AppealDecision
    from core.accounts.models import User


@transaction.atomic
def propose_reversal(
    *, case: Case, reasons: str, on: date | None = None, by: User | None
) -> ReversalProposal:
    """Propose that an expulsion or a bar be set aside. Nothing changes until another reviewer has approved it."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_propose_reversal(by, file, on=on, reasons=reasons, interested=acting_for(file)).enforce()
    if by is None:
        raise TypeError("the rule asks for a person")
    proposal = ReversalProposal.objects.create(
        association_id=file.case.association_id,
        case=file.case,
        decision=file.made,
        part=part_of(file, by, Side.REVIEW),
        reasons=reasons.strip(),
        proposed_on=on,
        answer_by=add_working_days(on, REVERSAL_DAYS),
        by=by,
    )
    told = {"decision": file.made.public_id}
    take(file, Step.PROPOSE_REVERSAL, on=on, by=by, note=reasons.strip(), detail=told)
    return proposal


@transaction.atomic
def refuse_reversal(*, case: Case, reasons: str, on: date | None = None, by: User | None) -> None:
    """The second reviewer does not approve: the decision stands."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_refuse_reversal(by, file, on=on, reasons=reasons, interested=acting_for(file)).enforce()
    if by is None:
        raise TypeError("the rule asks for a person")
    part_of(file, by, Side.REVIEW)
    _answer(file, ProposalState.REFUSED, answer=reasons, on=on, by=by)
    take(file, Step.REFUSE_REVERSAL, on=on, by=by, note=reasons.strip())


@transaction.atomic
def drop_reversal(*, case: Case, reasons: str, on: date | None = None, by: User | None) -> None:
    """Who proposed a reversal takes it back: the decision stands."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_drop_reversal(by, file, on=on, reasons=reasons).enforce()
    _answer(file, ProposalState.DROPPED, answer=reasons, on=on, by=by)
    take(file, Step.DROP_REVERSAL, on=on, by=by, note=reasons.strip())


@transaction.atomic
def reverse(*, case: Case, reasons: str, on: date | None = None, by: User | None) -> Reversal:
    """Set the decision aside: an expulsion or a bar by approving the proposal that waits, any other alone.

    Its facts are reversed by new ones; an expelled or suspended member is reinstated.
    """
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_reverse(by, file, on=on, reasons=reasons, interested=acting_for(file)).enforce()
    if by is None:
        raise TypeError("the rule asks for a person")
    part_of(file, by, Side.REVIEW)
    reversal = set_aside(file, reasons=reasons, on=on, by=by)
    take(file, Step.REVERSE, on=on, by=by, note=reasons.strip(), detail={"decision": file.made.public_id})
    give_back(file, on=on, by=by)
    return reversal


def set_aside(
    file: CaseFile, *, reasons: str, on: date, by: User, on_appeal: AppealDecision | None = None
) -> Reversal:
    """Write down that the decision of `file` stands no more, reverse the facts it has left, and withdraw its paper.

    A proposal to reverse that waits is approved by this, or, where it falls on appeal, overtaken.
    """
    decision, proposal = file.made, None
    if on_appeal:
        _answer(file, ProposalState.OVERTAKEN, answer="", on=on, by=None)
    else:
        proposal = _answer(file, ProposalState.APPROVED, answer=reasons, on=on, by=by)
    reversal = Reversal.objects.create(
        association_id=file.case.association_id,
        decision=decision,
        measure=decision.measure,
        proposal=proposal,
        proposed_by_id=proposal.by_id if proposal else None,
        approved=proposal.state if proposal else "",
        on_appeal=on_appeal,
        outcome=on_appeal.outcome if on_appeal else "",
        opened_by_id=decision.opened_by_id,
        decided_by_id=decision.decided_by_id,
        imported=decision.imported,
        reversed_on=on,
        reasons=reasons.strip(),
        by=by,
    )
    conduct.record_all(about(left_by(decision), FactKind.REVERSAL, "reversal", on=on))
    withdraw_paper(file, reasons=reasons, by=by)
    return reversal


def withdraw_paper(file: CaseFile, *, reasons: str, by: User) -> None:
    """Withdraw the decision's paper: what it says does not stand any more, and whoever verifies it is told."""
    for row in documents_of(file.case):
        if row.document.kind == DocumentKind.DECISION and not hasattr(row.document, "withdrawal"):
            let_fall(document=row.document, reasons=reasons, by=by)


def _answer(
    file: CaseFile, state: ProposalState, *, answer: str, on: date, by: User | None
) -> ReversalProposal | None:
    """Close the proposal that waits, if one does."""
    proposal = file.proposed
    if proposal is None:
        return None
    proposal.state, proposal.answer = state, answer.strip()
    proposal.answered_on, proposal.answered_by = on, by
    proposal.save(update_fields=["state", "answer", "answered_on", "answered_by"])
    return proposal
