"""What complaints leave in the conduct file: agreements as they end, upheld complaints by month.

Upheld complaints become one fact a member and month, of the kind of the platforms' monthly figures, with no orders:
they raise the upheld ones and nothing else. If the member did not answer an upheld complaint in time, the silence
counts as well, as one closed without answer and without solution. What was not upheld leaves nothing, and neither does
what a platform's figures hold already (docs/adr/0014).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.complaints.selectors import Month, upheld_in
from associations.conduct import services as conduct
from associations.conduct.models import Fact
from associations.conduct.states import FactKind
from associations.members.models import Membership
from associations.registry.selectors import association_ids
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.walls.turns import hold

if TYPE_CHECKING:
    from associations.complaints.models import Settlement
    from associations.complaints.selectors import ComplaintFile

SOURCE = "complaints"
MONTHS_BACK = 12
"""Findings dated back change a month already recorded as long as its figures still count."""


def performed(file: ComplaintFile, settlement: Settlement) -> None:
    """An agreement made and performed."""
    _mediation(file, settlement, performed=1)


def defaulted(file: ComplaintFile, settlement: Settlement) -> None:
    """An agreement made and not performed: it counts as such, and holds the grade until it is."""
    _mediation(file, settlement, performed=0)
    conduct.record(
        membership=_member(file),
        kind=FactKind.UNPERFORMED,
        occurred_on=settlement.defaulted_on or timezone.localdate(),
        source=SOURCE,
        source_ref=settlement.public_id,
        key=_default_key(settlement),
    )


def performed_late(file: ComplaintFile, settlement: Settlement) -> None:
    """What was not performed in time has been: the grade is held no longer."""
    conduct.record(
        membership=_member(file),
        kind=FactKind.DISCHARGE,
        occurred_on=settlement.performed_on or timezone.localdate(),
        source=SOURCE,
        source_ref=settlement.public_id,
        key=f"agreement:{settlement.public_id}:discharged",
        ref=Fact.objects.get(key=_default_key(settlement)),
    )


def _mediation(file: ComplaintFile, settlement: Settlement, *, performed: int) -> None:
    conduct.record(
        membership=_member(file),
        kind=FactKind.MEDIATION,
        occurred_on=settlement.performed_on or settlement.defaulted_on or timezone.localdate(),
        source=SOURCE,
        source_ref=settlement.public_id,
        key=f"agreement:{settlement.public_id}",
        a=1,
        b=performed,
    )


def _default_key(settlement: Settlement) -> str:
    return f"agreement:{settlement.public_id}:unperformed"


def _member(file: ComplaintFile) -> Membership:
    """The member, whom every accepted complaint names."""
    if file.complaint.membership is None:
        raise Membership.DoesNotExist
    return file.complaint.membership


def record_figures_everywhere() -> int:
    """The timetable's: record the months that are over, association by association."""
    count = 0
    for association_id in association_ids():
        with scope.of(association_id):
            count += record_figures()
    return count


@transaction.atomic
def record_figures(*, today: date | None = None) -> int:
    """Record the upheld complaints of the months that are over; gives how many facts were new.

    Recorded again, nothing changes; a month whose number has changed is corrected, and both are kept.
    """
    today = today or timezone.localdate()
    hold("complaint figures", scope.association_id())
    facts: list[Fact] = []
    last = today.replace(day=1) - timedelta(days=1)
    for _each in range(MONTHS_BACK):
        first = last.replace(day=1)
        facts += _month(first, last, today)
        last = first - timedelta(days=1)
    count = conduct.record_all(facts)
    if count:
        ledger.record(
            association_id=scope.association_id(),
            act=Act.COMPLAINTS_COUNTED,
            thing="facts",
            thing_id=facts[0].public_id,
            detail={"facts": count},
            by=None,
        )
    return count


def _month(first: date, last: date, today: date) -> list[Fact]:
    """The facts a month still lacks: of each member one, or a correction and one."""
    months = upheld_in(first, last)
    standing = _standing(last)
    names = Membership.objects.in_bulk([*(set(months) | set(standing))])
    facts = []
    for key, member in sorted(names.items()):
        told, before = months.get(key, Month(0, 0)), standing.get(key)
        if before and (before.b, before.c) == (told.upheld, told.ignored):
            continue
        revision = 0
        if before:
            revision = int(before.key.rpartition(":")[2]) + 1
            facts.append(_fact(member, FactKind.CORRECTION, today, f"{before.key}:corrected", ref=before))
        if told.upheld:
            facts.append(
                _fact(
                    member,
                    FactKind.FIGURES,
                    last,
                    f"complaints:{member.public_id}:{last:%Y-%m}:{revision}",
                    a=0,
                    b=told.upheld,
                    c=told.ignored,
                    d=0,
                    e=0,
                )
            )
    return facts


def _standing(month_end: date) -> dict[int, Fact]:
    """By membership: the own figures of the month that were not corrected."""
    rows = Fact.objects.filter(
        kind=FactKind.FIGURES, source=SOURCE, occurred_on=month_end, key__startswith="complaints:"
    )
    corrected = set(
        Fact.objects.filter(kind=FactKind.CORRECTION, source=SOURCE, ref__in=rows).values_list(
            "ref", flat=True
        )
    )
    return {row.membership_id: row for row in rows.order_by("id") if row.pk not in corrected}


def _fact(member: Membership, kind: FactKind, on: date, key: str, **more: object) -> Fact:
    return Fact(
        association_id=member.association_id,
        membership=member,
        kind=kind,
        occurred_on=on,
        source=SOURCE,
        source_ref=f"{on:%Y-%m}",
        key=key,
        **more,
    )
