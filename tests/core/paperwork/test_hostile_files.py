"""Wrong and hostile files, really made: each gets its own clear refusal, and quickly."""

import io
import random
import struct
import time
import zipfile

import pytest

from core.paperwork.reading import Limits, read
from core.paperwork.refusals import REFUSALS, PaperworkRefused

HEADINGS = ["会员名称", "统一社会信用代码", "会员类别", "入会日期"]
ROW = ["禾闻文化传媒有限公司", "9199000077631706DQ", "MCN机构", "2024-05-29"]
CSV = (",".join(HEADINGS) + "\n" + ",".join(ROW) + "\n").encode()


def refusal(source, schema, limits=None):
    started = time.monotonic()
    with pytest.raises(PaperworkRefused) as refused:
        read(source, schema, limits=limits or Limits())
    assert time.monotonic() - started < 25
    return refused.value


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("empty", b""),
        ("empty", b"\xef\xbb\xbf\r\n \r\n"),
        ("empty", b"\0" * 5_000),
        ("empty", b"PK\x05\x06" + bytes(18)),
        ("picture", b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(100)),
        ("picture", b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(100)),
        ("picture", b"GIF89a" + bytes(100)),
        ("picture", b"RIFF\x10\0\0\0WEBPVP8 " + bytes(50)),
        ("pdf", b"%PDF-1.7\n%\xe2\xe3"),
        ("archive", b"Rar!\x1a\x07\x01\0" + bytes(50)),
        ("archive", b"\x1f\x8b\x08" + bytes(50)),
        ("html", b"<html><table><tr><td>1</td></tr></table></html>"),
        ("html", "\ufeff\n <!DOCTYPE HTML><html><body>名册</body></html>".encode()),
        ("html", "<table><tr><td>名称</td></tr></table>".encode("utf-16")),
        ("html", b'<meta charset="gbk"><table>'),
        ("html", b"MIME-Version: 1.0\r\nX-Document-Type: Workbook"),
        ("xml", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
        ("document", b"{\\rtf1\\ansi"),
        ("not_a_table", b"\x7fELF\x02\x01" + bytes(200)),
        ("not_a_table", b"MZ\x90\0" + bytes(200)),
        ("not_a_table", random.Random(7).randbytes(20_000)),  # noqa: S311 (junk, not a secret)
        ("unknown_encoding", "会员名称,代码\n".encode() + b"\xff\x20\xff"),
        ("damaged", b"PK\x03\x04" + bytes(500)),
        ("damaged", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)),
        ("json_array", b'[{"a": 1}]'),
        ("not_json_lines", b"{not json\n{at all\n"),
        ("quote_not_closed", ",".join(HEADINGS).encode() + '\n甲,"乙,丙\n丁,戊,己,庚\n'.encode()),
        ("cell_too_long", ",".join(HEADINGS).encode() + b"\n" + b"x" * 40_000),
        ("too_many_columns", b"," * 2_000),
    ],
)
def test_what_is_no_spreadsheet(members, code, data):
    if code == "too_many_columns":
        data = CSV + data
    assert refusal(io.BytesIO(data), members).code == code


def test_a_sheet_of_two_gigabytes_is_not_even_opened(members, tmp_path):
    path = tmp_path / "sheet.xlsx"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    refused = refusal(path, members)
    assert (refused.code, refused.params) == ("too_large", {"megabytes": 2048, "most": 100})


def zipped(members_, *, level=9):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, content in members_.items():
            package.writestr(name, content)
    file.seek(0)
    return file


def test_a_zip_bomb(members):
    bomb = zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"0" * (40 << 20)}, level=9)
    assert refusal(bomb, members).code == "packed_too_tightly"


def test_a_package_that_unpacks_too_large(members):
    refused = refusal(
        zipped({"xl/workbook.xml": b"x", "a": b"0" * (3 << 20)}), members, Limits(unpacked_bytes=2 << 20)
    )
    assert (refused.code, refused.params) == ("unpacks_too_large", {"megabytes": 3, "most": 2})


def test_a_package_of_too_many_members(members):
    many = zipped({"xl/workbook.xml": b"x"} | {f"xl/{number}.xml": b"x" for number in range(200)})
    refused = refusal(many, members)
    assert (refused.code, refused.params) == ("too_many_members", {"members": 201, "most": 200})


def test_a_package_that_lies_about_its_size(members, xlsx):
    path = xlsx({"1": [HEADINGS, ROW]})
    data = bytearray(path.read_bytes())
    at = data.find(b"xl/worksheets/sheet1.xml", data.find(b"PK\x01\x02")) - 46
    struct.pack_into("<I", data, at + 24, 10)  # the directory now names ten bytes
    assert refusal(io.BytesIO(data), members).code == "damaged"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("word/document.xml", "document"),
        ("content.xml", "open_document"),
        ("xl/workbook.bin", "binary_workbook"),
        ("../../etc/passwd", "archive"),
        ("名册.xlsx", "archive"),
    ],
)
def test_packages_of_another_kind(members, name, code):
    assert refusal(zipped({name: b"x"}), members).code == code


@pytest.mark.parametrize(
    ("stream", "code"),
    [("EncryptedPackage", "encrypted"), ("WordDocument", "document"), ("Contents", "not_a_table")],
)
def test_compound_files_of_another_kind(members, compound, stream, code):
    assert refusal(compound(stream), members).code == code


def test_an_encrypted_old_workbook(members, xls):
    path = xls([HEADINGS, ROW], prefix=struct.pack("<HHHH", 0x002F, 4, 1, 1))
    assert refusal(path, members).code == "encrypted"


def test_a_formula_among_the_data_is_named(members, xlsx):
    refused = refusal(xlsx({"1": [["名册"], HEADINGS, ROW, [ROW[0], '=CONCAT("9",B3)', *ROW[2:]]]}), members)
    assert (refused.code, refused.params) == (
        "formula",
        {"cell": "B4", "row": 4, "heading": "统一社会信用代码"},
    )
    assert refused.text("en") == (
        "Cell B4 (统一社会信用代码) holds a formula. Formulas are not computed, so nothing was imported."
    )


def test_formulas_outside_the_data_do_no_harm(members, xlsx):
    rows = [["=1+1"], [*HEADINGS, "备注"], [*ROW, "=A1"], ["合计", "=COUNTA(B3:B9)", None, None, "=1"]]
    assert len(read(xlsx({"1": rows}), members)) == 1


@pytest.mark.parametrize("sign", ["=", "＝", " =", "\u200b=", "\t="])
def test_a_formula_in_a_text_table(members, sign):
    line = f"{ROW[0]},{ROW[1]},{sign}HYPERLINK(1),{ROW[3]}\n"
    refused = refusal(io.BytesIO(CSV + line.encode()), members)
    assert (refused.code, refused.params["cell"]) == ("formula", "C3")


def test_a_formula_in_an_old_workbook(members, xls):
    refused = refusal(xls([HEADINGS, ROW, [*ROW[:3], ("=", 45441.0)]]), members)
    assert (refused.code, refused.params["cell"]) == ("formula", "D3")


def test_a_cell_in_the_farthest_corner_costs_no_memory_here(members, xlsx):
    path = xlsx({"1": [HEADINGS, ROW]})
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    corner = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", corner)
    assert refusal(zipped(parts), members).code == "too_much_memory"


def test_entities_do_not_multiply(members, xlsx):
    path = xlsx({"1": [HEADINGS, ROW]})
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    parts["xl/workbook.xml"] = (
        parts["xl/workbook.xml"]
        .replace(b"<workbook", f'<!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]><workbook'.encode(), 1)
        .replace(b"</workbook>", b"&l9;</workbook>")
    )
    assert refusal(zipped(parts), members).code == "damaged"


def test_a_parser_that_takes_too_long_is_stopped(members):
    line = ",".join(ROW) + "\n"
    data = CSV + line.encode() * 150_000
    refused = refusal(io.BytesIO(data), members, Limits(seconds=0))
    assert (refused.code, refused.params) == ("too_slow", {"seconds": 0})


def test_memory_is_bounded(members):
    data = CSV + (",".join(ROW) + "\n").encode() * 150_000
    assert refusal(io.BytesIO(data), members, Limits(memory_bytes=56 << 20)).code == "too_much_memory"


def test_damage_anywhere_is_refused_or_read_never_an_error(members, xlsx):
    whole = xlsx({"1": [HEADINGS, ROW]}).read_bytes()
    chance = random.Random(11)  # noqa: S311 (places to damage, no secret)
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(8):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        try:
            list(read(io.BytesIO(data[: chance.randrange(400, len(data))]), members))
        except PaperworkRefused as refused:
            assert refused.code in REFUSALS  # noqa: PT017 (either outcome is right)


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_every_refusal_says_what_and_what_to_do(code):
    message, remedy = REFUSALS[code]
    assert message.endswith(".")
    assert remedy.endswith(".")
    assert message != remedy


def test_damage_anywhere_in_an_old_workbook(members, xls):
    whole = xls([HEADINGS, ROW]).read_bytes()
    chance = random.Random(13)  # noqa: S311 (places to damage, no secret)
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(8):
            data[chance.randrange(8, 2_048)] = chance.randrange(256)
        try:
            list(read(io.BytesIO(data), members))
        except PaperworkRefused as refused:
            assert refused.code in REFUSALS  # noqa: PT017 (either outcome is right)


def test_endless_punctuation_does_not_stop_the_reading(members):
    line = f"{':' * 32_000}a,,,\n" * 20
    table = read(io.BytesIO(CSV + line.encode()), members)
    assert [len(record.problems) for record in table] == [0, *[4] * 20]
