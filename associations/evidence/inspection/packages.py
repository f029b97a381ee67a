"""Documents that are packages (docx, xlsx, pptx, OFD) or compound files (doc, xls, ppt)."""

from __future__ import annotations

import io
import stat
import zipfile

from associations.evidence.refusals import EvidenceRefused
from associations.evidence.states import FileKind

MOST_UNPACKED = 256 << 20
MOST_PARTS = 2_000
MOST_RATIO, SMALL = 100, 16 << 20
"""What an office program writes is packed a few tens to one; what unpacks to little may be packed as it likes."""
_PIECE = 1 << 20
_KINDS = {
    "word/document.xml": FileKind.DOCX,
    "xl/workbook.xml": FileKind.XLSX,
    "ppt/presentation.xml": FileKind.PPTX,
    "OFD.xml": FileKind.OFD,
}
_OLD_KINDS = {
    "WordDocument": FileKind.DOC,
    "Workbook": FileKind.XLS,
    "Book": FileKind.XLS,
    "PowerPoint Document": FileKind.PPT,
}
_MACROS = ("vbaproject.bin", "vbadata.xml", ".js", ".vbs", ".exe", ".dll", ".bat", ".scr")
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar", ".jar")


def package_kind(content: bytes) -> FileKind:
    """What the package is; its parts measured, then unpacked piecewise to see that they are what they claim."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _kind(package, len(content))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        raise EvidenceRefused("damaged") from None
    except zipfile.zlib.error:  # type: ignore[attr-defined]
        raise EvidenceRefused("damaged") from None


def _kind(package: zipfile.ZipFile, size: int) -> FileKind:
    parts = package.infolist()
    names = {part.filename.replace("\\", "/") for part in parts}
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise EvidenceRefused("unpacks_too_large", most=MOST_UNPACKED >> 20, parts=MOST_PARTS)
    if any(part.flag_bits & 1 for part in parts):
        raise EvidenceRefused("encrypted")
    # Parts that lie over each other are how a small package unpacks to any size.
    if (
        sum(part.compress_size for part in parts) > size
        or len(names) < len(parts)
        or any(map(_astray, parts))
    ):
        raise EvidenceRefused("damaged")
    if unpacked > max(SMALL, MOST_RATIO * size):
        raise EvidenceRefused("packed_too_tightly", most=MOST_RATIO)
    kind = next((kind for name, kind in _KINDS.items() if name in names), None)
    if kind is None or any(name.lower().endswith(_ARCHIVES) for name in names):
        raise EvidenceRefused("archive")
    if any(name.lower().endswith(_MACROS) for name in names):
        raise EvidenceRefused("macros")
    for part in parts:
        with package.open(part) as reading:
            while reading.read(_PIECE):
                pass
    return kind


def _astray(part: zipfile.ZipInfo) -> bool:
    """Whether unpacking it would leave the folder it is unpacked into."""
    name = part.filename.replace("\\", "/")
    return (
        name.startswith("/")
        or ":" in name
        or ".." in name.split("/")
        or stat.S_ISLNK(part.external_attr >> 16)
    )


def compound_kind(content: bytes) -> FileKind:
    """What a compound file of the old formats is, by the names in its directory."""
    if _named("_VBA_PROJECT") in content or _named("Macros") in content:
        raise EvidenceRefused("macros")
    if _named("EncryptedPackage") in content:
        raise EvidenceRefused("encrypted")
    kind = next((kind for name, kind in _OLD_KINDS.items() if _named(name) + b"\0\0" in content), None)
    if kind is None:
        raise EvidenceRefused("unknown")
    return kind


def _named(name: str) -> bytes:
    return name.encode("utf-16-le")
