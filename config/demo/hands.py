"""The associations enter the register: their charters, their officers, the users of the member desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from associations.members.models import Membership
from associations.registry.services import adopt_charter, grant_role, register_association
from associations.tenancy import scope
from config.demo.accounts import REVIEWERS, accounts
from config.demo.cast import DESKS, name_of
from config.demo.names import code_of
from config.demo.tenants import TENANTS, charters
from core.accounts.states import Role

if TYPE_CHECKING:
    from datetime import date

    from associations.registry.models import Association
    from config.demo.tenants import Tenant
    from core.accounts.models import User

REGISTRAR = "51"  # civil affairs: social organisations
FIRST_SERIAL = 101


@dataclass(frozen=True, slots=True)
class Hand:
    """An association and its officers."""

    tenant: Tenant
    association: Association
    clerk: User
    reviewers: list[User]
    decider: User
    admin: User


def found(users: dict[str, User], today: date) -> list[Hand]:
    """Register the three, appoint their officers, adopt their charters."""
    hands = []
    for tenant in TENANTS:
        association = register_association(
            slug=tenant.slug,
            name=tenant.name,
            name_en=tenant.name_en,
            number=tenant.number,
            uscc=code_of(FIRST_SERIAL + tenant.number, registrar=REGISTRAR),
            reach=tenant.reach,
            region=tenant.region,
            founded_on=tenant.founded_on,
            by=None,
        )
        for account in accounts():
            if account.slug == tenant.slug and account.role != Role.MEMBER:
                grant_role(
                    association=association, user=users[account.mail], role=Role(account.role), by=None
                )
        hand = Hand(
            tenant=tenant,
            association=association,
            clerk=users[f"clerk@{tenant.slug}.demo"],
            reviewers=[users[f"reviewer{n}@{tenant.slug}.demo"] for n in range(1, REVIEWERS + 1)],
            decider=users[f"decider@{tenant.slug}.demo"],
            admin=users[f"admin@{tenant.slug}.demo"],
        )
        with scope.of(association):
            for charter in charters(today):
                adopt_charter(
                    version=charter.version,
                    adopted_on=charter.effective_on,
                    effective_on=charter.effective_on,
                    articles=charter.articles,
                    by=hand.admin,
                )
        hands.append(hand)
    return hands


def open_desks(hand: Hand, users: dict[str, User]) -> None:
    """Let the member accounts act for their members."""
    for mail, key in DESKS.items():
        if mail.endswith(f"@{hand.tenant.slug}.demo"):
            with scope.of(hand.association):
                subject_id = Membership.objects.values_list("subject_id", flat=True).get(
                    name=name_of(key, hand.tenant.slug)
                )
            grant_role(
                association=hand.association,
                user=users[mail],
                role=Role.MEMBER,
                subject_id=subject_id,
                by=hand.admin,
            )
