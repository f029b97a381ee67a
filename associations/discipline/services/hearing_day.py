"""A hearing day: several hearings announced for one day, one after the other."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from associations.discipline.rules import may_call_hearing
from associations.discipline.selectors import file_of
from associations.discipline.services.hearing import acting_for, call_hearing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from associations.discipline.models import Case, HearingCall
    from core.accounts.models import User
    from core.verdicts import Verdict

Slot = tuple["Case", time]


def slots(cases: Sequence[Case], begins: time, minutes: int) -> list[Slot]:
    """A time for each case, in their order."""
    first = datetime.combine(date.min, begins)
    return [(case, (first + timedelta(minutes=minutes * n)).time()) for n, case in enumerate(cases)]


def may_call_each(
    planned: Sequence[Slot], *, held_on: date, chair: User, proof: str, on: date, by: User
) -> list[Verdict]:
    """What the by-law says to each announcement."""
    files = [file_of(case) for case, _at in planned]
    return [
        may_call_hearing(
            by, file, on=on, held_on=held_on, chair=chair, proof=proof, interested=acting_for(file)
        )
        for file in files
    ]


@transaction.atomic
def call_hearings(
    *,
    planned: Sequence[Slot],
    held_on: date,
    place: str,
    chair: User,
    method: str,
    proof: str,
    served_on: date,
    by: User,
) -> list[HearingCall]:
    """Announce all of them, or none. Each is a step of its own case, and its own entry in the ledger."""
    return [
        call_hearing(
            case=case,
            held_on=held_on,
            place=_("%(time)s, %(place)s") % {"time": f"{at:%H:%M}", "place": place.strip()},
            chair=chair,
            method=method,
            proof=proof,
            served_on=served_on,
            by=by,
        )
        for case, at in sorted(planned, key=lambda slot: slot[0].pk)
    ]
