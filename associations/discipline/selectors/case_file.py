"""The file of one case, read once: what the rules judge by and the page shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.utils import timezone

from associations.discipline import models
from associations.discipline.models import Case, CaseEvent, HearingCall, Seat
from associations.discipline.states import CaseState, Measure, ProposalState, Side, Step
from core.accounts.models import Appointment
from core.accounts.states import Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from associations.discipline.models import (
        Appeal,
        AppealDecision,
        AppealOpinion,
        AppealService,
        Approval,
        BoardVote,
        Circumstance,
        Decision,
        Ending,
        Hearing,
        InvestigationReport,
        Minutes,
        Notice,
        NoticeLaid,
        Performance,
        Reversal,
        ReversalProposal,
        Service,
        Statement,
    )


@dataclass(frozen=True, slots=True)
class VoteRow:
    """`measure` is None on a vote against."""

    in_favour: bool
    measure: int | None
    reasons: str
    cast_on: date


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat with its vote, if cast."""

    id: int
    user_id: int
    name: str
    chair: bool = False
    seated_on: date | None = None
    replaces_id: int | None = None
    recused: bool = False
    recused_on: date | None = None
    recusal_reason: str = ""
    vote: VoteRow | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with everything in it. Rules take it and ask the database nothing.

    `parts` is what each person is to the case, `extended` the clocks that were given more time; `call` is the latest
    call of the hearing. Lists are in the order of their writing.
    """

    case: Case
    seats: tuple[SeatRow, ...] = ()
    events: tuple[CaseEvent, ...] = ()
    parts: Mapping[int, Side] = field(default_factory=dict)
    report: InvestigationReport | None = None
    laid: NoticeLaid | None = None
    notice: Notice | None = None
    statement: Statement | None = None
    hearing: Hearing | None = None
    call: HearingCall | None = None
    minutes: Minutes | None = None
    board_votes: tuple[BoardVote, ...] = ()
    approvals: tuple[Approval, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()
    extended: frozenset[str] = frozenset()
    decision: Decision | None = None
    service: Service | None = None
    appeal: Appeal | None = None
    opinions: tuple[AppealOpinion, ...] = ()
    appeal_decision: AppealDecision | None = None
    appeal_service: AppealService | None = None
    performances: tuple[Performance, ...] = ()
    proposals: tuple[ReversalProposal, ...] = ()
    reversal: Reversal | None = None
    ending: Ending | None = None

    @property
    def state(self) -> CaseState:
        return CaseState(self.case.state)

    @property
    def steps(self) -> frozenset[Step]:
        """The steps taken so far."""
        return frozenset(Step(event.step) for event in self.events)

    @property
    def last_on(self) -> date:
        """The day of the latest step; the next cannot lie before it."""
        return max((event.on for event in self.events), default=self.case.opened_on)

    @property
    def made(self) -> Decision:
        """The decision, where the state says there is one. Raises Decision.DoesNotExist."""
        if self.decision is None:
            raise models.Decision.DoesNotExist
        return self.decision

    @property
    def sitting(self) -> tuple[SeatRow, ...]:
        """The seats of those who judge: recused members are out."""
        return tuple(seat for seat in self.seats if not seat.recused)

    @property
    def present(self) -> tuple[SeatRow, ...]:
        """Those of them who have voted."""
        return tuple(seat for seat in self.sitting if seat.vote)

    @property
    def appeal_until(self) -> date | None:
        """The last day for an appeal; none while the decision is not handed over, or paper names none."""
        if self.service:
            return self.service.appeal_until
        return self.decision.appeal_until if self.decision else None

    @property
    def measure(self) -> Measure | None:
        """The measure that stands: the decision's, or the lighter one given on appeal."""
        if self.appeal_decision and self.appeal_decision.measure:
            return Measure(self.appeal_decision.measure)
        return Measure(self.decision.measure) if self.decision else None

    @property
    def grave(self) -> bool:
        """Whether the decision was for expulsion or a bar: these are set aside by two. A lighter measure given on
        appeal changes nothing in that.
        """
        return self.decision is not None and self.decision.measure >= Measure.EXPULSION

    @property
    def proposed(self) -> ReversalProposal | None:
        """The proposal to reverse that waits for a second reviewer."""
        return next((each for each in self.proposals if each.state == ProposalState.OPEN), None)

    def seat_of(self, user_id: int | None) -> SeatRow | None:
        return next((seat for seat in self.seats if seat.user_id == user_id), None)

    def side_of(self, user_id: int | None) -> Side | None:
        """What somebody is to this case; None: nothing yet."""
        if user_id is None:
            return None
        if user_id in {self.case.opened_by_id, self.case.investigator_id}:
            return Side.ACCUSE
        if self.seat_of(user_id) or (self.decision and self.decision.decided_by_id == user_id):
            return Side.JUDGE
        return self.parts.get(user_id)

    @property
    def empty(self) -> tuple[SeatRow, ...]:
        """The seats of recused members that nobody has been given yet."""
        filled = {seat.replaces_id for seat in self.seats}
        return tuple(seat for seat in self.seats if seat.recused and seat.id not in filled)

    def in_favour_of(self, measure: int) -> int:
        """Votes for `measure`: whoever asked for a graver one agrees to the milder."""
        votes = (seat.vote for seat in self.present)
        return sum(1 for vote in votes if vote and vote.in_favour and (vote.measure or 0) >= measure)

    @property
    def measure_carried(self) -> Measure | None:
        """The gravest measure for which more than half of those present voted."""
        return next(
            (m for m in reversed(Measure) if 2 * self.in_favour_of(m) > len(self.present)),
            None,
        )

    def board_for(self, measure: int) -> BoardVote | None:
        """The board's vote by which `measure` was carried."""
        return next((vote for vote in self.board_votes if vote.carried and vote.measure == measure), None)


ONE_TO_ONE = (
    "continues", "report__user", "laid", "notice", "statement", "hearing", "ending", "appeal__decided__service",
    "decision__charter", "decision__service", "decision__reversal",
)  # fmt: skip


HELD = "held_file"


def hold(public_id: str) -> CaseFile:
    """The file of a case, held for this transaction: the one verb that is then called with its `case` reads it no
    second time. Raises Case.DoesNotExist.
    """
    file = file_of(Case.objects.select_for_update(of=("self",)).get(public_id=public_id))
    file.case.__dict__[HELD] = file
    return file


def file_of(case: Case, *, lock: bool = False) -> CaseFile:
    """Everything in the file of `case`. `lock` holds the case for this transaction.

    What few cases have is asked for only where the case shows that it may have it.
    """
    if lock:
        if held := case.__dict__.pop(HELD, None):
            return held
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    row = Case.objects.select_related("membership", "opened_by", "investigator", *ONE_TO_ONE).get(pk=case.pk)
    decision, appeal, hearing = (_part(row, name) for name in ("decision", "appeal", "hearing"))
    seats = Seat.objects.filter(case=row).select_related("user", "vote").order_by("-chair", "id")
    events = tuple(CaseEvent.objects.filter(case=row).select_related("by").order_by("id"))
    steps = {event.step for event in events}
    decided = _part(appeal, "decided")
    call = _call(hearing) if Step.CALL_HEARING in steps else None
    return CaseFile(
        case=row,
        seats=tuple(seat_row(seat) for seat in seats),
        events=events,
        parts={key: Side(side) for key, side in row.parts.values_list("user_id", "side")},
        report=_part(row, "report"),
        laid=_part(row, "laid"),
        notice=_part(row, "notice"),
        statement=_part(row, "statement"),
        hearing=hearing,
        call=call,
        minutes=_part(call, "minutes"),
        board_votes=tuple(row.board_votes.order_by("id")) if Step.BOARD_VOTE in steps else (),
        approvals=tuple(row.approvals.select_related("user").order_by("id")) if Step.APPROVE in steps else (),
        circumstances=tuple(row.circumstances.order_by("id")) if Step.WEIGH in steps else (),
        extended=frozenset(row.extensions.values_list("clock", flat=True))
        if Step.EXTEND in steps
        else frozenset(),
        decision=decision,
        service=_part(decision, "service"),
        appeal=appeal,
        opinions=tuple(appeal.opinions.select_related("user").order_by("id")) if Step.OPINE in steps else (),
        appeal_decision=decided,
        appeal_service=_part(decided, "service"),
        performances=tuple(row.performances.order_by("id")) if Step.PERFORM in steps else (),
        proposals=tuple(row.reversal_proposals.select_related("by", "answered_by").order_by("id"))
        if Step.PROPOSE_REVERSAL in steps
        else (),
        reversal=_part(decision, "reversal"),
        ending=_part(row, "ending"),
    )


def interested_in(subject_id: int) -> frozenset[int]:
    """Row numbers of the users who act for the subject today, in any association: they judge no case of its."""
    today = timezone.localdate()
    acting = Appointment.objects.filter(
        Q(until=None) | Q(until__gt=today), role=Role.MEMBER, subject_id=subject_id, since__lte=today
    )
    return frozenset(acting.values_list("user_id", flat=True))


def _call(hearing: Hearing | None) -> HearingCall | None:
    calls = HearingCall.objects.filter(hearing=hearing).select_related("chair", "minutes")
    return calls.order_by("id").last()


def _part(row: Any, name: str) -> Any:
    """A one-to-one row that may not be there yet."""
    try:
        return getattr(row, name) if row is not None else None
    except ObjectDoesNotExist:
        return None


def seat_row(seat: Seat) -> SeatRow:
    vote = _part(seat, "vote")
    return SeatRow(
        id=seat.pk,
        user_id=seat.user_id,
        name=seat.user.name,
        chair=seat.chair,
        seated_on=seat.seated_on,
        replaces_id=seat.replaces_id,
        recused=seat.recused,
        recused_on=seat.recused_on,
        recusal_reason=seat.recusal_reason,
        vote=VoteRow(vote.in_favour, vote.measure, vote.reasons, vote.cast_on) if vote else None,
    )
