"""The scenes of an association: what happens in the stories on one day each, and is played when that day is told.

A scene is played at noon of its day and in its association, unless it says that it looks across them: so that clocks,
the trail and what is recorded when are as they would be if it had been done then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from associations.tenancy import scope
from config.demo import days

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from associations.registry.models import Association


@dataclass(frozen=True, slots=True)
class Scene:
    """`act` is played so many days `ago`. `across`: it looks across associations by itself."""

    ago: int
    act: Callable[[], object]
    across: bool = False


def play(scenes: list[Scene], association: Association, *, after: date, until: date, today: date) -> None:
    """Play the scenes after one day, up to and including another, in the order of their days."""
    for scene in sorted(scenes, key=lambda each: -each.ago):
        day = today - timedelta(days=scene.ago)
        if not after < day <= until:
            continue
        with days.on(day):
            if scene.across:
                scene.act()
            else:
                with scope.of(association):
                    scene.act()
