"""A firm's user before one case at the desk."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from associations.discipline.models import Case, LetterOpened
from associations.discipline.selectors import file_of
from associations.tenancy import scope
from tests.associations.discipline.conftest import Walk
from tests.cast import client_for, user_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


@contextmanager
def on(day: date):
    with time_machine.travel(datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI), tick=False):
        yield


class Desk:
    """The firm's user before one case, on a day."""

    def __init__(self, house, membership, somebody):
        self.house, self.membership, self.somebody = house, membership, somebody
        self.walk = Walk(house, membership)
        self.client = client_for(somebody)

    def to(self, stage):
        with scope.of(self.house.association):
            self.walk.to(stage)
        return self

    def url(self, where=""):
        return (
            f"/en/me/{self.house.slug}/{self.membership.public_id}/notices/{self.walk.case.public_id}/{where}"
        )

    def get(self, where=""):
        return self.client.get(self.url(where))

    def post(self, where, **told):
        return self.client.post(self.url(where), told)

    @property
    def file(self):
        with scope.of(self.house.association):
            return file_of(Case.objects.get(pk=self.walk.case.pk))

    def opened(self):
        with scope.of(self.house.association):
            return list(LetterOpened.objects.order_by("id").values_list("letter", "by__name"))


@pytest.fixture
def desk(city, operator):
    with on(date(2026, 1, 5)):
        manager = user_of(city, operator, "manager", "韩经理")
    with on(date(2026, 6, 15)):
        yield Desk(city, operator, manager)
