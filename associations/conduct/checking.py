"""Verbs that change a membership and leave their trace in the conduct file, or in the queue to the rating.

The members room writes its own rows and knows nothing of facts; here the two are done in one transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from associations.conduct import queue
from associations.conduct.models import Fact
from associations.conduct.services import RATE_DUE, record, record_all
from associations.conduct.states import FactKind
from associations.members import services as members
from associations.members.states import Item
from core.wake import wake

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

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
    planned, checks = members.check_many(membership_ids=membership_ids, finding=finding, by=by)
    record_all([fact for check in checks for fact in _facts(check)])
    return planned


def _facts(check: Check) -> Iterator[Fact]:
    """What a check of many tells: the item and, where a licence is in order, its last valid day."""
    of: dict[str, Any] = {
        "association_id": check.association_id,
        "membership": check.membership,
        "occurred_on": check.checked_on,
        "source": SOURCE,
    }
    place = f"{check.membership.public_id}:{check.checked_on}"
    yield Fact(
        kind=FactKind.CHECK, key=f"check:{place}:{check.item}", code=check.item, a=int(check.passed), **of
    )
    if check.item == Item.LICENCE and check.passed and check.valid_until:
        yield Fact(kind=FactKind.LICENCE, key=f"licence:{place}", until_on=check.valid_until, **of)


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
