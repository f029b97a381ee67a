"""An association's own version on its way, day by day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import time_machine

from associations.tenancy import scope
from credit.rulesets import services
from tests.credit.rulesets.sources import TEXT

if TYPE_CHECKING:
    from credit.rulesets.models import OwnVersion
    from tests.cast import House

DRAFTED = date(2026, 4, 1)
CLOSED = DRAFTED + timedelta(days=15)
BEGINS = date(2026, 5, 1)


def text(name: str = "CITY-1", begins: date = BEGINS, until: date | None = None) -> str:
    """LCR-1 under a name of one's own, with other days."""
    told = TEXT.replace('id = "LCR-1"', f'id = "{name}"')
    days = f'effective_from = "{begins}"' + (f'\neffective_until = "{until}"' if until else "")
    return re.sub(r'^effective_from = "[^"]*"', days, told, flags=re.MULTILINE)


def stricter(name: str = "CITY-1", begins: date = BEGINS) -> str:
    """One by which live-room operators train longer."""
    return text(name, begins).replace("training_hours = 8", "training_hours = 20")


def on(day: date) -> time_machine.travel:
    return time_machine.travel(f"{day}T04:00:00+00:00", tick=False)


def drafted(house: House, source: str) -> OwnVersion:
    with on(DRAFTED), scope.of(house.association):
        return services.draft(source=source, by=house.clerk)


def put_out(house: House, source: str) -> OwnVersion:
    """Drafted, and out for consultation until 15 April."""
    version = drafted(house, source)
    with on(DRAFTED), scope.of(house.association):
        return services.consult(
            version=version,
            begins=DRAFTED,
            until=date(2026, 4, 15),
            announced_in="本会网站公告栏",
            by=house.clerk,
        )


def consulted(house: House, source: str) -> OwnVersion:
    """The consultation over, its outcome recorded on 16 April."""
    version = put_out(house, source)
    with on(CLOSED), scope.of(house.association):
        return services.close_consultation(version=version, comments=3, outcome="采纳一条", by=house.clerk)


def approved(house: House, source: str) -> OwnVersion:
    version = consulted(house, source)
    with on(CLOSED), scope.of(house.association):
        return services.approve(version=version, by=house.decider)


def announced(house: House, source: str) -> OwnVersion:
    """Announced on 16 April."""
    version = approved(house, source)
    with on(CLOSED), scope.of(house.association):
        return services.publish(version=version, by=house.admin)
