"""Members enter their association as from a list handed over; then who signed whom, and who consents to what."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from associations.members.loading import keep_links
from associations.members.models import Consent, Membership, MembershipEvent, PlatformAccount
from associations.members.services import draft, take_numbers
from associations.members.services.joining import account_row
from associations.members.states import Category, Change, MembershipState, Purpose
from config.demo.days import midday
from core.ledger import services as ledger
from core.ledger.states import Act
from core.subjects.services import register_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from config.demo.hands import Hand
    from config.demo.roll import Joining, Roll

SIGNED_SHARE, PUBLISHING_SHARE = 60, 55  # percent of streamers
BATCH = 2000
TEXTS = "2025-1"


def enter(hand: Hand, joining: list[Joining], seed: int) -> dict[str, Membership]:
    """Write members, numbered in the order of joining. Gives them by name."""
    subjects = register_all([each.identity for each in joining])
    numbers = take_numbers(len(joining))
    rows = [
        draft(
            identity=each.identity,
            subject_id=subjects[each.identity.identifier],
            category=each.category,
            joined_on=each.joined_on,
            number=number,
            contact={"mail": f"{number.lower()}@members.demo"},
        )
        for each, number in zip(joining, numbers, strict=True)
    ]
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
            for row, each in zip(rows, joining, strict=True)
            for purpose in _consents(each, seed)
        ),
        batch_size=BATCH,
    )
    PlatformAccount.objects.bulk_create(
        (
            account_row(row, *account)
            for row, each in zip(rows, joining, strict=True)
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


def sign(
    *,
    roll: Roll,
    new: list[Joining],
    members: dict[str, Membership],
    seed: int,
    given: Mapping[str, tuple[str, ...]],
) -> None:
    """Link new streamers to agencies. `given`: an agency whose streamers are told by a story, by name."""
    rng = Random(f"{seed}/{roll.tenant.slug}/{len(members)}/links")  # noqa: S311 - invented lives, no secrets
    agencies = [
        members[each.name]
        for each in roll.joining
        if each.category == Category.AGENCY
        and not each.part
        and each.left_on is None
        and each.name in members
    ]
    pairs = [(members[agency], members[name]) for agency, names in given.items() for name in names]
    for each in new:
        free = each.category == Category.STREAMER and not each.part and each.left_on is None
        if free and agencies and rng.randrange(100) < SIGNED_SHARE:
            pairs.append((rng.choice(agencies), members[each.name]))
    keep_links(
        (
            agency.pk,
            streamer.pk,
            max(agency.joined_on, streamer.joined_on) + timedelta(days=rng.randrange(1, 12)),
            None,
        )
        for agency, streamer in pairs
    )


def _consents(each: Joining, seed: int) -> list[Purpose]:
    """Everybody agrees to be a member and to be rated; about half of the streamers, separately, to be public."""
    lot = Random(f"{seed}/{each.identity.identifier}/consent").randrange(100)  # noqa: S311
    able = each.category == Category.STREAMER and not each.left_on and each.part != "banned"
    public = able and (each.part in {"unconsenting", "streamer"} or lot < PUBLISHING_SHARE)
    return [Purpose.JOIN, Purpose.RATE, *([Purpose.PUBLISH] if public else [])]
