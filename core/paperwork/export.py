"""Writing tables for spreadsheets, so that no cell is ever a formula.

A spreadsheet runs what begins with ``= + - @``, also behind a tab, a line break, a NUL, a space or an
invisible character, and in Chinese settings behind their full-width forms (ASVS 1.2.10, RELIABILITY 1.6).
Text that begins so gets an apostrophe in front; numbers, dates and truth values of our own are written as
they are, being no text.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
from decimal import Decimal
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FORMULA_STARTERS = frozenset("=+-@|%\t\r\n\0＝＋－＠｜％﹢﹣−")
_NEUTRAL = {"Cf", "Zs", "Zl", "Zp", "Mn"}
_ILLEGAL_IN_XML = {"Cc", "Cs"}
_MOST_CHARACTERS = 32_767
BOM = "\ufeff"

type_of_cell = str | int | float | Decimal | bool | dt.date | dt.datetime | None


def safe_cell(value: object) -> object:
    """Return the value as it may stand in a CSV or XLSX cell: own numbers and dates as they are, text tamed."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float | Decimal | dt.date | dt.time):
        return value
    return safe_text(str(value))


def safe_text(text: str) -> str:
    """Put an apostrophe before text a spreadsheet might run; other text is returned unchanged."""
    if not text or text[0].isalnum():
        return text
    for character in text:
        kind = unicodedata.category(character)
        if character in FORMULA_STARTERS or kind == "Cc":
            return f"'{text}"
        if kind not in _NEUTRAL:
            return text
    return text


def write_csv(file: IO[str], headings: Iterable[object], rows: Iterable[Iterable[object]]) -> None:
    """Write a CSV table to a text file opened with ``newline=""``; with a BOM, so that Excel reads UTF-8."""
    file.write(BOM)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([safe_cell(heading) for heading in headings])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)


def csv_lines(headings: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """Yield the same table in pieces, for a streaming answer."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(BOM)
    writer.writerow([safe_cell(heading) for heading in headings])
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def write_xlsx(
    file: IO[bytes], headings: Iterable[object], rows: Iterable[Iterable[object]], *, title: str = "1"
) -> None:
    """Write a workbook of one sheet: bold headings, first row frozen; text is text and never a formula."""
    from openpyxl import Workbook  # noqa: PLC0415 (12 MB, only for who writes workbooks)
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(title))
    sheet.freeze_panes = "A2"
    bold = Font(bold=True)
    top = []
    for heading in headings:
        cell = WriteOnlyCell(sheet, value=_xlsx_value(heading))
        cell.font = bold
        top.append(cell)
    sheet.append(top)
    for row in rows:
        sheet.append([_xlsx_value(cell) for cell in row])
    book.save(file)


def _xlsx_value(value: object) -> object:
    safe = safe_cell(value)
    if isinstance(safe, dt.datetime) and safe.tzinfo is not None:
        return safe.isoformat(timespec="seconds")  # a workbook knows no time zones
    if not isinstance(safe, str):
        return safe
    legal = "".join(c for c in safe if c in "\t\n" or unicodedata.category(c) not in _ILLEGAL_IN_XML)
    return safe_text(legal)[:_MOST_CHARACTERS] or None


def _sheet_title(title: str) -> str:
    """Return a title a workbook accepts: none of its seven forbidden signs, at most 31 characters."""
    return "".join(" " if c in "[]:*?/\\'" else c for c in title)[:31].strip() or "1"
