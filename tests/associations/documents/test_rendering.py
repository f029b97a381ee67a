"""Real PDFs: what stands in them is what was told, and nothing that was told does anything."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from associations.documents import rendering
from associations.documents.rendering import Limits, Sheet, Unshowable, address_of, render
from tests.associations.documents import qr_reader
from tests.associations.documents.conftest import text_of

SHEET = Sheet(
    association="某市直播电商协会",
    title="纪律处分决定书",
    number="云直协决〔2026〕3号",
    day=date(2026, 5, 12),
    address="https://register.example/verify/AAAAAAAAAAAAAAAAAAAAAA/",
    blocks=[{"kind": "para", "text": "本会决定予以警告。"}],
)
HOSTILE = [
    '#read("/etc/passwd")', '#import "@preview/cetz:0.3.0"', '#include "/etc/hostname"', "#while true {}", "$x^2$",
    "#set page(footer: none)", "*粗* _斜_ `码` <标签> @引用", "// 注释", "/* 注释 */", "\\", "#panic()", "= 标题",
    "= 1 + 1", "https://example.org", "]]}))\"'#{", "&lt;script&gt;", "<script>alert(1)</script>", "%PDF-1.7", "~---..",
    "Noël naïve 'quote' \"dq\"",
]  # fmt: skip


def with_text(*texts: str, **changes) -> Sheet:
    return replace(SHEET, blocks=[{"kind": "para", "text": text} for text in texts], **changes)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_text_layer_is_what_was_told():
    kinds = [
        {"kind": "address", "text": "某市棠屿电子商务有限公司："},
        {"kind": "heading", "text": "一、事实"},
        {"kind": "para", "text": "以从未成交的“原价”作比较；《办法》第十八条。"},
        {"kind": "list", "items": ["评议甲", "评议乙"]},
    ]
    read = text_of(render(replace(SHEET, blocks=kinds)))
    for said in (SHEET.association, SHEET.title, SHEET.number, "2026年5月12日", SHEET.address):
        assert said in read
    assert (
        "某市棠屿电子商务有限公司：一、事实以从未成交的“原价”作比较；《办法》第十八条。1.评议甲2.评议乙"
        in read
    )


def test_hostile_words_come_out_as_they_are_written():
    read = text_of(render(with_text(*HOSTILE, association=HOSTILE[0], number="#panic()〔2026〕1号")))
    for text in HOSTILE:
        assert squeezed(text) in read, text


def test_characters_beyond_the_basic_plane_are_shown():
    names = "𠮷野𠀋𡈽𡌛𡑮𢌞𣜿𤭖𥧄𦰩"
    assert names in text_of(render(with_text(names)))


def test_a_character_that_no_font_has_is_told():
    with pytest.raises(Unshowable, match="𪚥"):
        render(with_text("龙𪚥龙"))


def test_the_same_words_give_the_same_bytes():
    first, second = render(SHEET), render(SHEET)
    assert first == second
    assert first != render(replace(SHEET, number="云直协决〔2026〕4号"))
    about = pypdf.PdfReader(io.BytesIO(first)).metadata
    assert (about.author, about.title) == (SHEET.association, f"{SHEET.title} {SHEET.number}")
    assert about.creation_date.date() == SHEET.day


def test_the_guide_is_the_second_page_and_only_where_there_is_one():
    guide = [{"kind": "para", "text": "可以申请修复。"}]
    one, two = (
        pypdf.PdfReader(io.BytesIO(render(replace(SHEET, guide=each)))).pages for each in (None, guide)
    )
    assert (len(one), len(two)) == (1, 2)
    assert "可以申请修复。" in squeezed(two[1].extract_text())
    assert SHEET.number in squeezed(two[1].extract_text())


def test_a_long_text_runs_over_pages_and_keeps_its_foot():
    pages = pypdf.PdfReader(io.BytesIO(render(with_text(*["本会经调查认定。" * 40] * 12)))).pages
    assert len(pages) > 1
    for page in pages:
        assert squeezed(SHEET.address) in squeezed(page.extract_text())


def test_the_file_is_archival_and_does_nothing():
    paper = render(SHEET)
    assert b"pdfaid:part" in paper
    for active in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/OpenAction"):
        assert active not in paper


@pytest.mark.parametrize(
    "site", ["http://a.cn", "https://a.cn", "https://register.example", f"https://{'long.' * 9}example.cn"]
)
def test_the_code_on_paper_leads_to_the_page_that_verifies_it(settings, site):
    """Read off the finished PDF by the standard, not by what drew it."""
    settings.SITE_URL = f"{site}/"
    address = address_of("A" * 22)
    assert address == f"{site}/verify/AAAAAAAAAAAAAAAAAAAAAA/"
    assert qr_reader.read(qr_reader.squares(render(replace(SHEET, address=address)))) == address


def test_a_single_wrong_square_would_be_seen():
    drawn = qr_reader.squares(render(SHEET))
    for y, x in ((3, 3), (8, 4), (20, 20), (len(drawn) - 1, len(drawn) - 1)):
        drawn[y][x] ^= True
        with pytest.raises(AssertionError):
            qr_reader.read(drawn)
        drawn[y][x] ^= True
    assert qr_reader.read(drawn) == SHEET.address


# --- the child ---


def test_a_document_that_takes_too_long_is_stopped():
    with pytest.raises(Unshowable, match=r"too long"):
        render(with_text(*["某" * 400] * 20_000), limits=Limits(seconds=1))


def test_a_document_that_takes_too_much_memory_is_stopped():
    with pytest.raises(Unshowable, match="memory"):
        render(with_text(*["某" * 400] * 20_000), limits=Limits(memory_bytes=420 << 20))


@pytest.mark.parametrize(
    "frame",
    [
        '#read("/etc/hostname")', '#read("../../../../etc/hostname")', '#include "/etc/hostname"',
        '#import "@preview/cetz:0.3.0": *', '#dictionary(std).at("re" + "ad")("/etc/hostname")',
        '#image("/etc/hostname")', '#plugin("/etc/hostname")', "#while true {}", "#let f(n) = f(n + 1)\n#f(1)",
        '#set text(font: "Nothing")\n#read("/proc/self/environ")',
    ],
)  # fmt: skip
def test_even_a_program_in_the_frames_place_finds_closed_doors(frame, monkeypatch):
    """Templates cannot bring typst's language in; were it to come in, it would find no file, no network, no time."""
    monkeypatch.setattr(rendering, "frame", lambda: frame)
    with pytest.raises(Unshowable):
        render(SHEET, limits=Limits(seconds=3))


def test_the_child_opens_nothing_once_it_reads_the_frame(tmp_path):
    """Seen from outside: with its own folder as root, holding the file it asks for, it still gets nothing."""
    (tmp_path / "secret.txt").write_text("秘密")
    request = {
        "limits": {"seconds": 10, "memory_bytes": 2 << 30}, "told": {}, "fonts": rendering.fonts(),
        "root": str(tmp_path), "timestamp": 0, "frame": '#read("/secret.txt")',
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-I", "-c", rendering._START],
        input=json.dumps(request).encode(), capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (4, b"")
    assert b"Too many open files" in done.stderr
