"""Pictures: how many points they claim, and that each ends where it says."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from associations.evidence.refusals import EvidenceRefused
from associations.evidence.states import FileKind

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_POINTS = 120_000_000
"""A telephone's largest photograph has 108 million; four bytes each are what opening it costs."""
_FRAMES = re.compile(rb"ispe.{4}(.{4})(.{4})", re.DOTALL)
_NO_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_START_OF_FRAME = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B


def check(kind: FileKind, data: bytes) -> None:
    """Walk the picture to its end. Raises `EvidenceRefused`."""
    try:
        width, height, frames = _WALKS[kind](data)
    except (IndexError, struct.error):
        raise EvidenceRefused("damaged") from None
    if not width or not height:
        raise EvidenceRefused("damaged")
    if width * height > MOST_POINTS or width * height * frames > 10 * MOST_POINTS:
        raise EvidenceRefused("too_many_pixels", width=width, height=height, most=MOST_POINTS // 1_000_000)


def _png(data: bytes) -> tuple[int, int, int]:
    if data[12:16] != b"IHDR":
        raise EvidenceRefused("damaged")
    at = 8
    while data[at + 4 : at + 8] != b"IEND":
        at += 12 + _u32(data, at)
    _ends_at(data, at + 12)
    return _u32(data, 16), _u32(data, 20), 1


def _jpeg(data: bytes) -> tuple[int, int, int]:
    at = 2
    while True:
        if data[at] != 0xFF:  # noqa: PLR2004 - a marker begins with it
            raise EvidenceRefused("damaged")
        marker = data[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 - filling
            at += 1
        elif marker in _NO_LENGTH:
            at += 2
        elif marker in _START_OF_FRAME:
            height, width = struct.unpack_from(">HH", data, at + 5)
            break
        else:
            at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    if b"\xff\xd9" not in data[at:]:  # telephones hang further pictures and their own notes behind it
        raise EvidenceRefused("damaged")
    return width, height, 1


def _gif(data: bytes) -> tuple[int, int, int]:
    width, height = struct.unpack_from("<HH", data, 6)
    if data[6:8] in {b"/*", b"//"} or data[6:7] in {b"=", b"`"}:  # a width that begins a script
        raise EvidenceRefused("two_kinds")
    at, frames = 13 + _colours(data[10]), 0
    while data[at] != _TRAILER:
        if data[at] == _IMAGE:
            frames += 1
            at += 10 + _colours(data[at + 9]) + 1
        elif data[at] == _EXTENSION:
            at += 2
        else:
            raise EvidenceRefused("damaged")
        while data[at]:
            at += 1 + data[at]
        at += 1
    _ends_at(data, at + 1)
    return width, height, max(frames, 1)


def _webp(data: bytes) -> tuple[int, int, int]:
    size = 8 + struct.unpack_from("<I", data, 4)[0]
    _ends_at(data, size + size % 2)
    part = data[12:16]
    if part == b"VP8X":
        return _u24(data, 24) + 1, _u24(data, 27) + 1, max(data.count(b"ANMF"), 1)
    if part == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, 1
    if part == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF, 1
    raise EvidenceRefused("damaged")


def _heic(data: bytes) -> tuple[int, int, int]:
    frames = [struct.unpack(">II", found[1] + found[2]) for found in _FRAMES.finditer(data)]
    width, height = max(frames, key=lambda each: each[0] * each[1], default=(0, 0))
    return width, height, 1


_WALKS: dict[FileKind, Callable[[bytes], tuple[int, int, int]]] = {
    FileKind.PNG: _png,
    FileKind.JPEG: _jpeg,
    FileKind.GIF: _gif,
    FileKind.WEBP: _webp,
    FileKind.HEIC: _heic,
}
PICTURES = frozenset(_WALKS)


def _u32(data: bytes, at: int) -> int:
    return int(struct.unpack_from(">I", data, at)[0])


def _u24(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 3], "little")


def _colours(flags: int) -> int:
    """Bytes of a GIF's table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _ends_at(data: bytes, end: int) -> None:
    """Nothing may hang behind the end but a few zeros that some programs leave."""
    if end > len(data):
        raise EvidenceRefused("damaged")
    if data[end:].strip(b"\0\r\n"):
        raise EvidenceRefused("two_kinds")
