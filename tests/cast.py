"""The cast: the people every test knows, introduced once.

Two associations, 某市直播电商协会 (`city`) and 某省直播电商协会 (`province`), each with its officers: two
clerks, five reviewers, a decider, an administrator, a regulator's observer, one whose account is
suspended, one whose role has ended. In the city: a firm that runs live rooms (`operator`) with its user
(`operator_user`), an `agency`, and a `streamer` with her `streamer_user`. Officers of one association have
no business in the other: that is the wall to test.

All names and numbers are invented; codes and identity numbers lie in division 990000, which does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from associations.members.states import Category
from associations.registry.services import adopt_charter, register_association
from associations.tenancy import scope
from core.accounts.models import Appointment, User
from core.accounts.states import Role
from core.subjects.identifiers import identity_check_character, uscc_check_character
from core.subjects.services import Identity
from core.subjects.states import Kind

if TYPE_CHECKING:
    from typing import Any

    from associations.members.models import Membership
    from associations.registry.models import Association

PASSWORD = "a horse that answers the telephone"
CHARTER_SINCE = date(2020, 1, 1)
JOINED = date(2024, 1, 15)
ARTICLES = [
    {"article": "第二十一条", "text": "对情节轻微的，可以谈话提醒、要求书面承诺或者补训。", "measures": [1]},
    {"article": "第二十二条", "text": "可以警告、责令改正，或者在业内通报批评。", "measures": [2, 3]},
    {"article": "第二十三条", "text": "情节严重的，公开通报批评并暂停会员权利。", "measures": [4]},
    {"article": "第二十四条", "text": "情节特别严重的，予以除名或者终身禁入。", "measures": [5, 6]},
]


@dataclass
class House:
    """An association and its people."""

    association: Association
    clerk: User
    second_clerk: User
    reviewers: list[User]
    decider: User
    admin: User
    observer: User
    suspended: User
    former: User

    @property
    def slug(self) -> str:
        return self.association.slug

    @property
    def reviewer(self) -> User:
        return self.reviewers[0]

    @property
    def officers(self) -> list[User]:
        return [self.clerk, self.second_clerk, *self.reviewers, self.decider, self.admin, self.observer]


# --- numbers and identities ---


def uscc(number: int) -> str:
    """A unified social credit code of division 990000, the same for the same number."""
    body = f"91990000{number:09d}"
    return body + uscc_check_character(body)


def identity_number(number: int, born: date = date(1995, 5, 5)) -> str:
    """An identity number of division 990000."""
    body = f"990000{born:%Y%m%d}{number:03d}"
    return body + identity_check_character(body)


def firm(number: int, name: str = "") -> Identity:
    return Identity(Kind.ORGANISATION, name or f"某市试验{number}号电子商务有限公司", uscc(number))


def person(number: int, name: str = "", *, legal_name: str = "", born: date = date(1995, 5, 5)) -> Identity:
    """A streamer: stage name, legal name, identity number, one account."""
    return Identity(
        Kind.PERSON,
        name or f"试播小{number}",
        identity_number(number, born),
        legal_name=legal_name or f"史波{number}",
        accounts=(("某音", f"shibo-{number}"),),
    )


# --- making people and members ---


def user(mail: str, name: str, **fields: Any) -> User:
    """A person who can log in with `PASSWORD`."""
    return User.objects.create_user(f"{mail}@example.test", PASSWORD, name=name, **fields)


def appoint(association: Association, somebody: User, role: Role, **fields: Any) -> Appointment:
    """Give a role without the ledger line that `registry.services.grant_role` writes."""
    somebody.__dict__.pop("_roles", None)
    return Appointment.objects.create(association=association, user=somebody, role=role, **fields)


def client_for(somebody: User | None) -> Client:
    """A browser in which `somebody` is logged in; None: the public."""
    client = Client()
    if somebody is not None:
        client.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
    return client


def admit(
    house: House,
    identity: Identity,
    category: Category = Category.OPERATOR,
    *,
    joined_on: date = JOINED,
    by: User | None = None,
    **more: Any,
) -> Membership:
    """A member, taken in by the clerk. Opens the scope itself; open it again to use the row."""
    from associations.members import services

    with scope.of(house.association):
        return services.admit(
            identity=identity, category=category, joined_on=joined_on, by=by or house.clerk, **more
        )


def user_of(house: House, membership: Membership, mail: str, name: str) -> User:
    """A user of the member desk, who acts for the subject of `membership`."""
    somebody = user(mail, name)
    appoint(house.association, somebody, Role.MEMBER, subject_id=membership.subject_id)
    return somebody


def found(slug: str, name: str, name_en: str, number: int, **fields: Any) -> House:
    """An association in the register, its charter in force, its officers appointed."""
    association = register_association(
        slug=slug, name=name, name_en=name_en, number=number, uscc=uscc(900 + number), by=None, **fields
    )
    with scope.of(association):
        adopt_charter(
            version="2020", adopted_on=CHARTER_SINCE, effective_on=CHARTER_SINCE, articles=ARTICLES, by=None
        )
    roles = {
        "clerk": (Role.CLERK, "周秘书"),
        "clerk2": (Role.CLERK, "吴干事"),
        **{f"reviewer{n}": (Role.REVIEWER, f"评议{'甲乙丙丁戊'[n - 1]}") for n in range(1, 6)},
        "decider": (Role.DECIDER, "郑会长"),
        "admin": (Role.ADMIN, "王主任"),
        "observer": (Role.OBSERVER, "冯观察"),
        "suspended": (Role.CLERK, "陈停用"),
        "former": (Role.CLERK, "褚离任"),
    }
    people = {key: User(email=f"{key}@{slug}.example.test", name=label) for key, (_, label) in roles.items()}
    for each in people.values():
        each.set_password(PASSWORD)
    people["suspended"].is_active = False
    User.objects.bulk_create(people.values())
    today = timezone.localdate()
    since = today - timedelta(days=400)
    Appointment.objects.bulk_create(
        Appointment(
            association=association,
            user=people[key],
            role=role,
            since=since,
            until=today if key == "former" else None,
        )
        for key, (role, _) in roles.items()
    )
    return House(
        association=association,
        clerk=people["clerk"],
        second_clerk=people["clerk2"],
        reviewers=[people[f"reviewer{n}"] for n in range(1, 6)],
        decider=people["decider"],
        admin=people["admin"],
        observer=people["observer"],
        suspended=people["suspended"],
        former=people["former"],
    )


def tomorrow() -> date:
    """The first day still to come, as the test runs: midnight may have passed since the tests were collected."""
    return timezone.localdate() + timedelta(days=1)


def as_it_runs(given: dict[str, Any]) -> dict[str, Any]:
    """What is told for a test, with the days that it works out only now."""
    return {name: value() if callable(value) else value for name, value in given.items()}


# --- the fixtures ---


@pytest.fixture
def city(db: None) -> House:
    """Found 某市直播电商协会."""
    return found(
        "city", "某市直播电商协会", "Some City Live Commerce Association", 1, reach="city", region="某市"
    )


@pytest.fixture
def province(db: None) -> House:
    """Found 某省直播电商协会: the other association."""
    names = ("某省直播电商协会", "Some Province Live Commerce Association")
    return found("province", *names, 2, reach="province", region="某省")


@pytest.fixture
def operator(city: House) -> Membership:
    """Admit a firm that runs live rooms to the city's association."""
    return admit(city, firm(1, "某市棠屿电子商务有限公司"), Category.OPERATOR)


@pytest.fixture
def agency(city: House) -> Membership:
    """Admit a firm that signs streamers to the city's association."""
    return admit(city, firm(2, "某市翎川文化传播有限公司"), Category.AGENCY)


@pytest.fixture
def streamer(city: House) -> Membership:
    """Admit a natural person who streams to the city's association."""
    return admit(city, person(1, "小满在播", legal_name="沈小满"), Category.STREAMER)


@pytest.fixture
def operator_user(city: House, operator: Membership) -> User:
    """Make the user who acts for the firm at the member desk."""
    return user_of(city, operator, "operator", "韩经理")


@pytest.fixture
def streamer_user(city: House, streamer: Membership) -> User:
    """Make the streamer's own user."""
    return user_of(city, streamer, "streamer", "沈小满")
