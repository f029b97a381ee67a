"""Verbs that change a membership and leave their trace in the conduct file, or in the queue to the rating.

The members room writes its own rows and knows nothing of facts; here the two are done in one transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from associations.conduct import loading, queue
from associations.conduct.loading import Told, sealed
from associations.conduct.services import RATE_DUE, record
from associations.conduct.states import FactKind
from associations.members import services as members
from associations.members.states import Item
from core.wake import wake

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from associations.conduct.loading import Sealed
    from associations.members.models import Application, Check, Membership
    from core.accounts.models import User

SOURCE = "association"
"""What the fact says of where it comes from: the association's own verification."""


@transaction.atomic
def check_item(
    *,
    membership: Membership,
    item: Item,
    passed: bool,
    checked_on: date,
    valid_until: date | None = None,
    evidence: str = "",
    by: User | None,
) -> Check:
    """Keep a check and its fact; a licence in order with its last valid day is a fact of its own."""
    check = members.check_item(
        membership=membership,
        item=item,
        passed=passed,
        checked_on=checked_on,
        valid_until=valid_until,
        evidence=evidence,
        by=by,
    )
    record(
        membership=membership,
        kind=FactKind.CHECK,
        occurred_on=checked_on,
        source=SOURCE,
        key=f"check:{check.pk}",
        code=int(item),
        a=int(passed),
    )
    if item == Item.LICENCE and passed and valid_until:
        record(
            membership=membership,
            kind=FactKind.LICENCE,
            occurred_on=checked_on,
            source=SOURCE,
            key=f"licence:{check.pk}",
            until_on=valid_until,
        )
    return check


@transaction.atomic
def check_many(*, membership_ids: Iterable[int], finding: members.Finding, by: User | None) -> members.Plan:
    """Keep one finding of many members (`members.services.check_many`) with its facts.

    A fact's key is of member, item and day: the same again is recorded once.
    """
    planned = members.check_many(membership_ids=membership_ids, finding=finding, by=by)
    if planned.kept:
        loading.load([fact for pair in planned.kept for fact in _facts(*pair, finding)])
        loading.due({member.pk for member, _item in planned.kept})
    return planned


def _facts(member: Membership, item: Item, finding: members.Finding) -> Iterator[tuple[int, str, Sealed]]:
    """What a check of many tells: the item and, where a licence is in order, its last valid day."""
    on, today = finding.checked_on, timezone.localdate()
    told = Told(FactKind.CHECK, on, SOURCE, code=int(item), a=int(finding.passed))
    yield member.pk, f"check:{member.public_id}:{on}:{int(item)}", sealed(told, today)
    if item == Item.LICENCE and finding.passed and finding.valid_until:
        told = Told(FactKind.LICENCE, on, SOURCE, until_on=finding.valid_until)
        yield member.pk, f"licence:{member.public_id}:{on}", sealed(told, today)


def licence(
    *, membership: Membership, checked_on: date, valid_until: date, evidence: str = "", by: User | None
) -> Check:
    """Keep that the licence was seen, and until which day it holds."""
    return check_item(
        membership=membership,
        item=Item.LICENCE,
        passed=True,
        checked_on=checked_on,
        valid_until=valid_until,
        evidence=evidence,
        by=by,
    )


@transaction.atomic
def leave(*, membership: Membership, on: date, reason: str, by: User | None) -> Membership:
    """The member leaves; its rating is withdrawn."""
    left = members.leave(membership=membership, on=on, reason=reason, by=by)
    record(
        membership=left,
        kind=FactKind.LEFT,
        occurred_on=on,
        source=SOURCE,
        key=f"left:{left.public_id}:{on.isoformat()}",
    )
    return left


@transaction.atomic
def admit(*, verified_on: date | None = None, evidence: str = "", by: User | None, **who: Any) -> Membership:
    """Enter a member (`members.services.admit`), with the identity check where there was one, to be rated."""
    membership = members.admit(by=by, **who)
    if verified_on:
        check_item(
            membership=membership,
            item=Item.IDENTITY,
            passed=True,
            checked_on=verified_on,
            evidence=evidence,
            by=by,
        )
    else:
        rate_again(membership)
    return membership


@transaction.atomic
def accept(*, application: Application, joined_on: date, number: str = "", by: User) -> Membership:
    """Take an applicant in, to be rated."""
    membership = members.accept(application=application, joined_on=joined_on, number=number, by=by)
    rate_again(membership)
    return membership


@transaction.atomic
def change(*, membership: Membership, by: User | None, **what: Any) -> Membership:
    """Change a membership (`members.services.change`); category and commendations count in its rating."""
    changed = members.change(membership=membership, by=by, **what)
    rate_again(changed)
    return changed


def rate_again(membership: Membership) -> None:
    """Put the membership in the queue to the rating and wake a worker after the transaction."""
    queue.put([(membership.association_id, membership.pk)])
    wake(RATE_DUE)
