"""The child that opens a foreign file: standard input is the file, standard output what was found in it.

Started by `reading.read` as ``python -I``. Its first line is the verdict, a JSON object: ``{"refused": {code,
params}}`` or ``{kind, encoding, sheet, sheets, heading_row, columns, written, others, skipped, rows}``. Then
blocks of rows, a JSON array a line; a row is ``[number, value, …]`` in the order of `columns`, or ``[number]``
when it was broken. Dates come as ISO strings, long floats stay floats.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import json
import re
import resource
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from core.paperwork import headings, legacy, sniffing, texts, workbooks
from core.paperwork.sniffing import Stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

BLOCK = 500
_LISTED = 200  # skipped rows named in the verdict; the rest only counted
_EXACT = 10**15  # above, a number of a workbook has lost its last digits
_NESTED: dict[type, object] = {dict: "{…}", list: "[…]"}  # no column takes one; its parser says so
_FORMULA_SIGNS = ("=", "＝")
_MERE_TEXT = re.compile(r'="[^"=+@]*"')  # what programs write to keep the zeros and digits of a number
_BEFORE_FORMULA = " \t\r\n\v\f\0\u00a0\u3000\u200b\u00ad\ufeff"


class Sheet(NamedTuple):
    """One sheet: its rows from the first on, where its formulas are, and what is merged."""

    rows: Iterator[list[Any]]
    formulas: list[tuple[int, int]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]


def main() -> None:
    """Read the request from the arguments, the file from standard input, write verdict and rows."""
    gc.disable()  # a child lives for one file, and makes no circles
    request = json.loads(sys.argv[1])
    limits = request["limits"]
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"], limits["memory_bytes"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["memory_bytes"], limits["memory_bytes"]))
    wanted = [
        headings.Wanted(column["name"], tuple(map(headings.fold, column["aliases"])), column["required"])
        for column in request["columns"]
    ]
    try:
        verdict, blocks = _read(sys.stdin.buffer, wanted, limits)
    except Stop as stop:
        verdict, blocks = {"refused": {"code": stop.code, "params": stop.params}}, []
    except MemoryError:
        verdict, blocks = {"refused": {"code": "too_much_memory", "params": {}}}, []
    out = sys.stdout.buffer
    out.write(json.dumps(verdict, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    out.writelines(blocks)
    out.flush()


def _read(
    file: Any, wanted: list[headings.Wanted], limits: Mapping[str, int]
) -> tuple[dict[str, Any], list[bytes]]:
    kind = sniffing.sniff(file.peek(sniffing.HEAD)[: sniffing.HEAD])
    if kind != "text":
        return _workbook(kind, file.read(), wanted, limits)
    text, encoding = texts.decode(file.read())
    if texts.is_json_lines(text):
        keys, rows = texts.json_rows(text)
        heading = headings.recognise(-1, keys, wanted)
        _check_heading(heading, wanted)
        return _result(
            {"kind": "jsonl", "encoding": encoding}, heading, _numbered_json(rows, heading), limits
        )
    sheet = Sheet(texts.csv_rows(text), [], [])
    return _table({"kind": "csv", "encoding": encoding}, sheet, wanted, limits)


def _workbook(
    kind: str, data: bytes, wanted: list[headings.Wanted], limits: Mapping[str, int]
) -> tuple[dict[str, Any], list[bytes]]:
    from python_calamine import (  # noqa: PLC0415
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    if kind == "zip":
        package = workbooks.check_package(io.BytesIO(data), limits)
    else:
        stream = legacy.workbook_stream(data)
        legacy.formulas(stream, 0)  # says whether it is encrypted
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        metadata = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        names = [sheet.name for sheet in metadata]
        hidden = {sheet.name for sheet in metadata if sheet.visible != SheetVisibleEnum.Visible}
        opened = {name: book.get_sheet_by_name(name) for name in names}
        found = {
            name: headings.find_heading(
                list(islice(workbooks.filled(sheet), headings.LINES_SEARCHED)), wanted
            )
            for name, sheet in opened.items()
        }
        chosen = workbooks.choose(names, found, wanted, hidden)
        if kind == "zip":
            formulas = workbooks.formulas(package, chosen)
        else:
            formulas = legacy.formulas(stream, [sheet.name for sheet in book.sheets_metadata].index(chosen))
        sheet = Sheet(workbooks.filled(opened[chosen]), formulas, opened[chosen].merged_cell_ranges or [])
        about: dict[str, Any] = {"kind": "xlsx" if kind == "zip" else "xls", "encoding": "", "sheet": chosen}
        about["sheets"] = [
            {"name": name, "headings": workbooks.complete(found[name], wanted) and name not in hidden}
            for name in names
            if name != chosen
        ]
        return _table(about, sheet, wanted, limits)
    except PasswordError:
        raise Stop("encrypted") from None
    except (CalamineError, OSError, ValueError, KeyError):
        raise Stop("damaged") from None


def _table(
    about: dict[str, Any], sheet: Sheet, wanted: list[headings.Wanted], limits: Mapping[str, int]
) -> tuple[dict[str, Any], list[bytes]]:
    opening = list(islice(sheet.rows, headings.LINES_SEARCHED))
    if not any(not headings.is_blank(cell) for row in opening for cell in row):
        raise Stop("empty")
    heading = headings.find_heading(opening, wanted)
    if heading is None:
        raise Stop("no_headings", expected=[column.name for column in wanted if column.required])
    _check_heading(heading, wanted)

    def everything() -> Iterator[list[Any]]:
        yield from opening
        yield from sheet.rows

    is_csv = about["kind"] == "csv"
    skipped: list[tuple[int, str]] = []
    merged = {first for (first, left), (last, right) in sheet.merged if first == last and right - left > 1}
    rows = headings.Rows(heading, wanted, merged)
    formulas: dict[int, list[int]] = {}
    for row, column in sheet.formulas:
        formulas.setdefault(row, []).append(column)
    data = _data(everything(), heading, rows, skipped, formulas, is_csv=is_csv)
    return _result(about, heading, data, limits, skipped)


def _check_heading(heading: headings.Heading, wanted: list[headings.Wanted]) -> None:
    if missing := heading.lacks(wanted):
        raise Stop(
            "missing_headings",
            row=heading.row + 1,
            missing=missing,
            found=heading.written,
            others=heading.others[:20],
        )


def _data(
    everything: Iterator[list[Any]],
    heading: headings.Heading,
    rows: headings.Rows,
    skipped: list[tuple[int, str]],
    formulas: dict[int, list[int]],
    *,
    is_csv: bool,
) -> Iterator[list[Any]]:
    places = list(heading.places.values())
    names = list(heading.places)
    stated = list(heading.stated.values())
    width = max(places) + 1
    for index, found in enumerate(everything):
        if index <= heading.row:
            continue
        row = found if len(found) >= width else found + [""] * (width - len(found))
        why = rows.skip(index, row)
        if why:
            skipped.append((index + 1, why))
            continue
        for column in formulas.get(index, ()):
            if column in places:
                _refuse_formula(index, column, heading.written[names[places.index(column)]])
        cells = [row[place] for place in places]
        if is_csv:
            for name, cell in zip(names, cells, strict=True):
                if ("=" in cell or "＝" in cell) and cell.lstrip(_BEFORE_FORMULA).startswith(_FORMULA_SIGNS):
                    if not _MERE_TEXT.fullmatch(cell.strip()):
                        _refuse_formula(index, heading.places[name], heading.written[name])
                    cells[names.index(name)] = cell.strip()[2:-1]
        else:
            cells = [cell if type(cell) is str else _plain(cell) for cell in cells]
        yield [index + 1, *cells, *stated]


def _refuse_formula(index: int, column: int, heading: str) -> None:
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    raise Stop("formula", cell=f"{letters}{index + 1}", row=index + 1, heading=heading)


def _plain(cell: object) -> object:
    """Turn a cell of a workbook into a JSON value."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < _EXACT else cell
    if isinstance(cell, dt.datetime):
        return cell.isoformat() if cell.time() != dt.time() else cell.date().isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, dt.timedelta) else cell


def _numbered_json(
    rows: Iterable[tuple[int, list[object] | None]], heading: headings.Heading
) -> Iterator[list[Any]]:
    places = list(heading.places.values())
    for number, values in rows:
        if values is None:
            yield [number]
        else:
            yield [number, *[_NESTED.get(type(cell := values[place]), cell) for place in places]]


def _result(
    about: dict[str, Any],
    heading: headings.Heading,
    data: Iterator[list[Any]],
    limits: Mapping[str, int],
    skipped: list[tuple[int, str]] | None = None,
) -> tuple[dict[str, Any], list[bytes]]:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
    blocks: list[bytes] = []
    count = 0
    while block := list(islice(data, BLOCK)):
        count += len(block)
        if count > limits["rows"]:
            raise Stop("too_many_rows", most=limits["rows"])
        blocks.append(encode(block).encode("utf-8", "surrogatepass") + b"\n")
    verdict = {"sheet": "", "sheets": [], **about, "heading_row": heading.row + 1, "rows": count}
    verdict["columns"] = [*heading.places, *heading.stated]
    verdict["written"] = heading.written
    verdict["others"] = heading.others[:50]
    verdict["skipped"] = [entry for entry in skipped or [] if entry[1] != "blank"][:_LISTED]
    verdict["skipped_count"] = len(skipped or [])
    return verdict, blocks


if __name__ == "__main__":
    main()
