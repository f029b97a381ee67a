"""Workbooks of the present kind (.xlsx): bombs, formulas, and their sheets; runs in the child, no Django.

The package is measured from its directory before anything is unpacked. The workbook reader gives values
only, so formulas are found in the sheet's XML.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import IO, TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from core.paperwork import headings
from core.paperwork.sniffing import Stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_RATIO_FROM = 1_000_000  # below a megabyte unpacked a high ratio harms nobody
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_KINDS = {
    "xl/workbook.bin": "binary_workbook",
    "content.xml": "open_document",
    "word/document.xml": "document",
    "ppt/presentation.xml": "document",
}
_MOST_FILLED = 1_000_000  # cells of merged ranges
_FIRST_LETTER = ord("A") - 1


def check_package(file: IO[bytes], limits: Mapping[str, int]) -> zipfile.ZipFile:
    """Return the opened package, its directory within the limits. Raises `Stop` before unpacking anything."""
    try:
        package = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Stop("damaged") from None
    members = package.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > limits["members"]:
        raise Stop("too_many_members", members=len(members), most=limits["members"])
    if unpacked > limits["unpacked_bytes"]:
        raise Stop("unpacks_too_large", megabytes=unpacked >> 20, most=limits["unpacked_bytes"] >> 20)
    if unpacked > _RATIO_FROM and unpacked > limits["ratio"] * max(packed, 1):
        raise Stop("packed_too_tightly", most=limits["ratio"])
    if any(member.flag_bits & 1 for member in members):
        raise Stop("encrypted")
    names = {member.filename.replace("\\", "/") for member in members}
    if "xl/workbook.xml" not in names:
        raise Stop(next((code for name, code in _KINDS.items() if name in names), "archive"))
    return package


def formulas(package: zipfile.ZipFile, sheet: str) -> list[tuple[int, int]]:
    """Return (row, column), both from 0, of every formula of the sheet.

    Raises `Stop` for one whose cell does not say where it stands: it might stand among the data.
    """
    path = _sheet_path(package, sheet)
    try:
        xml = package.read(path) if path else b""
    except (KeyError, zipfile.BadZipFile, NotImplementedError, OSError, EOFError):
        raise Stop("damaged") from None
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in xml[:256]:
        xml = xml.decode("utf-16", "replace").encode()
    found = []
    for match in _FORMULA.finditer(xml):
        opening = xml.rfind(b"<c", max(0, match.start() - 2_000), match.start())
        opening = opening if opening >= 0 and _CELL.match(xml, opening) else _last_cell(xml, match.start())
        reference = _REFERENCE.search(xml, opening, match.start()) if opening >= 0 else None
        if reference is None:
            raise Stop("formula", cell="?", row=0, heading="?")
        found.append((int(reference[2]) - 1, _column(reference[1])))
    return found


def _last_cell(xml: bytes, before: int) -> int:
    """Find the last opening of a cell, whatever the prefix of its tag."""
    last = -1
    for match in _CELL.finditer(xml, max(0, before - 40_000), before):
        last = match.start()
    return last


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - _FIRST_LETTER
    return number - 1


def _sheet_path(package: zipfile.ZipFile, sheet: str) -> str:
    """Return the member holding the sheet, empty when the workbook does not say."""
    try:
        book = ET.fromstring(package.read("xl/workbook.xml"))  # noqa: S314 (in the child, within its limits)
        relations = ET.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 (likewise)
    except (KeyError, ET.ParseError, zipfile.BadZipFile):
        raise Stop("damaged") from None
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for element in book.iter():
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            target = targets.get(element.get(_RELATION) or element.get(_STRICT_RELATION), "")
            return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    return ""


def choose(
    names: list[str],
    found: Mapping[str, headings.Heading | None],
    wanted: list[headings.Wanted],
    hidden: set[str],
) -> str:
    """Return the sheet whose headings are complete, a visible one, that knows most columns, the first of equals."""
    if not names:
        raise Stop("empty")
    return max(
        names,
        key=lambda name: (
            complete(found[name], wanted),
            name not in hidden,
            len(heading.places) if (heading := found[name]) else 0,
            -names.index(name),
        ),
    )


def complete(heading: headings.Heading | None, wanted: list[headings.Wanted]) -> bool:
    return heading is not None and not heading.lacks(wanted)


def filled(sheet: Any) -> Iterator[list[Any]]:
    """Yield the rows of a sheet from row 1 on, merged cells filled downwards with what they show."""
    if sheet.start is None:
        return
    fills: dict[int, list[tuple[int, object]]] = {}
    width = sheet.end[1] + 1
    ranges: dict[int, list[tuple[int, int]]] = {}
    total = 0
    for (first, left), (last, _right) in sheet.merged_cell_ranges or []:
        total += last - first
        if last > first and left < width and total <= _MOST_FILLED:
            ranges.setdefault(first, []).append((last, left))
    for index, row in enumerate(sheet.iter_rows()):  # from row 1 on, but only from the first filled column
        cells = list(row) if len(row) == width else [""] * (width - len(row)) + list(row)
        for place, value in fills.pop(index, ()):
            if headings.is_blank(cells[place]):
                cells[place] = value
        for last, left in ranges.pop(index, ()):
            for below in range(index + 1, last + 1):
                fills.setdefault(below, []).append((left, cells[left]))
        yield cells
