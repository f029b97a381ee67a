"""The tables of a report: who goes where, why, how scores drift, by category and size."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.members.states import Category
from core.ui.charts import Bar, Distribution, Migration
from core.ui.grades import LETTERS
from credit.rehearsal.statement import BUCKET, TABLES
from credit.rehearsal.states import LEFT, NEW, NOT_RATED, SUSPENDED, Why
from credit.scoring.likeness import FEW
from credit.scoring.states import Size, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from credit.rehearsal.report.merging import Tallies

EXTRA = {NOT_RATED: "NR", SUSPENDED: "S", LEFT: "W", NEW: "—"}
OUTCOMES = dict(enumerate(LETTERS, 1)) | EXTRA


@dataclass(frozen=True, slots=True)
class Scores:
    """What is counted of some members: how many, how many move, and the sums of their scores on both sides."""

    n: int = 0
    up: int = 0
    down: int = 0
    otherwise: int = 0
    n_before: int = 0
    sum_before: int = 0
    sq_before: int = 0
    n_after: int = 0
    sum_after: int = 0
    sq_after: int = 0

    def __add__(self, other: Scores) -> Scores:
        return Scores(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def side(self, name: str) -> tuple[int, int, int]:
        """(how many have a grade, sum of their scores, sum of the squares) before or after."""
        return getattr(self, f"n_{name}"), getattr(self, f"sum_{name}"), getattr(self, f"sq_{name}")


@dataclass(frozen=True, slots=True)
class Drift:
    """A line of the table of drift. `few`: too few members to be shown; medians only where asked for."""

    label: str
    scores: Scores
    median_before: int | None = None
    median_after: int | None = None
    few: bool = False

    @property
    def mean_before(self) -> int | None:
        return mean(self.scores.sum_before, self.scores.n_before)

    @property
    def mean_after(self) -> int | None:
        return mean(self.scores.sum_after, self.scores.n_after)

    @property
    def change(self) -> int | None:
        if self.mean_before is None or self.mean_after is None:
            return None
        return self.mean_after - self.mean_before

    @property
    def up(self) -> str:
        return percent(self.scores.up, self.scores.n)

    @property
    def down(self) -> str:
        return percent(self.scores.down, self.scores.n)

    @property
    def otherwise(self) -> str:
        return percent(self.scores.otherwise, self.scores.n)


def mean(total: int, count: int) -> int | None:
    """Rounded half up; none of nothing."""
    return (2 * total + count) // (2 * count) if count else None


def percent(part: int, whole: int) -> str:
    return f"{(2000 * part + whole) // (2 * whole) / 10:.1f} %" if whole else "—"


def scores_by(report: Tallies, table: str) -> dict[tuple[int, int], Scores]:
    """(category, bracket) → its scores."""
    keys = len(TABLES[table][0])
    return {(int(line[0]), int(line[1])): Scores(*line[keys:]) for line in report[table]}


def total(found: Iterable[Scores]) -> Scores:
    return sum(found, Scores())


def members(report: Tallies) -> tuple[int, int, int]:
    """(all, those without a standing rating, those whose standing rating is due)."""
    n, fresh, due = report["all"][0]
    return n, fresh, due


def migration(report: Tallies) -> Migration:
    """The ten grades always, the other outcomes where there is anybody."""
    counts: Counter[tuple[int, int]] = Counter()
    for _category, before, after, n in report["grades"]:
        counts[before, after] += n
    befores, afters = {before for before, _ in counts}, {after for _, after in counts}
    rows = [each for each in OUTCOMES if each not in EXTRA or each in befores]
    columns = [each for each in OUTCOMES if each not in EXTRA or each in afters]
    return Migration(
        [OUTCOMES[each] for each in rows],
        [OUTCOMES[each] for each in columns],
        [[counts[row, column] for column in columns] for row in rows],
    )


def distribution(report: Tallies) -> Distribution:
    before, after = [0] * 14, [0] * 14
    for _category, was, becomes, n in report["grades"]:
        before[was] += n
        after[becomes] += n
    return Distribution(
        after[1:11], before[1:11], unrated=after[NOT_RATED], versus=(_("rehearsed"), _("standing today"))
    )


def moved(report: Tallies) -> dict[int, int]:
    """How many move: 1 better, -1 worse, 0 otherwise."""
    found = dict.fromkeys((1, -1, 0), 0)
    for way, _reason, n in report["reasons"]:
        found[way] += n
    return found


def reasons(report: Tallies, way: int) -> list[Bar]:
    """Why members move this way, the commonest first."""
    rows = [(n, reason) for told, reason, n in report["reasons"] if told == way]
    return [Bar(str(Why(reason).label), n) for n, reason in sorted(rows, key=lambda row: (-row[0], row[1]))]


def states(report: Tallies) -> list[tuple[str, str, int]]:
    """Those whose state becomes another: (before, after, how many)."""
    names = {state.value: str(state.label) for state in State} | {NEW: _("Not rated yet")}
    return [(names[before], names[after], n) for before, after, n in report["states"] if before != after]


def by_category(report: Tallies) -> list[Drift]:
    """All members, then each category, with medians."""
    found = scores_by(report, "sizes")
    lines = [_drift(report, _("All"), total(found.values()), lambda _any: True)]
    for category in Category:
        told = [each for (key, _), each in found.items() if key == category]
        if told:
            lines.append(
                _drift(report, str(category.label), total(told), category.__eq__, few=total(told).n < FEW)
            )
    return lines


def by_size(report: Tallies) -> list[Drift]:
    found = scores_by(report, "sizes")
    lines = []
    for size in Size:
        told = total(each for (_, key), each in found.items() if key == size)
        if told.n:
            lines.append(Drift(str(size.label), told, few=told.n < FEW))
    return lines


def _drift(
    report: Tallies, label: str, scores: Scores, wanted: Callable[[int], bool], *, few: bool = False
) -> Drift:
    before, after = (
        median([(bucket, n) for category, bucket, n in report[f"buckets_{side}"] if wanted(category)])
        for side in ("before", "after")
    )
    return Drift(label, scores, before, after, few)


def median(buckets: Sequence[tuple[int, int]]) -> int | None:
    """About the median, from counts by ten points: as if the members of a bucket were spread evenly in it."""
    counts: Counter[int] = Counter()
    for bucket, n in buckets:
        counts[bucket] += n
    half, below = counts.total() / 2, 0
    for bucket in sorted(counts):
        if below + counts[bucket] >= half:
            return round(BUCKET * (bucket + (half - below) / counts[bucket]))
        below += counts[bucket]
    return None
