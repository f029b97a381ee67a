"""What would change a published grade, as everybody may know it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from credit.publication.payloads.texts import iso, list_in_both
from credit.scoring import account

if TYPE_CHECKING:
    from collections.abc import Mapping

    from associations.conduct.selectors import FactRow
    from credit.scoring.services import Explained


def prospects(
    explained: Explained, numbers: Mapping[int, str], sources: Mapping[str, object]
) -> list[dict[str, Any]]:
    """What can be done, repaired or waited for, each evaluated. Of records only the public ones are named.

    Reckoned as of the day the rating is for, so that the same rating is told the same on every day.
    """

    def is_public(fact: FactRow) -> bool:
        return fact.source_ref in sources

    trial = account.Trial.of(explained)
    found = account.prospects(trial, may_name=is_public)
    texts = list_in_both(lambda: [each.say() for each in found])
    outcomes = list_in_both(lambda: [account.outcome(trial, each.then) for each in found])
    return [
        {
            "what": str(each.what),
            "on": iso(each.on),
            "line": None if each.line is None else numbers[each.line],
            "text": text,
            "outcome": outcome,
            "points": each.points,
            "score": each.then.score,
            "grade": each.then.shown,
            "by_facts": each.then.grade,
            "state": int(each.then.state),
        }
        for each, text, outcome in zip(found, texts, outcomes, strict=True)
    ]
