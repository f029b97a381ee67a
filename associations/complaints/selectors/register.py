"""What the compensation register holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from associations.complaints.models import BookAccount, BookEntry
from associations.complaints.states import AccountKind, EntryKind

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Balances:
    """In fen. `claims`: (member's name, public id, fen owed), the largest first."""

    fund: int
    paid_in: int
    lost: int
    claims: tuple[tuple[str, str, int], ...]

    @property
    def claimed(self) -> int:
        return sum(owed for _name, _member, owed in self.claims)


def balances() -> Balances:
    """Every account's balance, debits less credits; two queries."""
    debits, credits_ = _sums("debit"), _sums("credit")
    rows = BookAccount.objects.order_by("id").values_list(
        "id", "kind", "membership__name", "membership__public_id"
    )
    of_kind = dict.fromkeys(AccountKind.values, 0)
    claims = []
    for key, kind, name, member in rows:
        balance = debits.get(key, 0) - credits_.get(key, 0)
        of_kind[kind] += balance
        if kind == AccountKind.CLAIM and balance:
            claims.append((name, member, balance))
    claims.sort(key=lambda each: -each[2])
    return Balances(
        of_kind[AccountKind.FUND], -of_kind[AccountKind.PAID_IN], of_kind[AccountKind.LOSS], tuple(claims)
    )


def _sums(side: str) -> dict[int, int]:
    return dict(BookEntry.objects.order_by().values_list(side).annotate(total=Sum("amount")))


def booked() -> QuerySet[BookEntry]:
    """The entries, newest first, with what a line shows: one query."""
    return BookEntry.objects.select_related("complaint__membership", "by", "debit", "credit").order_by(
        "-on", "-id"
    )


def outstanding(complaint_id: int) -> int:
    """Fen advanced for a complaint and neither recovered nor written off."""
    rows = BookEntry.objects.filter(complaint_id=complaint_id)
    back = Q(kind__in=[EntryKind.RECOVERY, EntryKind.WRITE_OFF])
    told = rows.aggregate(
        advanced=Coalesce(Sum("amount", filter=Q(kind=EntryKind.ADVANCE)), 0),
        back=Coalesce(Sum("amount", filter=back), 0),
    )
    return int(told["advanced"] - told["back"])
