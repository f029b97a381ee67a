"""The same case, the same sanction: the usual range for a case, and what like cases got, here and elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from associations.conduct.catalogue import by_number
from associations.discipline.ladder import Range, direction, usual
from associations.discipline.models import Circumstance, Decision, LikeCases
from associations.discipline.states import Measure, Weight

if TYPE_CHECKING:
    from collections.abc import Mapping

    from associations.discipline.models import Case
    from associations.discipline.selectors.case_file import CaseFile

REPEAT_DAYS = 365
"""Twelve months: the same entry found again within them is a repeat (DOMAIN 1.9)."""
OTHERS_AT_LEAST, OTHER_DECISIONS_AT_LEAST, TOLD_APART_FROM = 2, 5, 3
"""A group is told when, seen from any association, two others and five of their decisions are in it; a measure within
it from three decisions on."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """What whoever decides should know: the usual range, by which circumstances, and what like cases got.

    `here` and `everywhere` are measures with their counts; `everywhere` is empty where too few are alike to be told.
    """

    range: Range
    weights: tuple[Weight, ...]
    here: tuple[tuple[Measure, int], ...]
    everywhere: tuple[tuple[int, int], ...]


def guidance(file: CaseFile, severity: int | None = None) -> Guidance | None:
    """For the case of `file`; None where the catalogue does not know its entry. Four queries."""
    entry, severity = by_number(file.case.code), severity or file.case.severity
    if entry is None:
        return None
    weights = weights_of(file)
    way = direction(weights)
    return Guidance(
        usual(entry, severity, weights),
        weights,
        _here(file.case, severity, way),
        _everywhere(file.case.code, severity, way),
    )


def range_of(file: CaseFile, severity: int) -> Range | None:
    """The usual range alone; one query."""
    entry = by_number(file.case.code)
    return usual(entry, severity, weights_of(file)) if entry else None


def weights_of(file: CaseFile) -> tuple[Weight, ...]:
    """The circumstances that weigh: those noted, and the repetition the register knows of by itself.

    Who was sanctioned for the same within twelve months before the act is no first offender, whatever was noted.
    """
    kinds = {Weight(each.kind) for each in file.circumstances}
    if _repeats(file.case):
        kinds = (kinds | {Weight.REPEAT}) - {Weight.FIRST}
    return tuple(weight for weight in Weight if weight in kinds)


def _repeats(case: Case) -> bool:
    if case.occurred_on is None:
        return False
    before = Decision.objects.filter(
        case__membership_id=case.membership_id,
        case__code=case.code,
        counts=True,
        reversal=None,
        decided_on__gt=case.occurred_on - timedelta(days=REPEAT_DAYS),
        decided_on__lte=case.occurred_on,
    )
    return before.exists()


def _here(case: Case, severity: int, way: int) -> tuple[tuple[Measure, int], ...]:
    rows = Decision.objects.filter(case__code=case.code, severity=severity, counts=True, reversal=None)
    found = [(measure, key) for key, measure in rows.exclude(case=case).values_list("case_id", "measure")]
    ways = _directions({key for _measure, key in found})
    counts = Counter(measure for measure, key in found if ways.get(key, 0) == way)
    return tuple((Measure(measure), counts[measure]) for measure in sorted(counts))


def _everywhere(code: int, severity: int, way: int) -> tuple[tuple[int, int], ...]:
    rows = LikeCases.objects.filter(code=code, severity=severity, direction=way).order_by("measure")
    return tuple(rows.values_list("measure", "count"))


def _directions(case_ids: set[int]) -> dict[int, int]:
    kinds: defaultdict[int, set[Weight]] = defaultdict(set)
    for key, kind in Circumstance.objects.filter(case_id__in=case_ids).values_list("case_id", "kind"):
        kinds[key].add(Weight(kind))
    return {key: direction(found) for key, found in kinds.items()}


def all_alike() -> dict[tuple[int, int, int], dict[int, Counter[int]]]:
    """Every decision that stands, by entry, severity and direction: of each association its measures, counted.

    Asked by the engine.
    """
    rows = Decision.objects.filter(counts=True, reversal=None).values_list(
        "association_id", "case_id", "case__code", "severity", "measure"
    )
    found = list(rows)
    ways = _directions({row[1] for row in found})
    groups: defaultdict[tuple[int, int, int], defaultdict[int, Counter[int]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    for association_id, case_id, code, severity, measure in found:
        groups[code, severity, ways.get(case_id, 0)][association_id][measure] += 1
    return {key: dict(group) for key, group in groups.items()}


def told(group: Mapping[int, Counter[int]]) -> dict[int, int]:
    """What may be told of a group: its measures, counted, or nothing.

    Whoever knows the own decisions must not learn another's from the rest: seen from any association, decisions of
    two others or more are left, and five of them at the least. Measures given less than three times are put together.
    """
    whole = Counter[int]()
    for own in group.values():
        whole.update(own)
    least = whole.total() - max((own.total() for own in group.values()), default=0)
    if len(group) - 1 < OTHERS_AT_LEAST or least < OTHER_DECISIONS_AT_LEAST:
        return {}
    counted: Counter[int] = Counter()
    for measure, count in whole.items():
        counted[measure if count >= TOLD_APART_FROM else 0] += count
    return dict(sorted(counted.items()))
