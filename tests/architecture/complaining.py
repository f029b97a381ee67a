"""Complaints for the world: one at each stage, with the association's canary in every word of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from associations.complaints import services
from associations.complaints.models import Pattern
from associations.complaints.services import Told
from associations.complaints.states import Outcome, Side, Topic

if TYPE_CHECKING:
    from associations.complaints.models import Complaint
    from associations.members.models import Membership
    from tests.cast import House

STAGES = (
    "received", "acknowledged", "accepted", "heard", "mediation", "proposed", "agreed", "paid", "found",
)  # fmt: skip


def complaints_of(house: House, accused: Membership, secret: str) -> dict[str, str]:
    """Complaints of an association, in its scope: public ids by the words of the policy table."""
    things = {}
    for stage in STAGES:
        row = _received(accused, secret, stage, proven=True)
        _walk(house, row, secret, stage)
        things[f"{stage} complaint"] = row.public_id
    things["aside complaint"] = _received(accused, secret, "aside", proven=False).public_id
    things["pattern"] = Pattern.objects.order_by("id")[0].public_id
    return things


def _received(accused: Membership, secret: str, stage: str, *, proven: bool) -> Complaint:
    told = Told(
        about=f"{secret}直播间", topic=Topic.QUALITY,
        facts=f"{secret}投诉：收到的蜂蜜与直播间宣称的不一致，联系客服未获答复。{stage}",
        wish=f"{secret}退款", amount=12_900, person=f"{secret}投诉人", contact="13900990088", membership=accused,
    )  # fmt: skip
    return services.receive(told=told, token=f"{secret} {stage}", proven=proven, by=None).complaint


def _walk(house: House, row: Complaint, secret: str, stage: str) -> None:
    clerk, today = house.clerk, timezone.localdate()
    if row.aside:
        services.release(complaint=row, reasons=f"{secret}已核实", by=clerk)
    more = {"complaint": row, "by": clerk}
    reached = STAGES.index(stage)
    steps = [
        lambda: services.acknowledge(**more),
        lambda: services.accept(**more),
        lambda: services.reply(text=f"{secret}答复", **more),
        lambda: services.mediate(**more),
        lambda: services.propose(
            terms=f"{secret}退款", amount=12_900, due_on=today + timedelta(days=9), **more
        ),
        lambda: _agree(row),
    ]
    if stage == "found":
        for step in steps[:3]:
            step()
        services.find(complaint=row, outcome=Outcome.UPHELD, reasons=f"{secret}属实", by=house.reviewer)
        return
    for step in steps[:reached]:
        step()
    if stage == "paid":
        services.deposit(amount=100_000, proof=f"{secret}入金", token=f"{secret} deposit", by=house.decider)
        services.advance(
            complaint=row,
            amount=12_900,
            proof=f"{secret}先行赔付",
            token=f"{secret} advance",
            by=house.decider,
        )


def _agree(row: Complaint) -> None:
    for side in (Side.COMPLAINANT, Side.MEMBER):
        services.say(complaint=row, side=side, yes=True, own=True, by=None)
