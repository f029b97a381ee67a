"""Adopting a fee table; keeping what was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - a dataclass field's type is looked up at run time by readers
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from associations.fees import rules, selectors
from associations.fees.models import FeePaid, FeeTable
from associations.members.models import Membership
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.verdicts import Denied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.accounts.models import User


@dataclass(frozen=True, slots=True)
class Payment:
    """A line of what came in: `amount` in fen, negative where it was given back, then with its `reason`."""

    member: str
    amount: int
    paid_on: date
    receipt: str
    reason: str = ""


@transaction.atomic
def adopt_table(
    *,
    version: str,
    adopted_on: date,
    effective_on: date,
    basis: str,
    items: list[dict[str, Any]],
    by: User | None,
) -> FeeTable:
    """Keep a version of the fee table. It is public from then on."""
    rules.may_adopt(by).enforce()
    rules.no_fee_for_rating(each["name"] for each in items).enforce()
    table = FeeTable.objects.create(
        association_id=scope.association_id(),
        version=version,
        adopted_on=adopted_on,
        effective_on=effective_on,
        basis=basis,
        items=items,
        by=by,
    )
    ledger.record(
        association_id=table.association_id,
        act=Act.FEE_TABLE_ADOPTED,
        thing="fee table",
        thing_id=version,
        detail={"items": items},
        by=by,
    )
    return table


@transaction.atomic
def keep_payments(*, year: int, lines: Sequence[Payment], by: User | None) -> list[FeePaid]:
    """Keep what came in for a year: all lines, or none. A receipt is kept once."""
    rules.may_keep(by).enforce()
    for line in lines:
        rules.not_in_future(line.paid_on).enforce()
    association_id = scope.association_id()
    wanted = {line.member for line in lines}
    found = {
        each.number: each
        for each in Membership.objects.select_for_update().filter(number__in=wanted).order_by("id")
    }
    if missing := sorted(wanted - set(found)):
        raise Denied(_("There is no member %(number)s. Look at the number.") % {"number": missing[0]})
    receipts = [line.receipt for line in lines]
    if twice := sorted(
        selectors.known_receipts(receipts) | {each for each in receipts if receipts.count(each) > 1}
    ):
        raise Denied(_("Receipt %(number)s is kept already: each is entered once.") % {"number": twice[0]})
    paid = selectors.paid_for([each.pk for each in found.values()], year)
    for line in sorted(lines, key=lambda each: -each.amount):  # what came in counts before what went back
        key = found[line.member].pk
        rules.may_give_back(paid.get(key, 0), line.amount).enforce()
        paid[key] = paid.get(key, 0) + line.amount
    rows = FeePaid.objects.bulk_create(
        FeePaid(
            association_id=association_id,
            membership=found[line.member],
            year=year,
            amount=line.amount,
            paid_on=line.paid_on,
            receipt=line.receipt,
            reason=line.reason,
            by=by,
        )
        for line in lines
    )
    ledger.record(
        association_id=association_id,
        act=Act.FEES_KEPT,
        thing="fees",
        thing_id=str(year),
        detail={"count": len(rows), "total": sum(line.amount for line in lines), "receipts": receipts[:20]},
        by=by,
    )
    return rows
