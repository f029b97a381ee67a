"""PDF: whether it would do something when it is opened."""

from __future__ import annotations

import re
import zlib

from associations.evidence.refusals import EvidenceRefused

MOST_UNPACKED = 64 << 20
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE|Rendition)(?![A-Za-z0-9])"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME = re.compile(rb"/[^\s/<>\[\]()%]{0,127}")
_OBJECTS = re.compile(rb"/ObjStm\b")
_STREAM = re.compile(rb"stream\r?\n")
_LOOK = 4_096


def check_pdf(content: bytes) -> None:
    """Raise `EvidenceRefused` for scripts, programs to start and files inside, in objects packed away as well.

    What an encrypted PDF hides is not seen here; like all else it leaves as an attachment only.
    """
    if b"%%EOF" not in content[-2048:] or b"startxref" not in content[-4096:]:
        raise EvidenceRefused("damaged")
    if _is_active(content):
        raise EvidenceRefused("active_pdf")
    left = MOST_UNPACKED
    for found in _OBJECTS.finditer(content):
        begin = _STREAM.search(content, found.end(), found.end() + _LOOK)
        if begin is None:
            continue
        try:
            objects = zlib.decompressobj().decompress(content[begin.end() :], left)
        except zlib.error:
            continue  # packed otherwise or encrypted: nothing to be read here
        left -= len(objects)
        if left <= 0:
            raise EvidenceRefused("unpacks_too_large", most=MOST_UNPACKED >> 20, parts=1)
        if _is_active(objects):
            raise EvidenceRefused("active_pdf")


def _is_active(content: bytes) -> bool:
    """Names may be written with escapes (/J#61vaScript)."""
    if _ACTIVE.search(content):
        return True
    return any(
        _ACTIVE.fullmatch(_ESCAPED.sub(lambda code: bytes((int(code[1], 16),)), name))
        for name in _NAME.findall(content)
        if b"#" in name
    )
