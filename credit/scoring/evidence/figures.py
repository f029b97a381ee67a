"""An evaluation as a bundle tells it: every figure, line and ceiling, without what is withheld."""

from collections.abc import Collection
from typing import Any

from credit.scoring.evaluator import Evaluation, plain, plain_ceiling, plain_line

WITHHELD_OF_LINE = ("on", "changes_on", "ends_on")


def figures_of(evaluation: Evaluation, withheld: Collection[int]) -> dict[str, Any]:
    """The result by JSON types. `withheld`: numbers of stand-ins, whose days are told nowhere."""
    told = plain(evaluation)
    del told["last_fact_id"]
    told["lines"] = [_line(plain_line(line), withheld) for line in evaluation.lines]
    hits = [_ceiling(plain_ceiling(hit), withheld) for hit in evaluation.ceilings]
    told["ceilings"] = sorted(hits, key=_place)
    return told


def _line(told: dict[str, Any], withheld: Collection[int]) -> dict[str, Any]:
    if set(withheld).isdisjoint(told["facts"]):
        return told
    return told | dict.fromkeys(WITHHELD_OF_LINE) | {"code": 0}


def _place(told: dict[str, Any]) -> tuple[str, int]:
    """The order of ceilings: that of their days would tell withheld ones."""
    return told["reason"], told["fact"] or 0


def _ceiling(told: dict[str, Any], withheld: Collection[int]) -> dict[str, Any]:
    fact = told.pop("fact_id")
    return told | {"fact": fact} | ({"changes_on": None} if fact in withheld else {})
