"""Rated members and bars, made through the conduct file and the workers' own services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from associations.conduct.services import record
from associations.conduct.states import FactKind
from associations.discipline.services import record_past_decision
from associations.members.models import Membership
from associations.tenancy import scope
from core.subjects.names import matching_key
from core.subjects.services import register
from credit.blacklist import services as blacklist
from credit.blacklist.models import Bar
from credit.scoring import services as scoring
from tests import cast

MONTHS_AGO = 930


def decided(row: Membership, on: date, *, code: int = 5, **paper: Any) -> str:
    """A past decision that counts, to set a bar on. Gives its public id. Opens the scope itself."""
    told = {
        "number": f"某禁〔{on.year}〕{row.pk}-{on:%m%d}号", "decided_on": on, "membership": row, "code": code,
        "severity": 2, "measure": 3, "members_due": 9, "members_present": 8, "votes_in_favour": 7,
        "notice_served_on": on - timedelta(days=40), "statement": "waived", "appeal_until": None,
        "facts": "经查属实。", "basis": "章程第二十四条",
    }  # fmt: skip
    with scope.of(row.association_id):
        return record_past_decision(by=None, **told | paper).public_id


@dataclass
class Work:
    """What these tests do to an association: enrol, say facts, let the workers work."""

    today: date

    def enrol(
        self, house: cast.House, number: int, name: str = "", *, category: int = 3, facts: bool = True
    ) -> Membership:
        """A member of thirty months; with `facts`, the worked example of SCORING.md: 867.147."""
        identity = cast.firm(number, name)
        with scope.of(house.association):
            row = Membership.objects.create(
                association=house.association, subject_id=register(identity), number=f"T{number:05d}",
                category=category, name=identity.name, name_key=matching_key(identity.name), pinyin="",
                initials="", code=identity.identifier, code_masked=identity.identifier,
                joined_on=self.today - timedelta(days=MONTHS_AGO),
            )  # fmt: skip
            if facts:
                self.say(row, FactKind.FIGURES, 20, a=2000, b=2, c=3, d=3, e=2)
                for code in range(1, 7):
                    self.say(row, FactKind.CHECK, 5, code=code, a=1)
                self.say(row, FactKind.TRAINING, 9, a=8, source="training")
                for code in range(1, 5):
                    self.say(row, FactKind.CONTROL, 9, code=code, a=1)
        return row

    def say(
        self, row: Membership, kind: FactKind, days_ago: int, *, source: str = "association", **more: Any
    ) -> Any:
        """A fact of so many days ago, in the scope of its association."""
        day = self.today - timedelta(days=days_ago)
        key = f"{row.pk}:{kind}:{more.get('code', 0)}:{day}"
        with scope.of(row.association_id):
            return record(
                membership=row, kind=kind, occurred_on=day, recorded_on=day, source=source, key=key, **more
            )

    def bar(
        self,
        row: Membership,
        *,
        days_ago: int = 200,
        until_on: date | None = None,
    ) -> Bar:
        """A bar listed by the sweep, on a decision that counts."""
        decision = decided(row, self.today - timedelta(days=days_ago))
        self.say(
            row, FactKind.BAN, days_ago, source="decision", source_ref=decision, code=5, until_on=until_on
        )
        blacklist.list_bars()
        with scope.of(row.association_id):
            return Bar.objects.select_related("fact").get(membership=row)

    def rate(self) -> scoring.Outcome:
        """Rate what is due today."""
        return scoring.rate_due()


@pytest.fixture
def work(db: None) -> Work:
    return Work(timezone.localdate())
