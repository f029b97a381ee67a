"""Reading a file: it is opened in a child process with bounded memory, processor time and clock.

The child spools compact rows into an unnamed temporary file, so that neither a pipe can fill up nor a large
sheet fill the memory of this process; a `Table` can be read again and again (preview first, then import).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import weakref
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from core.paperwork.refusals import PaperworkRefused
from core.paperwork.schemas import Reader, Record, Schema

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 1 << 18
_ROOT = str(Path(__file__).resolve().parents[2])
_START = f"import sys; sys.path.append({_ROOT!r}); from core.paperwork.child import main; main()"
_OUT_OF_MEMORY = {-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS}
_OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGKILL}


class Upload(Protocol):
    """What Django hands over for an uploaded file."""

    size: int

    def chunks(self) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost. Bytes; seconds of processor and of clock."""

    file_bytes: int = 100 << 20
    unpacked_bytes: int = 256 << 20
    members: int = 200
    ratio: int = 100
    rows: int = 200_000
    memory_bytes: int = 1536 << 20
    seconds: int = 20


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Table:
    """A file as read. Iterating yields one `Record` a data row, each time from the first.

    `kind` is xlsx, xls, csv or jsonl; `sheet` the sheet that was read and `other_sheets` those that were not
    (name, whether it has these headings too and is not hidden); `written` column name → heading as the file writes it;
    `unknown` headings nobody asked for; `skipped` (row, total | note | heading), the first two hundred;
    `skipped_count` counts blank rows too; `rows` the number of data rows.
    """

    kind: str
    encoding: str
    sheet: str
    other_sheets: list[tuple[str, bool]]
    heading_row: int
    written: dict[str, str]
    unknown: list[str]
    skipped: list[tuple[int, str]]
    skipped_count: int
    rows: int
    reader: Reader
    _spool: int
    _start: int

    def __len__(self) -> int:
        return self.rows

    def __iter__(self) -> Iterator[Record]:
        return self.reader.records(self._raw())

    def _raw(self) -> Iterator[list[Any]]:
        place, rest = self._start, b""
        while piece := os.pread(self._spool, _PIECE, place):
            place += len(piece)
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                yield from json.loads(line.decode("utf-8", "surrogatepass"))


def read(
    source: str | Path | IO[bytes] | Upload, schema: Schema, *, limits: Limits = DEFAULT_LIMITS
) -> Table:
    """Read a file by path, open binary file or upload. Raises `PaperworkRefused`; FileNotFoundError for a path.

    100,000 rows of eight columns take about two seconds, most of it in the child.
    """
    with _opened(source, limits) as file:
        with tempfile.TemporaryFile(prefix="paperwork-") as spool:
            _parse(file, spool, schema, limits)
            return _table(spool, schema)


@contextmanager
def _opened(source: str | Path | IO[bytes] | Upload, limits: Limits) -> Iterator[IO[bytes]]:
    """Give a real file for the child's standard input, its size within the limit."""
    if isinstance(source, str | Path):
        with Path(source).open("rb") as file:
            _check_size(os.fstat(file.fileno()).st_size, limits)
            yield file
        return
    with tempfile.TemporaryFile(prefix="paperwork-") as copy:
        if hasattr(source, "chunks"):
            _check_size(getattr(source, "size", 0) or 0, limits)
            for chunk in source.chunks():
                copy.write(chunk)
                _check_size(copy.tell(), limits)
        else:
            while chunk := source.read(1 << 20):
                copy.write(chunk)
                _check_size(copy.tell(), limits)
        copy.seek(0)
        yield copy


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise PaperworkRefused("too_large", megabytes=size >> 20, most=limits.file_bytes >> 20)
    if size < 0:
        raise PaperworkRefused("damaged")


def _parse(file: IO[bytes], spool: IO[bytes], schema: Schema, limits: Limits) -> None:
    request = {
        "limits": asdict(limits),
        "columns": [
            {"name": column.name, "aliases": column.aliases, "required": column.required}
            for column in schema.columns
        ],
    }
    command = [sys.executable, "-I", "-c", _START, json.dumps(request)]
    try:
        done = subprocess.run(  # noqa: S603 (our own child, no shell)
            command,
            stdin=file,
            stdout=spool,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        raise PaperworkRefused("too_slow", seconds=limits.seconds) from None
    if done.returncode in _OUT_OF_TIME:
        raise PaperworkRefused("too_slow", seconds=limits.seconds)
    if done.returncode in _OUT_OF_MEMORY:
        raise PaperworkRefused("too_much_memory")
    if done.returncode:
        raise PaperworkRefused("damaged")


def _table(spool: IO[bytes], schema: Schema) -> Table:
    spool.seek(0)
    verdict = json.loads(spool.readline().decode("utf-8", "surrogatepass"))
    if "refused" in verdict:
        raise _refusal(verdict["refused"]["code"], verdict["refused"]["params"], schema)
    kept = os.dup(spool.fileno())
    table = Table(
        kind=verdict["kind"],
        encoding=verdict["encoding"],
        sheet=verdict["sheet"],
        other_sheets=[(sheet["name"], sheet["headings"]) for sheet in verdict["sheets"]],
        heading_row=verdict["heading_row"],
        written=verdict["written"],
        unknown=verdict["others"],
        skipped=[(row, why) for row, why in verdict["skipped"]],
        skipped_count=verdict["skipped_count"],
        rows=verdict["rows"],
        reader=Reader(schema, verdict["columns"], verdict["written"]),
        _spool=kept,
        _start=spool.tell(),
    )
    weakref.finalize(table, os.close, kept)  # the unnamed file goes with the table
    return table


def _refusal(code: str, params: dict[str, Any], schema: Schema) -> PaperworkRefused:
    """Name columns as clerks do: by their usual heading, not by our word."""
    if code == "no_headings":
        params["expected"] = [schema.column(name).aliases[0] for name in params["expected"]]
    if code == "missing_headings":
        params["missing"] = [schema.column(name).aliases[0] for name in params["missing"]]
        params["found"] = list(params["found"].values())
    return PaperworkRefused(code, **params)
