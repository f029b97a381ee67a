"""Workbooks of the old kind (.xls): what the container holds, and where its formulas are; runs in the child.

Only what those two questions need of the compound file and BIFF8 formats [MS-CFB, MS-XLS].
"""

from __future__ import annotations

import struct

from core.paperwork.sniffing import Stop

_END_OF_CHAIN = 0xFFFFFFFA  # this and above are no sectors
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_BOF, _EOF, _BOUNDSHEET, _FILEPASS, _FORMULA = 0x0809, 0x000A, 0x0085, 0x002F, 0x0006
_WORDS = {"WordDocument", "PowerPoint Document"}


def workbook_stream(data: bytes) -> bytes:
    """Return the workbook stream of the compound file. Raises `Stop` for other documents and encrypted ones."""
    try:
        entries = _entries(data)
    except (struct.error, IndexError, ValueError):
        raise Stop("damaged") from None
    names = set(entries)
    if "EncryptedPackage" in names:
        raise Stop("encrypted")
    for name in ("Workbook", "Book"):
        if name in names:
            return entries[name]
    raise Stop("document" if names & _WORDS else "not_a_table")


def formulas(stream: bytes, sheet: int) -> list[tuple[int, int]]:
    """Return (row, column), both from 0, of the formulas of the n-th sheet, charts and macros counted."""
    offsets: list[int] = []
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        if kind == _FILEPASS:
            raise Stop("encrypted")
        if kind == _BOUNDSHEET and size >= 4:  # noqa: PLR2004 (the offset is its first field)
            offsets.append(struct.unpack_from("<I", stream, place + 4)[0])
        place += 4 + size
        if kind == _EOF:
            break
    if sheet >= len(offsets):
        return []
    return _formulas_from(stream, offsets[sheet])


def _formulas_from(stream: bytes, place: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    depth = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        if kind == _FORMULA and size >= 4:  # noqa: PLR2004 (row and column are its first fields)
            found.append(struct.unpack_from("<HH", stream, place + 4))
        depth += (kind == _BOF) - (kind == _EOF)  # a chart inside the sheet has its own beginning and end
        if depth <= 0:
            break
        place += 4 + size
    return found


def _entries(data: bytes) -> dict[str, bytes]:
    """Return the streams of the compound file by name; only those a workbook is recognised by are read."""
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    if sector not in {512, 4096}:
        raise ValueError("sector size")
    directory_at, small_from = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 56)[0]
    small_table_at, extra_at, extra_count = (struct.unpack_from("<I", data, at)[0] for at in (60, 68, 72))

    def block(number: int) -> bytes:
        start = (number + 1) * sector
        return data[start : start + sector]

    fat_sectors = list(struct.unpack_from("<109I", data, 76))
    for _ in range(min(extra_count, len(data) // sector)):
        numbers = struct.unpack(f"<{sector // 4}I", block(extra_at))
        fat_sectors.extend(numbers[:-1])
        extra_at = numbers[-1]
    table = b"".join(block(number) for number in fat_sectors if number < _END_OF_CHAIN)
    fat = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
    directory = b"".join(block(number) for number in _chain(fat, directory_at))

    streams: dict[str, tuple[int, int]] = {}
    small_store = b""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", directory, at + 116)
        if kind == _ROOT:
            small_store = b"".join(block(number) for number in _chain(fat, start))[:size]
        elif kind == _STREAM:
            streams[name] = (start, size)

    def content(name: str) -> bytes:
        start, size = streams[name]
        if size >= small_from:
            return b"".join(block(number) for number in _chain(fat, start))[:size]
        raw = b"".join(block(number) for number in _chain(fat, small_table_at))
        small_fat = struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])
        return b"".join(small_store[n * 64 : n * 64 + 64] for n in _chain(small_fat, start))[:size]

    return {name: content(name) if name in {"Workbook", "Book"} else b"" for name in streams}


def _chain(table: tuple[int, ...], start: int) -> list[int]:
    """Return the sectors of a chain; one that runs in a circle or out of the file is damage."""
    numbers: list[int] = []
    while start < _END_OF_CHAIN:
        if start >= len(table) or len(numbers) > len(table):
            raise ValueError("broken chain")
        numbers.append(start)
        start = table[start]
    return numbers
