"""What a file is by its content, and what is refused in words."""

import io

import pytest
from django.utils import translation

from associations.evidence.inspection import inspect
from associations.evidence.names import cleaned
from associations.evidence.refusals import REFUSALS, EvidenceRefused
from associations.evidence.states import FileKind
from tests.associations.evidence import samples as made

HONEST = {
    "pdf": made.pdf(), "png": made.png(), "jpg": made.jpeg(), "gif": made.gif(), "webp": made.webp(),
    "heic": made.heic(), "mp4": made.mp4(), "mov": made.mp4(b"qt  "), "m4a": made.mp4(b"M4A "), "wav": made.wav(),
    "amr": b"#!AMR\n" + bytes(40), "mp3": b"ID3\x04" + bytes(40), "docx": made.docx(),
    "xlsx": made.package({"xl/workbook.xml": b"<w/>"}), "pptx": made.package({"ppt/presentation.xml": b"<w/>"}),
    "ofd": made.package({"OFD.xml": b"<ofd/>"}), "doc": made.compound(), "xls": made.compound("Workbook"),
    "ppt": made.compound("PowerPoint Document"), "txt": "聊天记录：保证正品，𠮷".encode(),
}  # fmt: skip
PHOTOGRAPH = made.jpeg(12_000, 9_000) + b"MPF" + bytes(100)  # telephones write behind the end
LAUNCH = b"<< /S /JavaScript /JS (app.alert(1)) >>"
HOSTILE = {
    "empty": ("empty", b""),
    "shell script": ("program", b"#!/bin/sh\nrm -rf /\n"),
    "windows program": ("program", b"MZ" + bytes(200)),
    "elf": ("program", b"\x7fELF" + bytes(200)),
    "shortcut": ("program", b"\x4c\x00\x00\x00\x01\x14\x02" + bytes(40)),
    "svg with script": ("markup", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    "svg behind a declaration": ("markup", b'\xef\xbb\xbf <?xml version="1.0"?><svg onload="alert(1)"/>'),
    "page in utf-16": ("markup", "<html><script>alert(1)</script>".encode("utf-16")),
    "page with comment": ("markup", b"<!-- x --><html>"),
    "rar": ("archive", b"Rar!\x1a\x07\x00" + bytes(40)),
    "gzip": ("archive", b"\x1f\x8b\x08" + bytes(40)),
    "zip of anything": ("archive", made.package({"读我.txt": b"x"})),
    "nested zip": ("archive", made.package({f"{n}.zip": made.package({"a": b"a"}) for n in range(42)})),
    "zip within a document": ("archive", made.docx(**{"word/inner.zip": made.package({"a": b"a"})})),
    "zip bomb": ("unpacks_too_large", made.docx(**{"word/media/0.bin": bytes(257 << 20)})),
    "small zip bomb": ("packed_too_tightly", made.docx(**{"word/media/0.bin": bytes(64 << 20)})),
    "many parts": ("unpacks_too_large", made.docx(**{f"word/{n}": b"" for n in range(2_001)})),
    "bomb that claims one byte": ("damaged", made.claims_little(made.docx(**{"word/z.bin": bytes(1 << 20)}))),
    "overlapping parts": ("damaged", made.overlapping()),
    "path upwards": ("damaged", made.docx(**{"../../etc/passwd": b"x"})),
    "path backwards": ("damaged", made.docx(**{"..\\..\\x": b"x"})),
    "absolute path": ("damaged", made.docx(**{"/etc/passwd": b"x"})),
    "symbolic link": ("damaged", made.package({"word/document.xml": b"/etc/passwd"}, mode=0o120777)),
    "macros": ("macros", made.docx(**{"word/vbaProject.bin": b"x"})),
    "old macros": ("macros", made.compound("WordDocument", "_VBA_PROJECT")),
    "encrypted document": ("encrypted", made.compound("EncryptedPackage")),
    "pixel flood": ("too_many_pixels", made.png(30_000, 30_000)),
    "jpeg flood": ("too_many_pixels", made.jpeg(60_000, 60_000)),
    "webp flood": ("too_many_pixels", made.webp(16_000, 16_000)),
    "heic flood": ("too_many_pixels", made.heic(30_000, 30_000)),
    "gif that is a script": ("two_kinds", made.gif(b"/*", b"*/=1;alert(1)//")),
    "gif with a tail": ("two_kinds", made.gif() + b";alert(1)"),
    "png with a zip behind": ("two_kinds", made.png() + made.package({"a": b"a"})),
    "jpeg with a zip behind": ("two_kinds", made.jpeg() + made.package({"a": b"a"})),
    "png with a page in a note": ("two_kinds", made.png(more=made.png_note(b"<script>alert(1)</script>"))),
    "mp4 with a pdf inside": ("two_kinds", made.box(b"ftyp", b"isom%PDF-1.4") + made.mp4()),
    "png cut short": ("damaged", made.png()[:-9]),
    "gif cut short": ("damaged", made.gif()[:-3]),
    "mp4 cut short": ("damaged", made.mp4()[:-3]),
    "pdf cut short": ("damaged", made.pdf()[:-12]),
    "pdf with javascript": ("active_pdf", made.pdf(LAUNCH)),
    "pdf with escapes": ("active_pdf", made.pdf(b"<< /S /J#61vaScript /#4aS (x) >>")),
    "pdf packed away": ("active_pdf", made.pdf(made.packed_objects(LAUNCH))),
    "pdf that starts programs": ("active_pdf", made.pdf(b"<< /S /Launch /F (cmd.exe) >>")),
    "pdf with a file inside": ("active_pdf", made.pdf(b"<< /EmbeddedFiles 3 0 R >>")),
    "pdf bomb": ("unpacks_too_large", made.pdf(made.packed_objects(bytes(65 << 20)))),
    "junk": ("unknown", bytes(range(256)) * 8),
    "no encoding": ("unknown", b"\x81\xff\x81\xff"),
}  # fmt: skip


def looked_into(content: bytes, name: str = "文件"):
    return inspect(io.BytesIO(content), name)


@pytest.mark.parametrize("kind", HONEST)
def test_an_honest_file_is_what_it_is_whatever_its_name(kind):
    found = looked_into(HONEST[kind], "证据.exe")
    assert (found.kind, found.size, found.scanned_by) == (FileKind(kind), len(HONEST[kind]), "")
    assert found.name == f"证据.exe.{kind}"
    assert b"".join(found.pieces()) == HONEST[kind]


def test_every_kind_has_its_sample():
    assert {*HONEST} == {*FileKind.values}


def test_a_large_photograph_with_a_tail_is_taken():
    assert looked_into(PHOTOGRAPH).kind == FileKind.JPEG


@pytest.mark.parametrize("which", HOSTILE)
def test_a_hostile_file_is_refused_in_words(which):
    code, content = HOSTILE[which]
    with pytest.raises(EvidenceRefused) as refused:
        looked_into(content)
    assert refused.value.code == code
    for language in ("en", "zh-hans"):
        with translation.override(language):
            text = str(refused.value)
        assert "%" not in text
        assert len(text) > 10


def test_every_refusal_of_a_file_was_seen():
    """The others are of the association's space and of the scanner, which have tests of their own."""
    assert {*REFUSALS} - {code for code, _content in HOSTILE.values()} == {
        "too_large", "quota", "infected", "not_scanned",
    }  # fmt: skip


def test_papers_and_recordings_have_their_limits(settings):
    settings.EVIDENCE_MOST_MB, settings.EVIDENCE_MOST_RECORDING_MB = 1, 2
    large = made.mp4() + made.box(b"free", bytes(1 << 20))
    assert looked_into(large).kind == FileKind.MP4
    for content, most in ((large + made.box(b"free", bytes(1 << 20)), 2), (b"a" * ((1 << 20) + 1), 1)):
        with pytest.raises(EvidenceRefused) as refused:
            looked_into(content)
        assert (refused.value.code, refused.value.params["most"]) == ("too_large", most)


@pytest.mark.parametrize(
    ("name", "kind", "clean"),
    [
        ("聊天记录.PNG", FileKind.PNG, "聊天记录.png"),
        ("photo.JPEG", FileKind.JPEG, "photo.jpeg"),
        ("invoice.pdf.exe", FileKind.PDF, "invoice.pdf.exe.pdf"),
        ("../../etc/passwd", FileKind.TXT, "passwd.txt"),
        ("C:\\temp\\账本.xls", FileKind.XLS, "账本.xls"),
        ("gpj.\u202etxt.exe", FileKind.PNG, "gpj.txt.exe.png"),
        ("a\r\nSet-Cookie: x=1.png", FileKind.PNG, "aSet-Cookie_ x=1.png"),
        ("nul.txt", FileKind.TXT, "文件 nul.txt"),
        ("", FileKind.PDF, "文件.pdf"),
        (".htaccess", FileKind.TXT, "htaccess.txt"),
        ("名" * 300 + ".pdf", FileKind.PDF, "名" * 100 + ".pdf"),
        ("𠮷野家.pdf", FileKind.PDF, "𠮷野家.pdf"),
        ('<img src=x onerror="1">.gif', FileKind.GIF, "_img src=x onerror=_1__.gif"),
    ],
)
def test_names_are_cleaned(name, kind, clean):
    assert cleaned(name, kind).replace("File", "文件") == clean
