"""What a file is, by its first bytes."""

from __future__ import annotations

import re

from associations.evidence.refusals import EvidenceRefused
from associations.evidence.states import FileKind

HEAD = 1 << 16
ZIP, OLE = "zip", "ole"
"""Not kinds yet: what a package or a compound file is, its directory says."""

_MAGIC: tuple[tuple[bytes, FileKind | str], ...] = (
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"GIF87a", FileKind.GIF),
    (b"GIF89a", FileKind.GIF),
    (b"PK\x03\x04", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"#!AMR", FileKind.AMR),
    (b"ID3", FileKind.MP3),
)
_RIFF = {b"WEBP": FileKind.WEBP, b"WAVE": FileKind.WAV}
_PICTURE_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"})
_MP3_SYNC = re.compile(rb"\xff[\xfb\xfa\xf3\xf2]")
_PROGRAMS = (
    b"\x7fELF",
    b"MZ",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"#!",
    b"\x4c\x00\x00\x00\x01\x14",
)
_ARCHIVES = (
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"MSCF",
)
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|!--|\?xml|\?php|html|head|body|script|svg|iframe|math|\w+:)", re.IGNORECASE
)
HIDDEN = re.compile(rb"<\s*(?:script|html|svg|iframe|!doctype)\b|<\?php", re.IGNORECASE)
"""Markup that no picture, recording or paper has at its edges."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def kind_of(head: bytes) -> FileKind | str:
    """The kind by the first bytes, ZIP or OLE for what must be opened to know. Raises `EvidenceRefused`."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"RIFF") and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if head[4:8] == b"ftyp":
        return _of_brand(head[8:12])
    if _MP3_SYNC.match(head):
        return FileKind.MP3
    if head.startswith(_PROGRAMS):
        raise EvidenceRefused("program")
    if head.startswith(_ARCHIVES):
        raise EvidenceRefused("archive")
    if _MARKUP.match(_plain(head).lstrip()):
        raise EvidenceRefused("markup")
    return FileKind.TXT


def _of_brand(brand: bytes) -> FileKind:
    if brand in _PICTURE_BRANDS:
        return FileKind.HEIC
    if brand == b"qt  ":
        return FileKind.MOV
    return FileKind.M4A if brand.startswith(b"M4A") else FileKind.MP4


def check_text(content: bytes) -> None:
    """A text is readable in an encoding in use, and holds no bytes that no text has."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if wide else ["utf-8", "gb18030"]
    if (not wide and _CONTROL.search(content)) or not any(_reads(content, each) for each in encodings):
        raise EvidenceRefused("unknown")
    if _MARKUP.match(_plain(content[:HEAD]).lstrip()):
        raise EvidenceRefused("markup")


def _plain(head: bytes) -> bytes:
    """The head in one byte a letter, so that a script in UTF-16 is seen."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    return head.removeprefix(b"\xef\xbb\xbf")


def _reads(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
