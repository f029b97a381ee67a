"""Writing lives into the conduct file, a stretch of days at a time, in a handful of statements."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from associations.conduct.models import Fact
from associations.conduct.services import record_all
from associations.conduct.states import FactKind
from associations.members.models import Check
from associations.members.states import Item
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from associations.members.models import Membership
    from config.demo.hands import Hand
    from config.demo.life import Told

BATCH = 2000


def write(
    hand: Hand, lives: dict[str, list[Told]], members: dict[str, Membership], *, after: date, until: date
) -> int:
    """Record what happened after one day, up to and including another. Gives how many facts."""
    told = [
        (members[name], each) for name, life in lives.items() for each in life if after < each.on <= until
    ]
    told.sort(key=lambda pair: (pair[1].on, pair[0].number, pair[1].kind, pair[1].code))
    checks = Check.objects.bulk_create(
        (
            Check(
                association_id=member.association_id,
                membership=member,
                item=each.code,
                passed=bool(each.a),
                checked_on=each.on,
                valid_until=each.until,
                evidence="现场与线上核验",
                by=hand.clerk,
            )
            for member, each in told
            if each.kind == FactKind.CHECK
        ),
        batch_size=BATCH,
    )
    facts = [*_of_checks(checks), *_of_others(pair for pair in told if pair[1].kind != FactKind.CHECK)]
    count = record_all(facts)
    acts = ((Act.ITEM_CHECKED, "checks", len(checks)), (Act.FACT_RECORDED, "facts", count - len(checks)))
    for act, thing, number in acts:
        if number:
            ledger.record(
                association_id=hand.association.pk,
                act=act,
                thing=thing,
                thing_id=until.isoformat(),
                detail={"count": number},
                by=hand.clerk,
            )
    return count


def _of_checks(checks: Iterable[Check]) -> Iterable[Fact]:
    """As `conduct.checking.check_item` leaves them: a fact of the item, one more of a licence with its last day."""
    for check in checks:
        shared = {
            "association_id": check.association_id,
            "membership_id": check.membership_id,
            "occurred_on": check.checked_on,
            "recorded_on": check.checked_on,
            "source": "association",
        }
        yield Fact(
            **shared, kind=FactKind.CHECK, code=check.item, a=int(check.passed), key=f"check:{check.pk}"
        )
        if check.item == Item.LICENCE and check.valid_until:
            yield Fact(**shared, kind=FactKind.LICENCE, until_on=check.valid_until, key=f"licence:{check.pk}")


def _of_others(told: Iterable[tuple[Membership, Told]]) -> Iterable[Fact]:
    seen: Counter[tuple[int, int, date]] = Counter()
    for member, each in told:
        seen[member.pk, each.kind, each.on] += 1
        yield Fact(
            association_id=member.association_id,
            membership_id=member.pk,
            kind=each.kind,
            code=each.code,
            occurred_on=each.on,
            recorded_on=each.on,
            a=each.a,
            b=each.b,
            c=each.c,
            d=each.d,
            e=each.e,
            source=each.source,
            source_ref=f"{each.on:%Y-%m}" if each.kind == FactKind.FIGURES else "",
            key=f"{each.kind.name.lower()}:{member.pk}:{each.on}:{seen[member.pk, each.kind, each.on]}",
        )
