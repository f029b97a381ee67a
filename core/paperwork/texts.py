"""Text files: their encoding, comma-separated tables and JSON lines; runs in the child, imports no Django."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, NoReturn

from core.paperwork.sniffing import HEAD, Stop, utf16_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_CELL_CHARACTERS = 32_767  # what a cell of a workbook can hold
MOST_COLUMNS = 1_000
_SENTINEL = "\x1eend of table\x1e"
_DELIMITERS = ",\t;|，"
_HEADING_LINES = 200
_ENCODINGS = (("utf-8-sig", "utf-8"), ("gb18030", "gb18030"))
_BROKEN = "\ufffd"
_MOST_BROKEN = 200  # one character in so many


def decode(data: bytes) -> tuple[str, str]:
    """Return (text, name of the encoding): UTF-8 with or without mark, UTF-16, GB18030 (and so GBK, GB2312).

    A few broken bytes become replacement characters, so that their rows are refused and not the file.
    """
    codec = utf16_of(data[:HEAD])
    if codec:
        try:
            return data.decode(codec).removeprefix("\ufeff"), codec
        except UnicodeDecodeError:
            raise Stop("unknown_encoding") from None
    for name, label in _ENCODINGS:
        try:
            return data.decode(name), label
        except UnicodeDecodeError:
            continue
    text, label = min(
        ((data.decode(name, "replace"), label) for name, label in _ENCODINGS),
        key=lambda reading: reading[0].count(_BROKEN),
    )
    if text.count(_BROKEN) > max(1, len(text) // _MOST_BROKEN):
        raise Stop("unknown_encoding")
    return text, label


def is_json_lines(text: str) -> bool:
    """Tell JSON lines from a table; raises `Stop` for a JSON array, whose lines cannot be named."""
    start = text[:HEAD].lstrip()
    if start.startswith("["):
        raise Stop("json_array")
    return start.startswith("{")


def csv_rows(text: str) -> Iterator[list[str]]:
    """Yield the records of a delimited text, so that record n is row n of the sheet a clerk sees.

    A quotation mark that is opened and never closed would swallow the rest in silence: it is refused.
    """
    csv.field_size_limit(MOST_CELL_CHARACTERS)
    lines = text.splitlines(keepends=True) if "\n" not in text and "\r" in text else text.split("\n")
    reader = csv.reader(_ended(lines), delimiter=_delimiter(text))
    number = 0
    last: list[str] = []
    try:
        for last in reader:
            number += 1
            if last == [_SENTINEL]:
                return
            if len(last) > MOST_COLUMNS:
                raise Stop("too_many_columns", most=MOST_COLUMNS)
            yield last
    except csv.Error:
        raise Stop("cell_too_long", row=number + 1, most=MOST_CELL_CHARACTERS) from None
    raise Stop("quote_not_closed", row=number)


def _ended(lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield line.rstrip("\r\n") + "\n"
    yield _SENTINEL


def _delimiter(text: str) -> str:
    """Return the delimiter that divides the opening lines most evenly; a comma when nothing divides them."""
    opening = [line for line in text[: HEAD * 4].splitlines()[:50] if line.strip()]
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        counts = sorted(line.count(delimiter) for line in opening)
        typical = counts[len(counts) // 2] if counts else 0
        if typical > most:
            best, most = delimiter, typical
    return best


def json_rows(text: str) -> tuple[list[str], Iterator[tuple[int, list[object] | None]]]:
    """Return (keys in order of appearance, rows of (line number, values by key or None when broken))."""
    lines = text.split("\n")
    keys: dict[str, int] = {}
    good = 0
    for line in lines[:_HEADING_LINES]:
        record = _record(line)
        if record:
            good += 1
            for key in record:
                keys.setdefault(str(key), len(keys))
    if not good:
        raise Stop("not_json_lines")
    if len(keys) > MOST_COLUMNS:
        raise Stop("too_many_columns", most=MOST_COLUMNS)
    return list(keys), _valued(lines, list(keys))


def _valued(lines: Iterable[str], keys: list[str]) -> Iterator[tuple[int, list[object] | None]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        record = _record(line)
        yield number, None if record is None else [record.get(key) for key in keys]


def _record(line: str) -> dict[str, object] | None:
    """Return one line as an object; None when it is no object, repeats a key, or holds NaN or Infinity."""
    try:
        record = json.loads(line, object_pairs_hook=_distinct, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError("a key is repeated")
    return record


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
