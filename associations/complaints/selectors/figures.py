"""What a month's findings come to for each member: the numbers of its fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from associations.complaints.models import Finding
from associations.complaints.states import Outcome

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Month:
    """Of one member: complaints upheld, and those of them not answered in time."""

    upheld: int
    ignored: int


def upheld_in(first: date, last: date) -> dict[int, Month]:
    """By membership: what was upheld, in whole or in part, from `first` to `last` and is in nobody else's figures."""
    rows = (
        Finding.objects.filter(
            found_on__range=(first, last),
            outcome__in=[Outcome.UPHELD, Outcome.PARTLY],
            counted_elsewhere=False,
        )
        .order_by("id")
        .values_list("complaint__membership_id", "complaint__replied_on", "complaint__reply_until")
    )
    found: dict[int, Month] = {}
    for member, replied, until in rows:
        before = found.get(member, Month(0, 0))
        ignored = replied is None or until is None or replied > until
        found[member] = Month(before.upheld + 1, before.ignored + ignored)
    return found
