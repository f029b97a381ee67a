"""What an import will do, worked out before anything is done."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from core.paperwork.reading import Table
    from core.paperwork.schemas import Problem, Record

BATCH = 5_000


@dataclass(slots=True)
class Plan:
    """Every row of a file accounted for: it is accepted, unchanged, a duplicate in the file, or refused.

    `accepted` holds what its kind of paperwork needs to carry the row out. `told` counts the reasons, and what
    else the kind has to tell. `problems` are the refused rows, the duplicates and the notes, in the file's order.
    `firms`: the credit codes of all rows that are taken or stand, where the kind has some.
    """

    rows: int
    accepted: list[Any] = field(default_factory=list)
    unchanged: int = 0
    duplicates: int = 0
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    firms: list[str] = field(default_factory=list)

    def counting(self, *codes: str) -> Plan:
        """Tell of these even when there are none."""
        self.told.update(dict.fromkeys(codes, 0))
        return self

    def refuse(self, record: Record) -> None:
        """Count a row with problems under the first of them."""
        self.refused += 1
        self.told[record.problems[0].code] += 1
        self.problems += record.problems

    def double(self, table: Table, record: Record, column: str, first: int) -> None:
        """Count a row that says what an earlier one of the file has said already."""
        self.duplicates += 1
        self.told["duplicates_in_file"] += 1
        message = _("The same stands in row %(first)d already; this row is left out.")
        table.reader.problem(record, column, "duplicates_in_file", message, first=first)
        self.problems += record.problems

    def note(
        self, table: Table, record: Record, column: str, code: str, message: str, **params: object
    ) -> None:
        """Remark on a row that is taken all the same."""
        self.told[code] += 1
        self.problems.append(table.reader.problem(record, column, code, message, refused=False, **params))

    def summary(self) -> dict[str, int]:
        """The counts, as the command prints them and the page draws them."""
        return {
            "accepted": len(self.accepted),
            "refused": self.refused,
            "duplicates": self.duplicates,
            "unchanged": self.unchanged,
            **dict(sorted(self.told.items())),
        }


def batches(rows: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """Yield the rows in lists of `size`."""
    rest = iter(rows)
    while batch := list(islice(rest, size)):
        yield batch


def ahead(prepare: Callable[[Any], Any], parts: Iterable[Any]) -> Iterator[Any]:
    """Yield `prepare(part)` of each part, the next one being prepared while the caller works on this one.

    The caller waits for the database most of the time; `prepare` must not touch it.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="import") as beside:
        coming = None
        for part in parts:
            following = beside.submit(prepare, part)
            if coming is not None:
                yield coming.result()
            coming = following
        if coming is not None:
            yield coming.result()
