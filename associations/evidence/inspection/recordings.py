"""Recordings: their outermost parts fill the file to its end."""

from __future__ import annotations

import re
import struct
from typing import IO, TYPE_CHECKING

from associations.evidence.refusals import EvidenceRefused
from associations.evidence.states import FileKind

if TYPE_CHECKING:
    from collections.abc import Callable

_TYPE = re.compile(rb"[\x20-\x7e\xa9]{4}")
_MOST_BOXES = 100_000
_WIDE = 16


def check(kind: FileKind, file: IO[bytes], size: int) -> None:
    """Walk the recording's outermost parts. Raises `EvidenceRefused`."""
    walk = _WALKS.get(kind)
    if walk and not walk(file, size):
        raise EvidenceRefused("damaged")


def check_boxes(file: IO[bytes], size: int) -> bool:
    """Whether the boxes (mp4, mov, m4a, heic) follow each other to the end."""
    at = 0
    for _box in range(_MOST_BOXES):
        if at == size:
            return True
        file.seek(at)
        head = file.read(_WIDE)
        if len(head) < 8 or not _TYPE.fullmatch(head[4:8]):  # noqa: PLR2004 - length and type
            return False
        length = int(struct.unpack_from(">I", head)[0])
        if length == 0:
            return True  # the last one: to the end of the file
        if length == 1:
            if len(head) < _WIDE:
                return False
            length = int(struct.unpack_from(">Q", head, 8)[0])
        if length < 8 or at + length > size:  # noqa: PLR2004 - likewise
            return False
        at += length
    return False


def _riff(file: IO[bytes], size: int) -> bool:
    file.seek(4)
    told = 8 + int(struct.unpack("<I", file.read(4))[0])
    return told <= size <= told + told % 2


_WALKS: dict[FileKind, Callable[[IO[bytes], int], bool]] = {
    FileKind.MP4: check_boxes,
    FileKind.MOV: check_boxes,
    FileKind.M4A: check_boxes,
    FileKind.HEIC: check_boxes,
    FileKind.WAV: _riff,
}
