"""What comes out: figures, state and grade, and every line that made them."""

from dataclasses import dataclass, fields
from datetime import date
from enum import IntEnum, IntFlag, StrEnum
from typing import Any, NamedTuple


class State(IntEnum):
    """Whether there is a rating, and if not, why."""

    RATED = 0
    PROVISIONAL = 1
    NOT_RATED = 2
    SUSPENDED = 3
    WITHDRAWN = 4
    BARRED = 5


class Reason(IntFlag):
    """What holds a grade down or withholds it; a rating's `mask` is their union."""

    GENERAL_RECORD = 1
    SERIOUS_RECORD = 2
    EXTREME_RECORD = 4
    D1_LOW = 8
    D2_LOW = 16
    D3_LOW = 32
    TRAINING_OVERDUE = 64
    LICENCE_LAPSED = 128
    NOT_PERFORMED = 256
    PROVISIONAL = 512
    LIMITED_EVIDENCE = 1024
    BARRED = 2048
    IDENTITY_NOT_VERIFIED = 4096
    TOO_NEW = 8192
    LOW_CONFIDENCE = 16384
    MINOR_RECORD = 32768
    D4_LOW = 65536
    D5_LOW = 131072
    D6_LOW = 262144
    NO_RULE = 524288


WITHHOLDS = Reason.IDENTITY_NOT_VERIFIED | Reason.TOO_NEW | Reason.LOW_CONFIDENCE | Reason.NO_RULE
"""The reasons for NR."""


class Status(StrEnum):
    """What a line is."""

    COUNTS = "counts"
    CLEAN = "clean"  # the whole of D1, from which records are taken off
    STAYED = "stayed"  # a record on appeal: shown, worth nothing either way
    FRESH = "fresh"
    OLDER = "older"
    FAILED = "failed"
    MISSING = "missing"
    LAPSED = "lapsed"
    REST = "rest"  # what is left of D6 to be had
    OPTED_OUT = "opted_out"


class Line(NamedTuple):
    """One contribution, in milli-points: `possible` at best, `earned`, and `loss` between them.

    `number` is the indicator's ("2.1"), `code` the item, control or catalogue number; `on` the day of the
    latest of the `facts`. `changes_on` is when time next changes the line, `ends_on` when it is over.
    `figures` are the quantities behind it, by name, for whoever puts it into words.
    """

    dimension: int
    number: str
    kind: int
    code: int
    status: Status
    facts: tuple[int, ...]
    on: date | None
    earned: int
    possible: int
    changes_on: date | None
    ends_on: date | None
    figures: tuple[tuple[str, int], ...]

    @property
    def loss(self) -> int:
        """What it costs; negative only by the last rounded milli-point."""
        return self.possible - self.earned


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A condition that holds the grade at `at_most` or worse, and the fact or dimension behind it."""

    reason: Reason
    at_most: int
    fact_id: int | None = None
    changes_on: date | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A rating. `score` in milli-points; `d1`…`d6` and `confidence` in millionths; grades 1 (AAA) … 10
    (D), 0 none.

    `by_score` is the grade of the score alone, `grade` what the facts give, `shown` what the brake on
    upgrades lets through. `ceiling` is the tightest of `ceilings`. `last_fact_id` is the largest id among
    the known facts.
    """

    score: int
    d1: int
    d2: int
    d3: int
    d4: int
    d5: int
    d6: int
    confidence: int
    n: int
    months: int
    state: State
    by_score: int
    grade: int
    shown: int
    ceiling: int
    mask: Reason
    ceilings: tuple[Ceiling, ...]
    next_change_on: date | None
    up_on: date | None
    last_fact_id: int | None
    lines: tuple[Line, ...]

    @property
    def dimensions(self) -> tuple[int, int, int, int, int, int]:
        """The six as one."""
        return (self.d1, self.d2, self.d3, self.d4, self.d5, self.d6)

    @property
    def binding(self) -> tuple[Ceiling, ...]:
        """The ceilings that made the grade worse than the score alone would."""
        if self.ceiling <= self.by_score:
            return ()
        return tuple(hit for hit in self.ceilings if hit.at_most == self.ceiling)

    def down(self, most: int = 3) -> tuple[Line, ...]:
        """The lines that cost most, the dearest first."""
        costly = (line for line in self.lines if line.loss > 0)
        return tuple(sorted(costly, key=lambda line: -line.loss)[:most])

    def up(self, most: int = 3) -> tuple[Line, ...]:
        """The lines that earn most, the best first; a clean record only if it is clean."""
        spoilt = any(line.dimension == 1 and line.loss > 0 for line in self.lines)
        good = (
            line for line in self.lines if line.earned > 0 and not (spoilt and line.status is Status.CLEAN)
        )
        return tuple(sorted(good, key=lambda line: -line.earned)[:most])


def plain(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as JSON types: dates as text, flags as integers, lines and ceilings as objects."""
    told = {f.name: _plain(getattr(evaluation, f.name)) for f in fields(evaluation)}
    told["lines"] = [plain_line(line) for line in evaluation.lines]
    told["ceilings"] = [plain_ceiling(hit) for hit in evaluation.ceilings]
    return told


def plain_line(line: Line) -> dict[str, Any]:
    """A line as JSON types, `loss` included."""
    told = {name: _plain(value) for name, value in line._asdict().items()}
    return told | {"loss": line.loss, "figures": dict(line.figures), "facts": list(line.facts)}


def plain_ceiling(hit: Ceiling) -> dict[str, Any]:
    """A ceiling as JSON types, its reason by name."""
    return {
        "reason": str(hit.reason.name).lower(),
        "at_most": hit.at_most,
        "fact_id": hit.fact_id,
        "changes_on": _plain(hit.changes_on),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    return value
