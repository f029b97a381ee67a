"""The end of a bar by review, as a fact: what the association decided, so that the rating follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from associations.conduct.models import Fact
from associations.conduct.services import record
from associations.conduct.states import FactKind

if TYPE_CHECKING:
    from datetime import date

SOURCE = "bar"


def lift_ban(*, fact_id: int, on: date, bar_public_id: str) -> Fact:
    """From `on` the expulsion or bar with this row number counts for nothing. Who may lift it, the caller has asked."""
    ban = Fact.objects.select_related("membership").get(pk=fact_id, kind=FactKind.BAN)
    return record(
        membership=ban.membership,
        kind=FactKind.DISCHARGE,
        occurred_on=on,
        ref=ban,
        source=SOURCE,
        source_ref=bar_public_id,
        key=f"lifted:{bar_public_id}",
    )
