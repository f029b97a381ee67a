"""A rating told: from an evaluation to what a page shows, in the language in force. Pure: asks no database.

One telling for everybody who shows a rating: the console, the member desk, publication (which says it twice,
once a language). `lines` numbers and words every line, `holds` every ceiling of the rule set and which of them
bit, `evidence` how much is known and what is not, `course` where the score came from and goes, `why` the first
sentences, `past` two ratings of one day, `prospects` what would change the rating. `tell` puts them together. What
a reader may not be told is decided by the caller: `may_name`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from credit.scoring.account.course import Point, ahead, history, point_text, steps
from credit.scoring.account.evidence import Evidence, evidence, unknown
from credit.scoring.account.facts import fact_text
from credit.scoring.account.holds import Condition, Hold, conditions, holds, key_of
from credit.scoring.account.lines import (
    NOTHING,
    Dimension,
    Group,
    Source,
    TopLine,
    Total,
    contested_on,
    dimensions,
    groups,
    is_record,
    numbered,
    place_of_facts,
    said_of,
    source_of,
    tops,
    total,
    violation_name,
)
from credit.scoring.account.past import Past, past
from credit.scoring.account.prospects import Prospect, Trial, outcome, prospects
from credit.scoring.account.why import everything, why

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from associations.conduct.selectors import FactRow
    from credit.scoring.services import Explained

__all__ = [
    "Account",
    "Condition",
    "Dimension",
    "Evidence",
    "Group",
    "Hold",
    "Past",
    "Point",
    "Prospect",
    "Source",
    "TopLine",
    "Total",
    "Trial",
    "ahead",
    "conditions",
    "contested_on",
    "dimensions",
    "everything",
    "evidence",
    "fact_text",
    "groups",
    "history",
    "holds",
    "is_record",
    "key_of",
    "numbered",
    "outcome",
    "past",
    "place_of_facts",
    "point_text",
    "prospects",
    "said_of",
    "source_of",
    "steps",
    "tell",
    "tops",
    "total",
    "unknown",
    "violation_name",
    "why",
]


@dataclass(frozen=True, slots=True)
class Account:
    """A rating as a page shows it; the parts are those of the components in core.ui."""

    why: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    groups: tuple[Group, ...]
    total: Total
    down: tuple[TopLine, ...]
    up: tuple[TopLine, ...]
    holds: tuple[Hold, ...]
    evidence: Evidence
    unknown: tuple[str, ...]


def tell(
    explained: Explained,
    *,
    source: Callable[[FactRow], Source] = source_of,
    may_name: Callable[[FactRow], bool] = everything,
    contested: Mapping[str | int, date] = NOTHING,
) -> Account:
    """The whole telling. `source` names where a fact comes from; `may_name`: whether a record may be named;
    `contested`: from which day a fact or a line is.
    """
    rating = explained.evaluation
    return Account(
        why=tuple(why(explained, may_name=may_name)),
        dimensions=tuple(dimensions(explained)),
        groups=tuple(groups(explained, source=source, contested=contested)),
        total=total(rating),
        down=tuple(tops(explained, rating.down(), costs=True)),
        up=tuple(tops(explained, rating.up(), costs=False)),
        holds=tuple(holds(explained)),
        evidence=evidence(explained),
        unknown=tuple(unknown(explained)),
    )
