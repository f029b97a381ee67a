"""The demonstration's accounts: the one list that `seed` opens and `run` prints."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password

from config.demo.tenants import TENANTS
from core.accounts.models import User
from core.accounts.states import Role

PASSWORD = "live-commerce-demo"  # noqa: S105 - printed by `make run`, good in a demonstration only
REVIEWERS = 7
"""The most people a case asks for: a panel with one replaced, an approval, two on appeal."""
NTH = " 甲乙丙丁戊己庚"
OPERATOR = "operator@register.demo"


@dataclass(frozen=True, slots=True)
class Account:
    """Who logs in. `slug` and `role` are empty for the operator of the register."""

    mail: str
    name: str
    slug: str = ""
    role: str = ""


def accounts() -> list[Account]:
    """Every account, by association and role; the operator last."""
    found = []
    for tenant in TENANTS:
        found += [
            Account(f"{word}@{tenant.slug}.demo", name, tenant.slug, role)
            for word, name, role in (
                ("clerk", "周经办", Role.CLERK),
                *((f"reviewer{n}", f"评议委员{NTH[n]}", Role.REVIEWER) for n in range(1, REVIEWERS + 1)),
                ("decider", "郑签批", Role.DECIDER),
                ("admin", "王管理", Role.ADMIN),
                ("observer", "冯观察", Role.OBSERVER),
                ("firm", "会员单位联系人", Role.MEMBER),
                ("streamer", "会员主播", Role.MEMBER),
            )
        ]  # fmt: skip
    return [*found, Account(OPERATOR, "平台运维")]


def password() -> str:
    """The one printed everywhere in a demonstration; outside one, nobody else can know it."""
    return PASSWORD if settings.DEMO else secrets.token_urlsafe(12)


def open_accounts(secret: str) -> dict[str, User]:
    """Write every account, all with one password, hashed once. Gives them by mail address."""
    hashed = make_password(secret)
    rows = [
        User(
            email=each.mail,
            name=each.name,
            password=hashed,
            is_staff=not each.role,
            is_superuser=not each.role,
        )
        for each in accounts()
    ]
    return {user.email: user for user in User.objects.bulk_create(rows)}


def told(secret: str) -> str:
    """The list as people read it: an association a line, the password once."""
    lines = ["  Demonstration accounts, all with the password", f"      {secret}"]
    for tenant in TENANTS:
        words = [each.mail.partition("@")[0] for each in accounts() if each.slug == tenant.slug]
        shown = ", ".join(word for word in words if not word.startswith("reviewer"))
        lines.append(f"  {tenant.name}  @{tenant.slug}.demo")
        lines.append(f"      {shown}, reviewer1 … reviewer{REVIEWERS}")
    return "\n".join([*lines, f"  Operations  {OPERATOR}", ""])


def keep(secret: str) -> Path:
    """Leave the list where `run` looks for it, for its owner's eyes."""
    place = Path(settings.DATA_DIR) / "demo_accounts.txt"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch(mode=0o600)
    place.write_text(told(secret), encoding="utf-8")
    return place
