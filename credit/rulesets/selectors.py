"""Which rule set is in force when, and which bytes a name stands for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Q

from credit.rulesets import method
from credit.rulesets.models import OwnVersion, RuleSetVersion
from credit.rulesets.states import DATED
from credit.rulesets.validation import Period, read, validate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from credit.rulesets.method import RuleSet
    from credit.rulesets.validation import Problem, Source

MOST_BUILT = 256


def in_force(association_ids: Iterable[int], day: date) -> dict[int, RuleSet]:
    """By which rule set the members of each association are rated on a day: its own, else LCR-1; one query."""
    ids = set(association_ids)
    of_day = OwnVersion.objects.filter(_on(day), association_id__in=ids)
    own = dict(of_day.values_list("association_id", "sha256"))
    return {key: ruleset_of(own[key]) if key in own else method.default() for key in ids}


def ruleset_in_force(association_id: int, day: date) -> RuleSet:
    """`in_force` for one association."""
    return in_force([association_id], day)[association_id]


def ruleset_of(sha256: bytes | memoryview) -> RuleSet:
    """The kept version of that name (32 bytes). Raises RuleSetVersion.DoesNotExist."""
    name = bytes(sha256)
    return method.default() if name == method.default().digest else _built(name)


@lru_cache(maxsize=MOST_BUILT)
def _built(name: bytes) -> RuleSet:
    """Built once a process: the bytes of a name never change."""
    canonical = RuleSetVersion.objects.values_list("canonical", flat=True).get(sha256=name)
    return method.build(json.loads(bytes(canonical)))


def _on(day: date) -> Q:
    return Q(state__in=DATED, begins_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


@dataclass(frozen=True, slots=True)
class Announced:
    """An association's own version with its period; `ends_on` none: until further notice."""

    ruleset: RuleSet
    begins_on: date
    ends_on: date | None


def announced_by(association_id: int) -> list[Announced]:
    """The association's versions that are, were or will be in force, in the order of their periods; one query."""
    rows = OwnVersion.objects.filter(association_id=association_id, state__in=DATED).order_by("begins_on")
    return [
        Announced(ruleset_of(sha256), begins_on, ends_on)
        for sha256, begins_on, ends_on in rows.values_list("sha256", "begins_on", "ends_on")
        if begins_on
    ]


# --- an association's own versions, in its scope ---


def versions() -> QuerySet[OwnVersion]:
    """All of them, the latest first."""
    return OwnVersion.objects.defer("source", "canonical").order_by("-id")


def dated() -> list[OwnVersion]:
    """Those that are, were or will be in force, in the order of their periods."""
    return list(OwnVersion.objects.defer("source", "canonical").filter(state__in=DATED).order_by("begins_on"))


def problems_of(source: Source) -> list[Problem]:
    """Everything that keeps a text from being the association's own version.

    A version until further notice yields to one that begins later; any other period stands.
    """
    data, problems = read(source)
    if data is None:
        return problems
    begins_on = day_of(data.get("effective_from"))
    periods = [
        Period(each.name, each.begins_on, each.until_on)
        for each in dated()
        if each.begins_on and not (begins_on and each.until_on is None and each.begins_on < begins_on)
    ]
    return validate(data, base=method.default(), others=periods)


def day_of(told: object) -> date | None:
    """A day as a rule set writes it; None for anything else."""
    try:
        return date.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None
