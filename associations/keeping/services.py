"""Erasing what is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.evidence.models import Evidence, EvidencePiece
from associations.keeping import rules, selectors
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.walls.turns import hold

if TYPE_CHECKING:
    from datetime import date

BATCH = 200


def erase_over(day: date | None = None) -> int:
    """Erase the bytes of every file that is over and nobody needs. Gives how many files went.

    One transaction a batch; run twice, the second run finds nothing. The database refuses by its own clock, which
    is UTC, so the earlier of the two days counts.
    """
    day = day or min(timezone.localdate(), timezone.now().date())
    with scope.across_associations(why="find the associations that keep files whose time is over"):
        rows = Evidence.objects.filter(keep_until__lt=day).order_by("association_id")
        every = list(rows.values_list("association_id", flat=True).distinct())
    erased = 0
    for association_id in every:
        after = 0
        while batch := _erase(association_id, day, after):
            after, gone = batch
            erased += gone
    return erased


@transaction.atomic
def _erase(association_id: int, day: date, after: int) -> tuple[int, int] | None:
    """One batch after the file `after`: the last one looked at, and how many went.

    Under the ledger's turn, in which every verb ends: a matter opened meanwhile is seen, or comes after.
    """
    hold("ledger", association_id)
    with scope.of(association_id):
        found = selectors.over(day, after=after, most=BATCH)
    if not found:
        return None
    gone = [file for file in found if rules.may_erase(file, day)]
    if gone:
        with scope.across_associations(why="erase the files whose time is over", within=association_id):
            EvidencePiece.objects.filter(
                association_id=association_id, evidence__in=[file.id for file in gone]
            ).delete()
            ledger.record(
                association_id=association_id,
                act=Act.EVIDENCE_ERASED,
                thing="retention",
                thing_id=day.isoformat(),
                detail={
                    "files": len(gone),
                    "bytes": sum(file.size for file in gone),
                    "still_needed": len(found) - len(gone),
                },
                by=None,
            )
    return found[-1].id, len(gone)
