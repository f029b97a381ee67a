"""Adding the tallies of parts, or of associations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from credit.rehearsal.statement import MOST_MOVERS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

Tallies = dict[str, list[list[Any]]]


def merge(found: Iterable[Tallies | None]) -> Tallies:
    """The sum, in the order of the keys; of the movers those who move furthest. Of nothing: every table at zero."""
    sums: dict[str, dict[tuple[Any, ...], list[int]]] = {name: {} for name in TABLES}
    sums["all"][()] = [0] * len(TABLES["all"][1])
    movers: list[list[Any]] = []
    for tallies in filter(None, found):
        for name, (keys, _) in TABLES.items():
            for line in tallies[name]:
                key, figures = tuple(line[: len(keys)]), line[len(keys) :]
                before = sums[name].get(key)
                sums[name][key] = (
                    figures if before is None else [a + b for a, b in zip(before, figures, strict=True)]
                )
        movers = sorted([*movers, *tallies["movers"]], key=_furthest)[:MOST_MOVERS]
    told: Tallies = {name: [[*key, *sums[name][key]] for key in sorted(sums[name])] for name in TABLES}
    return told | {"movers": movers}


def _furthest(mover: list[Any]) -> tuple[int, int, int]:
    distance, points, membership_id = mover[:3]
    return -distance, -points, membership_id
