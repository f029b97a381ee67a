"""The panel: who judges, who steps back, who votes how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.discipline.models import Case, Seat, Vote
from associations.discipline.rules import may_form_panel, may_recuse, may_replace, may_vote
from associations.discipline.selectors import CaseFile, SeatRow, file_of, interested_in
from associations.discipline.services.steps import part_of, take
from associations.discipline.states import Side, Step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.accounts.models import User


@transaction.atomic
def form_panel(
    *, case: Case, members: Sequence[User], chair: User, on: date | None = None, by: User | None
) -> list[Seat]:
    """Seat the panel; `chair` is one of `members`."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    interested = interested_in(file.case.membership.subject_id)
    may_form_panel(by, file, on=on, members=members, chair=chair, interested=interested).enforce()
    seats = Seat.objects.bulk_create(
        Seat(
            association_id=file.case.association_id,
            case=file.case,
            part=part_of(file, member, Side.JUDGE),
            user=member,
            chair=member == chair,
            seated_on=on,
        )
        for member in dict.fromkeys(members)
    )
    take(file, Step.FORM_PANEL, on=on, by=by, detail={"seats": len(seats)})
    return seats


@transaction.atomic
def recuse(*, case: Case, member: User, reason: str, on: date | None = None, by: User | None) -> None:
    """Take `member` off the panel, at their own wish or by those who form panels."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    seat = _seat(file, member)
    may_recuse(by, file, seat=seat, on=on, reason=reason).enforce()
    Seat.objects.filter(pk=seat.id).update(recused=True, recused_on=on, recusal_reason=reason.strip())
    take(file, Step.RECUSE, on=on, by=by, note=reason.strip())


@transaction.atomic
def replace(*, case: Case, recused: User, member: User, on: date | None = None, by: User | None) -> Seat:
    """Seat `member` in the place of `recused`, the chair included if that was theirs."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    seat = _seat(file, recused)
    interested = interested_in(file.case.membership.subject_id)
    may_replace(by, file, on=on, seat=seat, member=member, interested=interested).enforce()
    new = Seat.objects.create(
        association_id=file.case.association_id,
        case=file.case,
        part=part_of(file, member, Side.JUDGE),
        user=member,
        chair=seat.chair,
        seated_on=on,
        replaces_id=seat.id,
    )
    take(file, Step.REPLACE, on=on, by=by)
    return new


@transaction.atomic
def vote(
    *,
    case: Case,
    in_favour: bool,
    measure: int | None = None,
    reasons: str = "",
    on: date | None = None,
    by: User | None,
) -> Vote:
    """Cast `by`'s vote: in favour of `measure` (the one intended in the notice unless given), or against any."""
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    may_vote(by, file, on=on).enforce()
    if in_favour and measure is None and file.notice:
        measure = file.notice.measure
    cast = Vote.objects.create(
        association_id=file.case.association_id,
        seat_id=_seat(file, by).id,
        in_favour=in_favour,
        measure=measure if in_favour else None,
        reasons=reasons.strip(),
        cast_on=on,
    )
    take(file, Step.VOTE, on=on, by=by)
    return cast


def _seat(file: CaseFile, member: User | None) -> SeatRow:
    """The member's seat. Raises Seat.DoesNotExist."""
    seat = file.seat_of(member.pk if member else None)
    if seat is None:
        raise Seat.DoesNotExist
    return seat
