"""Files made here, byte by byte: honest ones of each kind, and the hostile ones that look like them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

JPEG_END = b"\xff\xd9"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 2, height: int = 2, more: bytes = b"") -> bytes:
    """A picture; its claim of width and height need not be true."""
    rows = zlib.compress(b"".join(b"\0" + b"\xff\0\0" * 2 for _row in range(2)))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + more + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def png_note(text: bytes) -> bytes:
    return _chunk(b"tEXt", b"Comment\0" + text)


def jpeg(width: int = 16, height: int = 16) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    application = b"JFIF\0" + bytes(9)
    return (
        b"\xff\xd8"
         b"\xff\xe0" + struct.pack(">H", len(application) + 2) + application
        + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame
        + b"\xff\xda" + struct.pack(">H", 8) + bytes(6) + b"\x00" * 40 + JPEG_END
    )  # fmt: skip


def gif(width: bytes = b"\x01\x00", note: bytes = b"") -> bytes:
    comment = b"\x21\xfe" + bytes((len(note),)) + note + b"\0" if note else b""
    frame = b"\x2c" + bytes(8) + b"\x00" + b"\x02" + b"\x02\x4c\x01" + b"\x00"
    return b"GIF89a" + width + b"\x01\x00\x80\x00\x00" + bytes(6) + comment + frame + b"\x3b"


def webp(width: int = 16, height: int = 16) -> bytes:
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4)
    body += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", len(body)) + body


def box(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


def mp4(brand: bytes = b"isom") -> bytes:
    return box(b"ftyp", brand + bytes(8)) + box(b"moov", bytes(24)) + box(b"mdat", b"\x11" * 64)


def heic(width: int = 64, height: int = 64) -> bytes:
    size = box(b"ispe", bytes(4) + struct.pack(">II", width, height))
    return box(b"ftyp", b"heic" + bytes(8)) + box(b"meta", size)


def wav() -> bytes:
    body = b"WAVEfmt " + struct.pack("<I", 16) + bytes(16) + b"data" + struct.pack("<I", 4) + bytes(4)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def pdf(objects: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + objects + b"\nstartxref\n9\n%%EOF\n"


def packed_objects(text: bytes) -> bytes:
    """Objects of a PDF packed away, where a plain search does not see them."""
    stream = zlib.compress(text)
    return (
        b"2 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n" + stream + b"\nendstream"
    )


def package(parts: dict[str, bytes], *, mode: int = 0) -> bytes:
    """A zip; `mode` is the kind of file its parts are said to be."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = mode << 16
            archive.writestr(info, content)
    return out.getvalue()


def docx(**more: bytes) -> bytes:
    return package({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", **more})


def claims_little(content: bytes) -> bytes:
    """The same package, its directory saying that the last part unpacks to one byte."""
    at = content.rfind(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", 1) + content[at + 28 :]


def overlapping(parts: int = 50) -> bytes:
    """A package of many names that all lie over one part."""
    one = docx(**{"word/big.bin": b"\0" * 5_000_000})
    at = one.rfind(b"PK\x01\x02")
    end = one.rfind(b"PK\x05\x06")
    entry = one[at:end]
    more = b"".join(entry.replace(b"word/big.bin", b"word/b%02d.bin" % n) for n in range(parts))
    directory_at = struct.unpack_from("<I", one, end + 16)[0]
    size = end - directory_at + len(more)
    count = struct.unpack_from("<H", one, end + 10)[0] + parts
    tail = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, size, directory_at, 0)
    return one[:end] + more + tail


def compound(name: str = "WordDocument", more: str = "") -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + name.encode("utf-16-le")
        + bytes(8)
        + more.encode("utf-16-le")
    )
