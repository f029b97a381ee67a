"""The panels of many cases at once, and what else of them waits beside the case's own clock."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from associations.discipline.models import AppealDecision, Approval, BoardVote, ReversalProposal, Seat
from associations.discipline.selectors.case_file import CaseFile, seat_row
from associations.discipline.states import CaseState, ProposalState

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from associations.discipline.models import Case
    from associations.discipline.selectors.case_file import SeatRow


def panels_of(cases: Collection[Case]) -> dict[int, CaseFile]:
    """Of each case before its panel that part of its file: seats with votes, votes of the board, approvals; by the row
    number of the case. Three queries, none where no case is there.
    """
    found = {case.pk: case for case in cases if case.state == CaseState.PANEL}
    seats: dict[int, list[SeatRow]] = defaultdict(list)
    rows = Seat.objects.filter(case__in=found).select_related("user", "vote").order_by("-chair", "id")
    for seat in rows:
        seats[seat.case_id].append(seat_row(seat))
    board: dict[int, list[BoardVote]] = defaultdict(list)
    for vote in BoardVote.objects.filter(case__in=found).order_by("id"):
        board[vote.case_id].append(vote)
    approvals: dict[int, list[Approval]] = defaultdict(list)
    for approval in Approval.objects.filter(case__in=found).order_by("id"):
        approvals[approval.case_id].append(approval)
    return {
        key: CaseFile(
            case, seats=tuple(seats[key]), board_votes=tuple(board[key]), approvals=tuple(approvals[key])
        )
        for key, case in found.items()
    }


def proposals_open() -> QuerySet[ReversalProposal]:
    """Proposals to reverse that a second reviewer can answer with leave now, the most urgent first. While an appeal
    runs its reviewers decide.
    """
    rows = ReversalProposal.objects.filter(state=ProposalState.OPEN).exclude(case__state=CaseState.APPEALED)
    return rows.select_related("case").prefetch_related("case__parts").order_by("answer_by", "id")


def proposers() -> dict[str, int]:
    """Who proposed each reversal that waits, by the public id of the decision; one query."""
    rows = ReversalProposal.objects.filter(state=ProposalState.OPEN)
    return dict(rows.values_list("decision__public_id", "by_id"))


def appeals_unserved() -> QuerySet[AppealDecision]:
    """Decisions on appeal that were not handed over yet, the oldest first."""
    return (
        AppealDecision.objects.filter(service=None)
        .select_related("appeal__case")
        .order_by("decided_on", "id")
    )
