"""Members enter their association as from a list handed over; then who signed whom, and who consents to what."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from associations.members.loading import keep_links
from associations.members.models import Consent, Membership, MembershipEvent, PlatformAccount
from associations.members.services import draft, take_numbers
from associations.members.services.joining import account_row
from associations.members.states import Category, Change, MembershipState, Purpose
from core.ledger import services as ledger
from core.ledger.states import Act
from core.subjects.services import register_all

if TYPE_CHECKING:
    from config.demo.hands import Hand
    from config.demo.roll import Joining, Roll

SIGNED_SHARE, PUBLISHING_SHARE = 60, 55  # percent of streamers
BATCH = 2000
TEXTS = "2025-1"


def enter(hand: Hand, roll: Roll, verified_on: dict[str, date], seed: int) -> dict[str, Membership]:
    """Write the members, numbered in the order of joining; `verified_on`: when each identity was last seen, by name.

    Gives them by name.
    """
    rng = Random(f"{seed}/{hand.tenant.slug}/consents")  # noqa: S311 - invented lives, no secrets
    subjects = register_all([each.identity for each in roll.joining])
    numbers = take_numbers(len(roll.joining))
    rows = [
        draft(
            identity=each.identity,
            subject_id=subjects[each.identity.identifier],
            category=each.category,
            joined_on=each.joined_on,
            number=number,
            contact={"mail": f"{number.lower()}@members.demo"},
        )
        for each, number in zip(roll.joining, numbers, strict=True)
    ]
    for row in rows:
        row.verified_on = verified_on.get(row.name)
    Membership.objects.bulk_create(rows, batch_size=BATCH)
    MembershipEvent.objects.bulk_create(
        (
            MembershipEvent(
                association_id=row.association_id,
                membership=row,
                state=MembershipState.ACTIVE,
                on=row.joined_on,
                at=midday(row.joined_on),
                change=Change.JOINED,
                by=hand.clerk,
            )
            for row in rows
        ),
        batch_size=BATCH,
    )
    Consent.objects.bulk_create(
        (
            Consent(
                association_id=row.association_id,
                membership=row,
                purpose=purpose,
                given=True,
                at=midday(row.joined_on),
                method="入会登记表",
                text_version=TEXTS,
                by=hand.clerk,
            )
            for row, each in zip(rows, roll.joining, strict=True)
            for purpose in _consents(each, rng)
        ),
        batch_size=BATCH,
    )
    PlatformAccount.objects.bulk_create(
        (
            account_row(row, *account)
            for row, each in zip(rows, roll.joining, strict=True)
            for account in each.identity.accounts
        ),
        batch_size=BATCH,
    )
    ledger.record(
        association_id=hand.association.pk,
        act=Act.MEMBERS_IMPORTED,
        thing="members",
        thing_id=hand.tenant.slug,
        detail={"accepted": len(rows)},
        by=hand.clerk,
    )
    return {row.name: row for row in rows}


def midday(day: date) -> datetime:
    """Noon of a day, Shanghai time."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def sign(
    hand: Hand, roll: Roll, members: dict[str, Membership], seed: int, cast: dict[str, list[str]]
) -> None:
    """Link streamers to agencies. `cast`: agencies whose streamers are given by a story, by name."""
    rng = Random(f"{seed}/{hand.tenant.slug}/links")  # noqa: S311 - invented lives, no secrets
    given = {name for names in cast.values() for name in names}
    agencies = [each for each in roll.joining if each.category == Category.AGENCY and each.name not in cast]
    pairs = [(members[agency], members[name]) for agency, names in cast.items() for name in names]
    for each in roll.joining:
        free = each.category == Category.STREAMER and not each.part and each.name not in given
        if free and each.left_on is None and agencies and rng.randrange(100) < SIGNED_SHARE:
            agency = rng.choice(agencies)
            if agency.left_on is None:
                pairs.append((members[agency.name], members[each.name]))
    keep_links(
        (
            agency.pk,
            streamer.pk,
            max(agency.joined_on, streamer.joined_on) + timedelta(days=rng.randrange(1, 12)),
            None,
        )
        for agency, streamer in pairs
    )


def _consents(each: Joining, rng: Random) -> list[Purpose]:
    """Everybody agrees to be a member and to be rated; about half of the streamers, separately, to be public."""
    lot = rng.randrange(100)
    able = each.category == Category.STREAMER and not each.left_on and each.part != "banned"
    public = able and (each.part in {"unconsenting", "streamer"} or lot < PUBLISHING_SHARE)
    return [Purpose.JOIN, Purpose.RATE, *([Purpose.PUBLISH] if public else [])]
