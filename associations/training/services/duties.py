"""Letting a year's duty fall due, and taking it off when it has been made up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from associations.conduct.models import Fact
from associations.conduct.services import record_all
from associations.conduct.states import FactKind
from associations.members.models import Membership
from associations.tenancy import scope
from associations.training import reckoning
from associations.training.models import Attendance
from associations.training.selectors.duties import Requirements, held_by_year, requirements, years_of
from associations.training.states import Presence
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from associations.training.selectors.duties import Held
    from core.accounts.models import User

SOURCE = "training"


@dataclass(frozen=True, slots=True)
class Settled:
    """How many duties fell due, how many were made up."""

    fell_due: int = 0
    discharged: int = 0


@dataclass(frozen=True, slots=True)
class Debt:
    """What a member owed at the end of a year, earlier years included; `met`: since made up, or never missed."""

    membership: Membership
    year: int
    hours: int
    exams: int
    met: bool

    @property
    def due_on(self) -> date:
        return date(self.year, 12, 31)


@transaction.atomic
def settle_duties(
    *, on: date, membership_ids: Iterable[int] | None = None, by: User | None = None
) -> Settled:
    """Record, for every year that has ended before `on`, the duties not met, and discharge those since made up.

    A year counts from the first one for which the association set a duty. The same call again records nothing.
    A discharge that a correction has made untrue is followed by the duty falling due anew.
    """
    rules = requirements()
    if rules.first_year is None or rules.first_year >= on.year:
        return Settled()
    chosen = None if membership_ids is None else list(membership_ids)
    debts = list(debts_before(on, chosen, rules))
    counts, open_duties = standing_duties(chosen)
    fallen = [
        duty_fact(debt, counts[debt.membership.pk, debt.year])
        for debt in debts
        if not debt.met and (debt.membership.pk, debt.year) not in open_duties
    ]
    made_up = [debt for debt in debts if debt.met and (debt.membership.pk, debt.year) in open_duties]
    discharged = discharges(made_up, open_duties)
    if fallen or discharged:
        record_all([*fallen, *discharged])
        ledger.record(
            association_id=scope.association_id(),
            act=Act.DUTY_SETTLED,
            thing="duty",
            thing_id=on.isoformat(),
            detail={"fell_due": len(fallen), "discharged": len(discharged)},
            by=by,
        )
    return Settled(len(fallen), len(discharged))


def debts_before(on: date, chosen: list[int] | None, rules: Requirements) -> Iterable[Debt]:
    """Every ended year that binds a member, with what was owed at its end."""
    members = Membership.objects.only("id", "association_id", "public_id", "category", "joined_on", "left_on")
    held = held_by_year(chosen)
    for member in members if chosen is None else members.filter(id__in=chosen):
        yield from debts_of(member, on, held.get(member.pk, {}), rules)


def debts_of(member: Membership, on: date, held: Mapping[int, Held], rules: Requirements) -> Iterable[Debt]:
    hours, exams = years_of(member, on.year, held, rules)
    owed_hours, owed_exams = reckoning.debts(hours), reckoning.debts(exams)
    first = on.year + 1 - len(hours)
    for at, year in enumerate(range(first, on.year)):
        if reckoning.binds(year, member.joined_on, member.left_on):
            met = all(reckoning.done(kind, at) >= kind[at].required for kind in (hours, exams))
            yield Debt(member, year, owed_hours[at], owed_exams[at], met)


def standing_duties(
    chosen: list[int] | None,
) -> tuple[Mapping[tuple[int, int], int], dict[tuple[int, int], Fact]]:
    """How often each (member, year) has fallen due, and those duties that nothing has discharged."""
    rows = Fact.objects.filter(kind=FactKind.DUTY, source=SOURCE).order_by("id")
    ends = Fact.objects.filter(kind=FactKind.DISCHARGE, source=SOURCE)
    if chosen is not None:
        rows, ends = rows.filter(membership_id__in=chosen), ends.filter(membership_id__in=chosen)
    ended = set(ends.values_list("ref_id", flat=True))
    counts: defaultdict[tuple[int, int], int] = defaultdict(int)
    standing = {}
    for fact in rows:
        at = (fact.membership_id, fact.occurred_on.year)
        counts[at] += 1
        if fact.pk not in ended:
            standing[at] = fact
    return counts, standing


def duty_fact(debt: Debt, before: int) -> Fact:
    return Fact(
        association_id=debt.membership.association_id,
        membership=debt.membership,
        kind=FactKind.DUTY,
        occurred_on=debt.due_on,
        source=SOURCE,
        source_ref=str(debt.year),
        key=f"duty:{debt.membership.public_id}:{debt.year}:{before}",
    )


def discharges(made_up: list[Debt], open_duties: Mapping[tuple[int, int], Fact]) -> list[Fact]:
    """A discharge for each duty made up, on the day of the session that did it."""
    if not made_up:
        return []
    later = later_sessions({debt.membership.pk for debt in made_up})
    found = []
    for debt in made_up:
        held = [row for row in later[debt.membership.pk] if row[0] > debt.due_on]
        day = reckoning.made_up_on(debt.hours, debt.exams, held, due_on=debt.due_on)
        duty = open_duties[debt.membership.pk, debt.year]
        found.append(
            Fact(
                association_id=debt.membership.association_id,
                membership=debt.membership,
                kind=FactKind.DISCHARGE,
                occurred_on=day or debt.due_on,
                ref=duty,
                source=SOURCE,
                source_ref=str(debt.year),
                key=f"{duty.key}:discharged",
            )
        )
    return found


def later_sessions(membership_ids: set[int]) -> Mapping[int, list[tuple[date, int, bool]]]:
    """What each of the members attended, oldest first: day, hours, whether an exam was passed."""
    rows = Attendance.objects.filter(membership_id__in=membership_ids, presence=Presence.PRESENT)
    found: defaultdict[int, list[tuple[date, int, bool]]] = defaultdict(list)
    for membership_id, day, hours, passed in rows.order_by("session__held_on", "id").values_list(
        "membership_id", "session__held_on", "hours", "passed"
    ):
        found[membership_id].append((day, hours, bool(passed)))
    return found
