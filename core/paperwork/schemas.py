"""What a caller expects of a file: columns with aliases and parsers; and what a row becomes: a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext_noop as _

from core.paperwork.cells import CellProblem, fold, text
from core.paperwork.refusals import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from django.utils.functional import Promise

_SHOWN = 40
_LONGEST = 12  # characters of a word that says nothing, spaces counted
_AS_ABOVE = frozenset({"", "同上", "〃", '"', "″", "''", ".."})


def clip(value: object) -> str:
    """Show a refused value, at most forty characters of it."""
    shown = "" if value is None else " ".join(str(value).split())
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"


@dataclass(frozen=True, slots=True)
class Column:
    """One column a caller knows.

    `aliases`: headings it goes by, the usual one first; folded before comparing (width, case, spaces, notes in
    brackets). `parse`: cell → value, raising a ValueError with `code`, `message`, `params` (`CellProblem`,
    `IdentifierRefused`, `NameRefused` all do). `required`: the heading must be there. `filled`: the cell must
    be, by default as `required`; a blank one is the problem `missing_<name>`. `blank` is the value of a blank
    cell. `nothing`: words, folded, that say as much as a blank cell (无, —); `ditto`: a blank cell repeats the row
    above, when all columns marked so are blank. `mask` shows a refused value in reports: for identity numbers and
    names of persons never `clip`.
    """

    name: str
    aliases: tuple[str, ...]
    label: str | Promise
    parse: Callable[[Any], Any] = text
    required: bool = False
    filled: bool | None = None
    blank: Any = None
    nothing: frozenset[str] = frozenset()
    ditto: bool = False
    mask: Callable[[Any], str] = clip

    @property
    def must_be_filled(self) -> bool:
        return self.required if self.filled is None else self.filled


def says_nothing(cell: str, column: Column) -> bool:
    """Tell whether a cell says by a word of the column that there is nothing to say."""
    return len(cell) <= _LONGEST and fold(cell) in column.nothing


def _openings(words: frozenset[str]) -> str:
    """Return the characters such a word may begin with, in any width and case: few cells need a closer look."""
    if not words:
        return ""
    first = {word[0] for word in words}
    wide = {chr(ord(character) + 0xFEE0) for character in first if "!" <= character <= "~"}
    return "".join(first | wide | {character.upper() for character in first | wide} | set(" \t\u3000"))


def _repeats(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and fold(cell) in _AS_ABOVE)


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of one kind of file, in the order in which a row's problems are told."""

    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Return a column by name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused, or what is noted about it.

    `column` is the heading as the file writes it. `value` is masked. `refused` is False for a note: the row is
    taken all the same (agency_unknown, also_in_city_association).
    """

    row: int
    column: str
    code: str
    message: str
    params: dict[str, object] = field(default_factory=dict)
    value: str = ""
    refused: bool = True

    def text(self, language: str | None = None) -> str:
        """Return the sentence in the active language, or in the one named ("zh-hans", "en")."""
        return render(self.message, self.params, language)


class Record(NamedTuple):
    """One data row: its number in the sheet, the values by column name, and what is wrong with it."""

    row: int
    values: dict[str, Any]
    problems: list[Problem]


class Reader:
    """Turns raw rows into records by a schema; `written` says how the file writes each heading."""

    def __init__(self, schema: Schema, columns: Sequence[str], written: dict[str, str]) -> None:
        self._columns = [schema.column(name) for name in columns]
        present = set(columns)
        self._blanks = {column.name: column.blank for column in schema.columns if column.name not in present}
        self._order = {column.name: place for place, column in enumerate(schema.columns)}
        self._written = written
        self._repeated = [place for place, column in enumerate(self._columns, 1) if column.ditto]

    def records(self, rows: Iterable[list[Any]]) -> Iterator[Record]:
        """Yield a record a row. Never raises for a row's content."""
        steps = [
            (place, column, column.name, column.parse, _openings(column.nothing))
            for place, column in enumerate(self._columns, 1)
        ]
        for row in self._carried(rows) if self._repeated else rows:
            if len(row) == 1:
                yield self._broken(row[0])
                continue
            values = dict(self._blanks)
            problems: list[Problem] = []
            for place, column, name, parse, openings in steps:
                cell = row[place]
                if cell is None or (
                    cell.__class__ is str
                    and (not cell or cell.isspace() or (cell[0] in openings and says_nothing(cell, column)))
                ):
                    values[name] = column.blank
                    if column.must_be_filled:
                        problems.append(self._missing(row[0], column))
                    continue
                try:
                    values[name] = parse(cell)
                except ValueError as refusal:
                    values[name] = None
                    problems.append(self._problem(row[0], column, cell, refusal))
            if len(problems) > 1:
                written = {
                    self._written[name]: at for name, at in self._order.items() if name in self._written
                }
                problems.sort(key=lambda problem: written[problem.column])
            yield Record(row[0], values, problems)

    def _carried(self, rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
        """Write out what a sheet says once for the rows below it: by blank cells, or by 同上 and 〃."""
        above: list[Any] | None = None
        for row in rows:
            if len(row) > 1 and above and all(_repeats(row[place]) for place in self._repeated):
                for place in self._repeated:
                    row[place] = above[place]
            if len(row) > 1:
                above = row
            yield row

    def problem(
        self, record: Record, column: str, code: str, message: str, *, refused: bool = True, **params: object
    ) -> Problem:
        """Add a problem the caller found (unknown_member, joined_in_future) to a record and return it."""
        problem = Problem(
            record.row, self._written.get(column, ""), code, message, dict(params), "", refused=refused
        )
        record.problems.append(problem)
        return problem

    def _missing(self, row: int, column: Column) -> Problem:
        return Problem(
            row,
            self._written[column.name],
            f"missing_{column.name}",
            _("%(column)s is missing."),
            {"column": column.label},
        )

    def _problem(self, row: int, column: Column, cell: object, refusal: ValueError) -> Problem:
        return Problem(
            row,
            self._written[column.name],
            getattr(refusal, "code", CellProblem.default_code),
            getattr(refusal, "message", CellProblem.default_message),
            dict(getattr(refusal, "params", {})),
            column.mask(cell),
        )

    @staticmethod
    def _broken(row: int) -> Record:
        message = _(
            "The line is not a JSON object: it breaks off, repeats a key, or holds an illegal character."
        )
        return Record(row, {}, [Problem(row, "", "bad_json", message)])
