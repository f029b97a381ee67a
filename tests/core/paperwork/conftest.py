"""Files as clerks and attackers make them, and the schemas the six real files are read by."""

import json
import struct
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from core.paperwork import cells, dates, words
from core.paperwork.reading import read
from core.paperwork.schemas import Column, Schema
from core.subjects.identifiers import (
    mask_identity,
    mask_name,
    parse_identifier,
    parse_identity,
    parse_uscc,
)
from core.subjects.names import parse_name

FILES = Path(__file__).parent / "files"
HEADINGS = ["会员名称", "统一社会信用代码", "会员类别", "入会日期"]
ROW = ["禾闻文化传媒有限公司", "9199000077631706DQ", "MCN机构", "2024-05-29"]
PARSED = {
    "name": "禾闻文化传媒有限公司",
    "uscc": "9199000077631706DQ",
    "category": "agency",
    "joined_on": date(2024, 5, 29),
    "status": "active",
}

USCC = Column("uscc", ("统一社会信用代码", "信用代码"), "credit code", parse_uscc, required=True)
MEMBERS = Schema(
    (
        Column("name", ("会员名称", "单位名称", "名称"), "name", parse_name, required=True),
        USCC,
        Column("category", ("会员类别", "类型", "类别"), "category", words.category, required=True),
        Column("joined_on", ("入会日期", "加入时间"), "joined on", dates.day, required=True),
        Column("status", ("状态",), "status", words.membership_status, blank="active"),
    )
)
STREAMERS = Schema(
    (
        Column("stage_name", ("艺名",), "stage name", parse_name, required=True),
        Column("legal_name", ("真实姓名",), "legal name", parse_name, required=True, mask=mask_name),
        Column(
            "identity", ("证件号码",), "identity number", parse_identity, required=True, mask=mask_identity
        ),
        Column("agency", ("签约机构信用代码",), "agency", parse_uscc),
        Column("since", ("签约开始",), "since", dates.day),
        Column("consent", ("公示授权",), "consent", words.yes, blank=False),
    )
)
TRAINING = Schema(
    (
        Column("course", ("课程",), "course", required=True),
        Column("day", ("日期",), "day", dates.day, required=True),
        Column("hours", ("学时",), "hours", cells.hours, required=True),
        Column("who", ("信用代码/证件号",), "who", parse_identifier, required=True, mask=mask_identity),
        Column("present", ("签到",), "present", words.attended, required=True, filled=False, blank=False),
        Column("score", ("成绩",), "score", cells.score),
    )
)
DECISIONS = Schema(
    (
        Column("number", ("决定文号",), "number", required=True),
        Column("decided_on", ("决定日期",), "decided on", dates.day, required=True),
        Column("who", ("代码或证件号",), "who", parse_identifier, required=True, mask=mask_identity),
        Column("severity", ("严重程度",), "severity", words.severity, required=True),
        Column("measure", ("措施",), "measure", words.measure, required=True),
        Column("due", ("应到委员",), "due", cells.count, required=True),
        Column("present", ("实到委员",), "present", cells.count, required=True),
        Column("noticed_on", ("告知送达日",), "noticed on", dates.day, required=True, filled=False),
        Column("statement", ("申辩",), "statement", words.statement),
    )
)
FIGURES = Schema(
    (
        Column("who", ("主体", "subject"), "subject", parse_identifier, required=True, mask=mask_identity),
        Column("period", ("月份", "period"), "period", dates.month, required=True),
        Column("platform", ("平台", "platform"), "platform", required=True),
        Column("orders", ("订单", "orders"), "orders", cells.count, required=True),
        Column("upheld", ("complaints_upheld",), "upheld", cells.count, required=True),
        Column("closed", ("complaints_closed",), "closed", cells.count, required=True),
        Column("answered", ("answered_in_time",), "answered", cells.count, required=True),
        Column("resolved", ("resolved",), "resolved", cells.count, required=True),
    )
)
SCHEMAS = {
    "会员名册.xlsx": MEMBERS,
    "省协会单位会员.csv": MEMBERS,
    "主播名单.csv": STREAMERS,
    "培训签到表.xlsx": TRAINING,
    "历年决定.csv": DECISIONS,
    "平台月报.jsonl": FIGURES,
}
HEADINGS = ["会员名称", "统一社会信用代码", "会员类别", "入会日期"]
ROW = ["禾闻文化传媒有限公司", "9199000077631706DQ", "MCN机构", "2024-05-29"]


@pytest.fixture
def members():
    """Give the schema of a members' list."""
    return MEMBERS


@pytest.fixture(params=sorted(SCHEMAS))
def real(request):
    """Give each of the six files: name, path, schema."""
    return request.param, FILES / request.param, SCHEMAS[request.param]


@pytest.fixture
def file():
    """Read one of the six files by name; give its table and what is expected of it."""
    expected = json.loads((FILES / "expected.json").read_text())
    return lambda name: (read(FILES / name, SCHEMAS[name]), expected[name])


@pytest.fixture
def xlsx(tmp_path):
    """Make a workbook of sheets: name → rows; `merge` ranges go into the first."""

    def make(sheets, *, merge=()):
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        for area in merge:
            book.worksheets[0].merge_cells(area)
        path = tmp_path / "file.bin"
        book.save(path)
        return path

    return make


@pytest.fixture
def xls(tmp_path):
    """Make an old workbook of one sheet by hand; a cell ("=", number) is a formula with that value."""

    def make(rows, *, prefix=b""):
        path = tmp_path / "old.bin"
        path.write_bytes(_compound(_biff(rows, prefix), "Workbook"))
        return path

    return make


@pytest.fixture
def compound(tmp_path):
    """Make a compound file with one stream of a name."""

    def make(name):
        path = tmp_path / "compound.bin"
        path.write_bytes(_compound(b"\x01" * 5_000, name))
        return path

    return make


def _record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def _biff(rows, prefix):
    name = "名册".encode("utf-16-le")
    beginning = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6)) + prefix
    size = len(beginning) + 4 + 8 + len(name) + 4
    sheet_at = struct.pack("<IBBBB", size, 0, 0, 2, 1)
    stream = beginning + _record(0x0085, sheet_at + name) + _record(0x000A)
    stream += _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    for row, cells_ in enumerate(rows):
        for column, cell in enumerate(cells_):
            at = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, tuple):
                value = struct.pack("<dHIH", cell[1], 0, 0, 3) + b"\x1e\x01\x00"
                stream += _record(0x0006, at + value)
            elif isinstance(cell, str):
                label = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                stream += _record(0x0204, at + label)
            elif cell is not None:
                stream += _record(0x0203, at + struct.pack("<d", cell))
    return stream + _record(0x000A)


def _compound(stream, name):
    stream = stream.ljust(max(4_096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0
    )
    header += struct.pack("<108I", *[0xFFFFFFFF] * 108)
    entries = b""
    for title, kind, child, start, size in (
        ("Root Entry", 5, 1, 0xFFFFFFFE, 0),
        (name, 2, 0xFFFFFFFF, 2, len(stream)),
    ):
        raw = (title + "\0").encode("utf-16-le")
        entries += raw.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child
        )
        entries += bytes(36) + struct.pack("<IQ", start, size)
    fat = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    assert len(fat) == 512
    return header + fat + entries.ljust(512, b"\0") + stream


def csv_of(*rows):
    return "\n".join(",".join(row) for row in rows).encode()


def values(table):
    return [record.values for record in table]


def codes(table):
    return [[problem.code for problem in record.problems] for record in table]
