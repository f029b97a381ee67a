"""The file of one case, read once: what the rules judge by and the page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.utils import timezone

from associations.discipline import models
from associations.discipline.models import Case, CaseEvent, Seat
from associations.discipline.states import CaseState, Measure, Step
from core.accounts.models import Appointment
from core.accounts.states import Role

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from associations.discipline.models import Decision, Notice, Reversal, Service, Statement


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
    """A case with everything in it. Rules take it and ask the database nothing."""

    case: Case
    seats: tuple[SeatRow, ...] = ()
    events: tuple[CaseEvent, ...] = ()
    notice: Notice | None = None
    statement: Statement | None = None
    decision: Decision | None = None
    service: Service | None = None
    reversal: Reversal | None = None

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

    def seat_of(self, user_id: int | None) -> SeatRow | None:
        return next((seat for seat in self.seats if seat.user_id == user_id), None)

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


def file_of(case: Case, *, lock: bool = False) -> CaseFile:
    """Everything in the file of `case`, in three queries. `lock` holds the case for this transaction."""
    if lock:
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    row = Case.objects.select_related(
        "membership",
        "notice",
        "statement",
        "opened_by",
        "decision__charter",
        "decision__service",
        "decision__reversal",
    ).get(pk=case.pk)
    decision = _part(row, "decision")
    seats = Seat.objects.filter(case=row).select_related("user", "vote").order_by("-chair", "id")
    return CaseFile(
        case=row,
        seats=tuple(_seat(seat) for seat in seats),
        events=tuple(CaseEvent.objects.filter(case=row).select_related("by").order_by("id")),
        notice=_part(row, "notice"),
        statement=_part(row, "statement"),
        decision=decision,
        service=_part(decision, "service"),
        reversal=_part(decision, "reversal"),
    )


def interested_in(subject_id: int) -> frozenset[int]:
    """Row numbers of the users who act for the subject today, in any association: they judge no case of its."""
    today = timezone.localdate()
    acting = Appointment.objects.filter(
        Q(until=None) | Q(until__gt=today), role=Role.MEMBER, subject_id=subject_id, since__lte=today
    )
    return frozenset(acting.values_list("user_id", flat=True))


def _part(row: Any, name: str) -> Any:
    """A one-to-one row that may not be there yet."""
    try:
        return getattr(row, name) if row is not None else None
    except ObjectDoesNotExist:
        return None


def _seat(seat: Seat) -> SeatRow:
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
