"""Writing lives into the conduct file, a stretch of days at a time, in a handful of statements."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from associations.conduct import loading
from associations.conduct.models import Fact
from associations.conduct.services import record_all
from associations.conduct.states import FactKind
from associations.exchange.services import Figures, ready, receive
from associations.members.models import Check, Membership
from associations.members.states import Item
from config.demo.names import ACCOUNTS_ON
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from associations.exchange.services import Ready
    from config.demo.hands import Hand
    from config.demo.life import Told

BATCH = 2000
SOURCE = "association"
WRITTEN_ELSEWHERE = frozenset({FactKind.CHECK, FactKind.FIGURES})


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
    _set_clocks(checks)
    record_all(list(_licences(checks)))
    count = loading.load([*_of_checks(checks), *_of_others(told)])
    months = receive([fact for member, each in told for fact in _figures(member, each)])
    acts = (
        (Act.ITEM_CHECKED, "checks", len(checks)),
        (Act.FACT_RECORDED, "facts", count - len(checks)),
        (Act.FIGURES_RECEIVED, "figures", months),
    )
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
    return count + months


def _set_clocks(checks: Iterable[Check]) -> None:
    """A passed identity check sets the member's clock anew, as `members.services.check_item` does."""
    seen: dict[int, Membership] = {}
    for check in checks:
        if check.item == Item.IDENTITY and check.passed:
            check.membership.verified_on = check.checked_on
            seen[check.membership_id] = check.membership
    Membership.objects.bulk_update(seen.values(), ["verified_on"], batch_size=BATCH)


def _of_checks(checks: Iterable[Check]) -> Iterator[Ready]:
    """As `conduct.checking.check_item` leaves them."""
    for check in checks:
        told = loading.Told(FactKind.CHECK, check.checked_on, SOURCE, code=check.item, a=int(check.passed))
        yield check.membership_id, f"check:{check.pk}", loading.sealed(told, check.checked_on)


def _licences(checks: Iterable[Check]) -> Iterator[Fact]:
    """Of a licence that was seen, one more fact with its last day."""
    for check in checks:
        if check.item == Item.LICENCE and check.valid_until:
            yield Fact(
                association_id=check.association_id,
                membership_id=check.membership_id,
                kind=FactKind.LICENCE,
                occurred_on=check.checked_on,
                recorded_on=check.checked_on,
                until_on=check.valid_until,
                source=SOURCE,
                key=f"licence:{check.pk}",
            )


def _of_others(told: Iterable[tuple[Membership, Told]]) -> Iterator[Ready]:
    """Controls, commitments, mediation, contributions: nothing but the fact."""
    seen: Counter[tuple[int, int, date]] = Counter()
    for member, each in told:
        if each.kind not in WRITTEN_ELSEWHERE:
            seen[member.pk, each.kind, each.on] += 1
            fact = loading.Told(each.kind, each.on, SOURCE, code=each.code, a=each.a, b=each.b)
            key = f"{each.kind.name.lower()}:{member.pk}:{each.on}:{seen[member.pk, each.kind, each.on]}"
            yield member.pk, key, loading.sealed(fact, each.on)


def _figures(member: Membership, each: Told) -> Iterable[Ready]:
    """A month's figures, as the platform's delivery makes them."""
    if each.kind != FactKind.FIGURES:
        return ()
    numbers = (each.a or 0, each.b or 0, each.c or 0, each.d or 0, each.e or 0)
    return ready([(Figures(member.pk, ACCOUNTS_ON[0], each.on, numbers), None)], each.on)
