"""What a file is, by its first bytes; runs in the child, imports no Django."""

from __future__ import annotations

import re

HEAD = 8_192
# Text holds next to no control characters; random bytes are one tenth control characters.
_MOST_CONTROL = 0.02
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_UTF16_SHARE = 0.3

_PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"\x00\x00\x01\x00",
    b"8BPS",
)
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_PROGRAMS = (b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|script|style|div|br|p|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"\s*<(?:\?xml|svg|\w+:)", re.IGNORECASE)


class Stop(Exception):
    """The file is refused as a whole: `code` of `refusals.REFUSALS` and its params (JSON values)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def sniff(head: bytes) -> str:
    """Return "zip", "ole" or "text" for the first bytes. Raises `Stop` for everything that is no sheet."""
    if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise Stop("empty")
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        raise Stop("empty")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    _refuse_other_formats(head)
    _refuse_junk(head)
    return "text"


def _refuse_other_formats(head: bytes) -> None:
    if _is_picture(head):
        raise Stop("picture")
    if head.startswith(b"%PDF"):
        raise Stop("pdf")
    if head.startswith(_ARCHIVES):
        raise Stop("archive")
    if head.startswith(_PROGRAMS):
        raise Stop("not_a_table")
    if head.startswith(b"{\\rtf"):
        raise Stop("document")
    text = _narrow(head)
    if _HTML.match(text) or b"MIME-Version:" in text[:512]:
        raise Stop("html")
    if _XML.match(text):
        raise Stop("xml")


def _is_picture(head: bytes) -> bool:
    if head.startswith(b"BM"):  # two letters a text may begin with: a bitmap also has four reserved zeros
        return head[6:10] == b"\x00\x00\x00\x00"
    return (
        head.startswith(_PICTURES)
        or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")
        or head[4:12] in {b"ftypheic", b"ftypmif1", b"ftypavif", b"ftypheix"}
    )


def _refuse_junk(head: bytes) -> None:
    if utf16_of(head):
        return
    if len(_CONTROL.findall(head)) > _MOST_CONTROL * len(head):
        raise Stop("not_a_table")


def utf16_of(head: bytes) -> str:
    """Return the UTF-16 codec of the bytes, by mark or by where the zeros lie; empty for other encodings."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = head[: len(head) // 2 * 2]
    half = len(sample) // 2 or 1
    low, high = sample[1::2].count(0) / half, sample[0::2].count(0) / half
    # Chinese in UTF-16 has no zeros: the separators and digits between must show them.
    if low > _UTF16_SHARE and high < _MOST_CONTROL:
        return "utf-16-le"
    if high > _UTF16_SHARE and low < _MOST_CONTROL:
        return "utf-16-be"
    return ""


def _narrow(head: bytes) -> bytes:
    codec = utf16_of(head)
    if codec:
        return head[: len(head) // 2 * 2].decode(codec, "replace").encode()
    return head.removeprefix(b"\xef\xbb\xbf")
