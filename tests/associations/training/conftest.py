"""Members, courses and sessions to train with."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest
from django.utils import timezone

from associations.members.models import Membership
from associations.members.states import Category
from associations.tenancy import scope
from associations.training import services
from core.subjects.services import Identity, register_all
from core.subjects.states import Kind
from tests.cast import JOINED, firm, person

NUMBERS = count(5000)


def enrol(house, category=Category.STREAMER, *, joined_on=JOINED, left_on=None, name=""):
    """A member of a category, as a row; the way in is tested where members are."""
    number = next(NUMBERS)
    identity: Identity = person(number % 1000, name) if category == Category.STREAMER else firm(number, name)
    with scope.of(house.association):
        subject = register_all([identity])[identity.identifier]
        return Membership.objects.create(
            association=house.association,
            subject_id=subject,
            number=f"M{number}",
            category=category,
            name=identity.name,
            name_key=identity.name,
            pinyin="",
            initials="",
            code="" if identity.kind == Kind.PERSON else identity.identifier,
            code_masked=f"9199****{number}",
            is_person=identity.kind == Kind.PERSON,
            state="left" if left_on else "active",
            joined_on=joined_on,
            left_on=left_on,
        )


@pytest.fixture
def course(city):
    with scope.of(city.association):
        return services.add_course(name="开播前合规必修", hours=4, before_first_stream=True, by=city.clerk)


@pytest.fixture
def session(city, course):
    with scope.of(city.association):
        return services.hold_session(course=course, held_on=date(2026, 3, 12), by=city.clerk)


@pytest.fixture
def today(monkeypatch):
    """Set the day it is."""

    def it_is(day):
        monkeypatch.setattr(timezone, "localdate", lambda *_: day)

    return it_is
