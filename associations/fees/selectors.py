"""Questions about fees; all in the console's scope of one association, the only one in which they can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q, Sum

from associations.fees.models import FeePaid, FeeTable

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from associations.members.models import Membership


@dataclass(frozen=True, slots=True)
class YearOfFees:
    """What came in for a year: `payers` members, `persons` of them natural persons, `total` fen."""

    year: int
    payers: int
    persons: int
    total: int


def tables() -> list[FeeTable]:
    """All versions of the fee table, the newest first."""
    return list(FeeTable.objects.order_by("-effective_on", "-id"))


def table_on(day: date) -> FeeTable | None:
    """The fee table in force on a day."""
    return FeeTable.objects.filter(effective_on__lte=day).order_by("-effective_on", "-id").first()


def payments() -> QuerySet[FeePaid]:
    """All payments, the latest entered first, with their members."""
    return FeePaid.objects.select_related("membership").order_by("-id")


def payments_of(membership: Membership) -> QuerySet[FeePaid]:
    """One member's payments, the latest entered first."""
    return FeePaid.objects.filter(membership=membership).order_by("-id")


def paid_by(membership: Membership) -> list[tuple[int, int]]:
    """(year, fen) of one member, the latest year first; one query."""
    rows = FeePaid.objects.filter(membership=membership).order_by("-year").values_list("year")
    return list(rows.annotate(total=Sum("amount")))


def paid_for(membership_ids: Collection[int], year: int) -> dict[int, int]:
    """What each of the members has paid for a year; one query."""
    rows = (
        FeePaid.objects.filter(membership_id__in=membership_ids, year=year).order_by().values("membership_id")
    )
    return dict(rows.annotate(total=Sum("amount")).values_list("membership_id", "total"))


def known_receipts(receipts: Collection[str]) -> set[str]:
    """Those of the receipts that are kept already."""
    return set(FeePaid.objects.filter(receipt__in=receipts).values_list("receipt", flat=True))


def years(most: int = 5) -> list[YearOfFees]:
    """What came in, year by year, the latest first; one query."""
    rows = FeePaid.objects.order_by("-year").values_list("year")
    counted = rows.annotate(
        payers=Count("membership", distinct=True),
        persons=Count("membership", distinct=True, filter=Q(membership__is_person=True)),
        total=Sum("amount"),
    )
    return [YearOfFees(*row) for row in counted[:most]]


def payers(since: date, until: date) -> QuerySet[FeePaid, Any]:
    """Row numbers of the members who paid between two days, both included, and did not get it all back."""
    rows = FeePaid.objects.filter(paid_on__gte=since, paid_on__lte=until).order_by().values("membership_id")
    return rows.annotate(kept=Sum("amount")).filter(kept__gt=0).values("membership_id")


def last_entries() -> tuple[int, int]:
    """What moves with every table adopted and every payment kept."""
    tables_, paid = (model.objects.aggregate(last=Max("id"))["last"] for model in (FeeTable, FeePaid))
    return tables_ or 0, paid or 0
