"""A small world rehearsed, and a crowd with all kinds of facts."""

from __future__ import annotations

import re
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from associations.conduct.models import Fact as Row
from associations.conduct.services import record, record_all
from associations.conduct.states import FactKind
from associations.members.models import Membership
from associations.tenancy import scope
from core.subjects.services import register
from credit.rehearsal import services
from credit.rehearsal.models import Rehearsal
from credit.rulesets.validation import load
from credit.rulesets.vocabulary import Kind
from credit.scoring import services as scoring
from credit.scoring.evaluator import Fact
from tests import cast
from tests.credit.rulesets.sources import TEXT
from tests.credit.scoring import world
from tests.credit.scoring.test_services import DAY

STRICT = re.sub(
    r"weights = \[350, (\d+), 150",
    lambda found: f"weights = [450, {int(found[1]) - 100}, 150",
    TEXT.replace('id = "LCR-1"', 'id = "LCR-2"'),
)


@pytest.fixture
def three(city, work) -> list[Any]:
    """The worked example with a contribution: 907.147; one with a record; one of whom nothing is known."""
    rows = [
        work.enrol(city, 31, "甲公司"),
        work.enrol(city, 32, "乙公司", category=2),
        work.enrol(city, 33, "丙公司", facts=False),
    ]
    work.say(rows[1], FactKind.VIOLATION, 40, code=3, severity=2, source="decision", source_ref="unknown")
    work.say(rows[0], FactKind.CONTRIBUTION, 30, a=20)
    work.say(rows[2], FactKind.TRAINING, 9, a=1)
    work.rate()
    return rows


@pytest.fixture
def rehearsed(city, three, work) -> Rehearsal:
    """A hundred points from consumer rights to compliance."""
    with scope.of(city.association):
        asked = services.ask(ruleset=load(STRICT), as_of=work.today, by=city.clerk)
    while services.rehearse_part():
        pass
    with scope.of(city.association):
        return Rehearsal.objects.get(pk=asked.pk)


@pytest.fixture
def small(monkeypatch):
    """Parts of seven members."""
    monkeypatch.setattr(services, "SIZE", 7)


@pytest.fixture
def crowd(city) -> list[Membership]:
    """Forty members of all categories with all kinds of facts, most of them rated, on a day that stands."""
    rnd = Random(7)  # noqa: S311 invented data
    rows = [enrol(city, number, rnd) for number in range(40)]
    scoring.rate_due(as_of=DAY)
    with scope.of(city.association):
        rows += [enrol(city, 40, rnd, facts=0), enrol(city, 41, rnd, facts=0)]
        record(
            membership=rows[3], kind=FactKind.VIOLATION, code=2, severity=2, occurred_on=DAY, recorded_on=DAY,
            source="test", key="since",
        )  # fmt: skip
    return rows


def enrol(house: cast.House, number: int, rnd: Random, *, facts: int = 12) -> Membership:
    like = world.member_of(rnd, DAY)
    identity = cast.firm(500 + number)
    with scope.of(house.association):
        row = Membership.objects.create(
            association=house.association, subject_id=register(identity), number=f"T{number:05d}",
            category=like.category, name=identity.name, name_key=identity.name, pinyin="", initials="",
            code=identity.identifier, code_masked=identity.identifier, joined_on=like.joined_on,
            contribution_opt_out=like.opt_out,
        )  # fmt: skip
        told = world.facts_of(rnd, DAY, facts, others=False) if facts else []
        told += world.verified(DAY, 900, rnd) if facts and rnd.random() < 0.9 else []
        if facts and rnd.random() < 0.2:
            told.append(Fact(999, rnd.choice([Kind.BAN, Kind.REVIEW, Kind.LEFT]), DAY - timedelta(9), DAY))
        record_all(
            [
                Row(
                    association_id=row.association_id, membership=row, source="test", key=f"{row.pk}:{each.id}",
                    kind=each.kind, code=each.code, severity=each.severity, occurred_on=each.occurred_on,
                    recorded_on=DAY, until_on=each.until_on, a=each.a, b=each.b, c=each.c, d=each.d, e=each.e,
                )
                for each in told
            ]
        )  # fmt: skip
    return row
