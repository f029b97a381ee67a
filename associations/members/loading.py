"""Entering very many members at once, as imports do: each with its history and its identity check.

What stands afterwards is what `services.admit` and `services.check_item` leave, but for the ledger: an import is
one act, which its caller records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from associations.members.models import AgencyLink, Consent, Membership, PlatformAccount
from associations.members.services.joining import keys_of, sealed_all, take_numbers
from associations.members.services.screening import screen
from associations.members.states import Change, Item, MembershipState
from associations.tenancy import scope
from core.public_ids import new_public_ids
from core.subjects import encryption
from core.subjects import services as subjects
from core.subjects.identifiers import mask_identity
from core.subjects.selectors import hits
from core.subjects.states import Kind
from core.walls.loading import stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from associations.members.models import ScreeningQuestion
    from associations.members.states import Purpose
    from core.accounts.models import User
    from core.subjects.services import Identity, Prepared

EVIDENCE = "import"
BATCH = 2_000
COLUMNS = """
    subject_id bigint, number text COLLATE "C", public_id text, category smallint, name text, name_key text,
    pinyin text, initials text, code text, code_masked text, is_person boolean, state text, joined_on date,
    contact_sealed bytea
"""


class Joining(NamedTuple):
    """Somebody on an association's roll; `identity` is checked already, `contact` in the clear."""

    identity: Identity
    category: int
    joined_on: date
    state: str = MembershipState.ACTIVE
    contact: Mapping[str, str] | None = None


class Ready(NamedTuple):
    """One who joins, with everything worked out that needs no database."""

    subject: Prepared
    row: tuple[object, ...]


class Entered(NamedTuple):
    """A membership that has just begun, and the check that began it."""

    id: int
    subject_id: int
    check_id: int


def ready(joining: Sequence[Joining]) -> list[Ready]:
    """Work out the keys members are found by, mask and seal. Pure, so that it can be done beside the database."""
    prepared = subjects.prepare([each.identity for each in joining])
    public_ids = new_public_ids(len(joining))
    contacts = sealed_all([each.contact for each in joining])
    return [
        Ready(subject, _row(each, public_id, contact))
        for subject, each, public_id, contact in zip(prepared, joining, public_ids, contacts, strict=True)
    ]


def _row(joining: Joining, public_id: str, contact: bytes | None) -> tuple[object, ...]:
    identity = joining.identity
    person = identity.kind == Kind.PERSON
    keys = keys_of(identity.name, person=person)
    code = identity.identifier
    return (
        public_id, int(joining.category), identity.name, keys["name_key"], keys["pinyin"], keys["initials"],
        "" if person else code, mask_identity(code) if person else code, person, str(joining.state),
        joining.joined_on, contact,
    )  # fmt: skip


def enter(joining: Sequence[Ready], *, checked_on: date, by: User | None) -> list[Entered]:
    """Enter those who join, numbered in their order; whoever has become a member meanwhile is left out."""
    found = subjects.enter([each.subject for each in joining])
    numbers = take_numbers(len(joining))
    stage(
        "entering_member",
        COLUMNS,
        (
            (found[subject.identity.identifier], number, *row)
            for number, (subject, row) in zip(numbers, joining, strict=True)
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH member AS (
                INSERT INTO associations_membership
                    (association_id, subject_id, number, public_id, category, name, name_key, pinyin, initials, code,
                     code_masked, is_person, state, joined_on, verified_on, contact_sealed, contribution_opt_out,
                     created_at)
                SELECT %(association)s, subject_id, number, public_id, category, name, name_key, pinyin, initials,
                       code, code_masked, is_person, state, joined_on, %(today)s, contact_sealed, false, now()
                FROM entering_member
                ON CONFLICT (association_id, subject_id) WHERE left_on IS NULL DO NOTHING
                RETURNING id, subject_id, joined_on, state
            ), told AS (
                INSERT INTO associations_membershipevent
                    (association_id, membership_id, at, state, "on", change, before, after, reason, by_id)
                SELECT %(association)s, id, now(), now_state, day, change, '', '', %(evidence)s, %(by)s
                FROM (
                    SELECT id, 1 AS place, %(active)s AS now_state, joined_on AS day, %(joined)s AS change FROM member
                    UNION ALL
                    SELECT id, 2, state, %(today)s, %(suspended)s FROM member WHERE state = %(suspended)s
                ) AS event
                ORDER BY id, place
            ), checked AS (
                INSERT INTO associations_check
                    (association_id, membership_id, item, passed, checked_on, evidence, by_id)
                SELECT %(association)s, id, %(identity)s, true, %(today)s, %(evidence)s, %(by)s
                FROM member
                RETURNING id, membership_id
            )
            SELECT member.id, member.subject_id, checked.id
            FROM member JOIN checked ON checked.membership_id = member.id
            """,
            {
                "association": scope.association_id(),
                "today": checked_on,
                "by": by.pk if by else None,
                "evidence": EVIDENCE,
                "identity": int(Item.IDENTITY),
                "active": str(MembershipState.ACTIVE),
                "joined": str(Change.JOINED),
                "suspended": str(Change.SUSPENDED),
            },
        )
        return [Entered(*row) for row in cursor.fetchall()]


def screened(entered: Sequence[Entered]) -> list[ScreeningQuestion]:
    """Compare those who have just joined with all bars in force; a hit opens a question for a person."""
    hit = {each.subject_id for each in hits([each.subject_id for each in entered])}
    ids = [each.id for each in entered if each.subject_id in hit]
    return screen(list(Membership.objects.filter(id__in=ids))) if ids else []


# --- papers of members that stand ---


def keep_accounts(accounts: Iterable[tuple[int, str, str]]) -> None:
    """Keep platform accounts, sealed: (membership, platform, account). One that stands is left as it is."""
    association_id = scope.association_id()
    PlatformAccount.objects.bulk_create(
        (
            PlatformAccount(
                association_id=association_id,
                membership_id=membership_id,
                platform=platform,
                account_sealed=encryption.seal(account, "account"),
                account_index=account_index(platform, account),
            )
            for membership_id, platform, account in accounts
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def keep_links(links: Iterable[tuple[int, int, date, date | None]]) -> None:
    """Keep which streamer is signed with which agency: (agency, streamer, since, until)."""
    association_id = scope.association_id()
    AgencyLink.objects.bulk_create(
        (
            AgencyLink(
                association_id=association_id,
                agency_id=agency,
                streamer_id=streamer,
                since=since,
                until=until,
            )
            for agency, streamer, since, until in links
        ),
        batch_size=BATCH,
    )


def keep_consents(consents: Iterable[tuple[int, Purpose, bool]], *, by: User | None) -> None:
    """Keep what the list says of consents: (membership, purpose, given). The paper is the proof."""
    association_id = scope.association_id()
    Consent.objects.bulk_create(
        (
            Consent(
                association_id=association_id,
                membership_id=membership_id,
                purpose=purpose,
                given=given,
                method=EVIDENCE,
                by=by,
            )
            for membership_id, purpose, given in consents
        ),
        batch_size=BATCH,
    )


def account_index(platform: str, account: str) -> bytes:
    """The keyed hash an account is found by."""
    return encryption.index("account", f"{platform}\x1f{account}")
