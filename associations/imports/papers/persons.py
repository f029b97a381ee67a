"""What a streamer list is compared with: the persons, agencies, accounts, links and consents on file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from associations.imports import selectors
from associations.members.loading import account_index
from associations.members.models import AgencyLink, Consent, PlatformAccount
from associations.members.states import Purpose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from associations.imports.selectors import Standing

FOREVER = date.max


class Row(NamedTuple):
    """A row of the list. `agency` is None where it names none; `publish` None where it says nothing.

    In a plan `joins` says whether the person becomes a member by it, `agency_id` is the agency's membership, and
    what is on file already has been taken out.
    """

    identity: str
    name: str
    legal_name: str
    platform: str
    account: str
    agency: str | None
    since: date
    until: date | None
    publish: bool | None
    joined_on: date
    signed_later: bool = False
    joins: bool = False
    agency_id: int | None = None

    @property
    def same(self) -> tuple[object, ...]:
        """Two rows equal in this say the same."""
        return self.identity, self.platform, self.account, self.agency, self.since


@dataclass(slots=True)
class File:
    """What is on file, and what rows before have added to it."""

    members: dict[str, Standing]
    agencies: dict[str, Standing]
    accounts: set[tuple[int, bytes]]
    links: dict[tuple[int, int], list[tuple[date, date]]]
    consents: dict[int, bool]
    joining: set[str] = field(default_factory=set)
    said: dict[str, bool] = field(default_factory=dict)
    linked: dict[tuple[str, int], list[tuple[date, date]]] = field(default_factory=dict)

    def account_is_new(self, member: int | None, row: Row) -> bool:
        """Whether the account is on file for nobody of this identity."""
        return member is None or (member, account_index(row.platform, row.account)) not in self.accounts

    def link_is_new(self, member: int | None, agency: int, row: Row) -> bool:
        """Whether no link of the two, on file or in an earlier row, overlaps with this one."""
        first, last = row.since, row.until or FOREVER
        told = self.linked.setdefault((row.identity, agency), [])
        standing = self.links.get((agency, member), []) if member is not None else []
        if any(begins <= last and first <= ends for begins, ends in (*standing, *told)):
            return False
        told.append((first, last))
        return True

    def consent_to_say(self, member: int | None, row: Row) -> bool | None:
        """What is to be kept of the consent to publication: given, withdrawn, or nothing new."""
        if row.publish is None:
            return None
        before = self.said.get(row.identity, self.consents.get(member) if member is not None else None)
        if row.publish == bool(before) or (before is False and row.publish):
            return None
        self.said[row.identity] = row.publish
        return row.publish

    def withdrawn(self, member: int) -> bool:
        """Whether the consent on file was withdrawn."""
        return self.consents.get(member) is False


def of_file(rows: Sequence[Row]) -> File:
    """Read what is on file about the persons and agencies of these rows, in a handful of statements."""
    members = selectors.standing(identities={row.identity for row in rows})
    agencies = selectors.standing(usccs={row.agency for row in rows if row.agency})
    ids = [member.id for member in members.values() if member.left_on is None]
    links: dict[tuple[int, int], list[tuple[date, date]]] = {}
    for agency, streamer, since, until in AgencyLink.objects.filter(streamer_id__in=ids).values_list(
        "agency_id", "streamer_id", "since", "until"
    ):
        links.setdefault((agency, streamer), []).append((since, until or FOREVER))
    accounts = PlatformAccount.objects.filter(membership_id__in=ids).values_list(
        "membership_id", "account_index"
    )
    latest = (
        Consent.objects.filter(membership_id__in=ids, purpose=Purpose.PUBLISH)
        .order_by("membership_id", "-at", "-id")
        .distinct("membership_id")
        .values_list("membership_id", "given")
    )
    return File(
        members=members,
        agencies=agencies,
        accounts={(key, bytes(index)) for key, index in accounts},
        links=links,
        consents=dict(latest),
    )
