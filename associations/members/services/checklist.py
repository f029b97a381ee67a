"""Checking many members at once: the same finding, on the same day, with the same evidence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Q

from associations.members import rules
from associations.members.models import Check, Membership
from associations.members.states import CHECKLIST, Category, Item, LeftOut
from associations.registry.models import Association
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from core.accounts.models import User

    Pair = tuple[Membership, Item]

COLUMNS = ("public_id", "association_id", "number", "name", "category", "joined_on", "left_on", "verified_on")
"""What of a member is read where thousands are chosen."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of each. `valid_until` is the last valid day of a licence that is in order."""

    items: tuple[Item, ...]
    passed: bool
    checked_on: date
    evidence: str
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Which (member, item) a finding is recorded of, and which are left out and why."""

    kept: list[Pair]
    left_out: dict[LeftOut, list[Pair]]

    @property
    def members(self) -> int:
        """Of how many members something is recorded."""
        return len({member.pk for member, _item in self.kept})


def plan(chosen: Collection[Membership], finding: Finding) -> Plan:
    """Who is checked and who is left out. One query; a check that stands is never overruled by many at once."""
    on_file = set(
        Check.objects.filter(
            membership_id__in=[member.pk for member in chosen],
            item__in=finding.items,
            checked_on=finding.checked_on,
        ).values_list("membership_id", "item")
    )
    kept: list[Pair] = []
    left_out: defaultdict[LeftOut, list[Pair]] = defaultdict(list)
    for member in chosen:
        for item in finding.items:
            reason = _left_out(member, item, finding.checked_on, on_file)
            (left_out[reason] if reason else kept).append((member, item))
    return Plan(kept, {reason: left_out[reason] for reason in LeftOut if reason in left_out})


def _left_out(
    member: Membership, item: Item, on: date, on_file: Collection[tuple[int, int]]
) -> LeftOut | None:
    if member.left_on is not None:
        return LeftOut.ENDED
    if on < member.joined_on:
        return LeftOut.NOT_YET
    if item not in CHECKLIST[Category(member.category)]:
        return LeftOut.NOT_ASKED
    return LeftOut.ON_FILE if (member.pk, item) in on_file else None


@transaction.atomic
def check_many(*, membership_ids: Iterable[int], finding: Finding, by: User | None) -> Plan:
    """Keep the finding of all whom it concerns, with one line in the ledger. Gives what was kept and left out.

    A passed identity check sets each member's clock anew. Done twice, the second time finds everything on file.
    The rows only: `conduct.checking.check_many` also records the facts. Pages call that one.
    """
    rules.may_manage(by).enforce()
    rules.seen(finding.checked_on).enforce()
    rules.may_hold_until(finding.checked_on, finding.valid_until).enforce()
    rows = Membership.objects.select_for_update().filter(pk__in=list(membership_ids))
    planned = plan(list(rows.only(*COLUMNS).order_by("id")), finding)
    if not planned.kept:
        return planned
    _keep(planned.kept, finding, by=by)
    if finding.passed and Item.IDENTITY in finding.items:
        seen = [member.pk for member, item in planned.kept if item == Item.IDENTITY]
        older = Q(verified_on=None) | Q(verified_on__lt=finding.checked_on)
        Membership.objects.filter(older, pk__in=seen).update(verified_on=finding.checked_on)
    _record(planned, finding, by=by)
    return planned


def _keep(pairs: Collection[Pair], finding: Finding, *, by: User | None) -> None:
    """Write the checks in one statement: as objects thirty thousand of them take a quarter of a minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO associations_check
                (association_id, membership_id, item, passed, checked_on, valid_until, evidence, by_id)
            SELECT %(association)s, membership_id, item, %(passed)s, %(on)s,
                   CASE WHEN item = %(licence)s THEN %(until)s::date END, %(evidence)s, %(by)s
            FROM unnest(%(members)s::bigint[], %(items)s::smallint[]) WITH ORDINALITY
                 AS found (membership_id, item, place)
            ORDER BY place
            """,
            {
                "association": scope.association_id(),
                "members": [member.pk for member, _item in pairs],
                "items": [int(item) for _member, item in pairs],
                "passed": finding.passed,
                "on": finding.checked_on,
                "licence": int(Item.LICENCE),
                "until": finding.valid_until,
                "evidence": finding.evidence,
                "by": by.pk if by else None,
            },
        )


def _record(planned: Plan, finding: Finding, *, by: User | None) -> None:
    association = Association.objects.get(pk=scope.association_id())
    ledger.record(
        association_id=association.pk,
        act=Act.ITEMS_CHECKED,
        thing="members",
        thing_id=association.public_id,
        detail={
            "items": [int(item) for item in finding.items],
            "passed": finding.passed,
            "on": finding.checked_on.isoformat(),
            "members": planned.members,
            "checks": len(planned.kept),
            "left_out": {str(reason): len(pairs) for reason, pairs in planned.left_out.items()},
        },
        by=by,
    )
