"""One upload looked into, from its first bytes to the scanner."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from django.conf import settings

from associations.evidence.inspection import packages, papers, pictures, recordings, sniffing
from associations.evidence.inspection.scanning import scan
from associations.evidence.names import cleaned
from associations.evidence.refusals import EvidenceRefused
from associations.evidence.states import RECORDINGS, FileKind

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 1 << 20
_PDF_WITHIN = 1_024  # readers look for its beginning that far in


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may be kept: its bytes (`pieces`), and what was found out about them."""

    file: IO[bytes]
    name: str
    kind: FileKind
    size: int
    sha256: str
    scanned_by: str

    def pieces(self) -> Iterator[bytes]:
        """The bytes, a piece at a time, from the first."""
        self.file.seek(0)
        while piece := self.file.read(PIECE):
            yield piece


def inspect(upload: IO[bytes], name: str = "") -> Inspected:
    """Say what `upload` is (`name`: what the sender calls it). Raises `EvidenceRefused`, and then nothing is kept."""
    size = upload.seek(0, io.SEEK_END) or upload.tell()
    if not size:
        raise EvidenceRefused("empty")
    _check_size(size, max(settings.EVIDENCE_MOST_MB, settings.EVIDENCE_MOST_RECORDING_MB))
    kind = _kind(upload, size)
    digest = hashlib.sha256()
    upload.seek(0)
    while piece := upload.read(PIECE):
        digest.update(piece)
    return Inspected(
        file=upload,
        name=cleaned(name or getattr(upload, "name", None) or "", kind),
        kind=kind,
        size=size,
        sha256=digest.hexdigest(),
        scanned_by=scan(upload),
    )


def _kind(upload: IO[bytes], size: int) -> FileKind:
    upload.seek(0)
    head = upload.read(sniffing.HEAD)
    upload.seek(max(0, size - sniffing.HEAD))
    tail = upload.read()
    found = sniffing.kind_of(head)
    _check_size(
        size, settings.EVIDENCE_MOST_RECORDING_MB if found in RECORDINGS else settings.EVIDENCE_MOST_MB
    )
    if found != FileKind.TXT:
        _check_one_kind(upload, found, head, tail)
    if found in RECORDINGS:
        recordings.check(FileKind(found), upload, size)
        return FileKind(found)
    upload.seek(0)
    content = upload.read()
    if found == sniffing.ZIP:
        return packages.package_kind(content)
    if found == sniffing.OLE:
        return packages.compound_kind(content)
    kind = FileKind(found)
    if kind == FileKind.PDF:
        papers.check_pdf(content)
    elif kind == FileKind.TXT:
        sniffing.check_text(content)
    else:
        recordings.check(kind, upload, size)
        pictures.check(kind, content)
    return kind


def _check_size(size: int, most: int) -> None:
    if size > most << 20:
        raise EvidenceRefused("too_large", megabytes=(size >> 20) + 1, most=most)


def _check_one_kind(upload: IO[bytes], found: FileKind | str, head: bytes, tail: bytes) -> None:
    """What a second program would read as something else is refused: a picture with an archive behind it."""
    if (
        (found != sniffing.ZIP and zipfile.is_zipfile(upload))
        or (found != FileKind.PDF and b"%PDF-" in head[:_PDF_WITHIN])
        or (found != sniffing.OLE and sniffing.HIDDEN.search(head + b"\n" + tail))
    ):
        raise EvidenceRefused("two_kinds")
