"""Files as clerks keep them."""

import gc
import io
import json
import time
from collections import Counter
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.paperwork import dates
from core.paperwork.reading import Limits, read
from core.paperwork.refusals import PaperworkRefused
from core.paperwork.reports import HEADINGS as REPORT_HEADINGS
from core.paperwork.reports import write_report_csv
from core.paperwork.schemas import Column, Schema
from core.subjects.identifiers import uscc_check_character
from tests.core.paperwork.conftest import HEADINGS, PARSED, ROW, codes, csv_of, values

# What reading alone can tell of expected.json: rows by their first problem.
TOLD = {
    "会员名册.xlsx": {"": 168, "wrong_check_digit": 6, "wrong_length": 6, "missing_name": 2},
    "省协会单位会员.csv": {"": 588, "bad_code": 12},
    "主播名单.csv": {"": 137, "wrong_identity_number": 3},
    "培训签到表.xlsx": {"": 453},
    "历年决定.csv": {"": 46},
    "平台月报.jsonl": {"": 3_000, "bad_json": 6, "negative_number": 4},
}
KINDS = {
    "会员名册.xlsx": ("xlsx", "", 182),
    "省协会单位会员.csv": ("csv", "gb18030", 600),
    "主播名单.csv": ("csv", "utf-8", 140),
    "培训签到表.xlsx": ("xlsx", "", 453),
    "历年决定.csv": ("csv", "utf-8", 46),
    "平台月报.jsonl": ("jsonl", "utf-8", 3_010),
}


def test_the_six_files(real):
    name, path, schema = real
    table = read(path, schema)
    assert (table.kind, table.encoding, len(table)) == KINDS[name]
    assert Counter(r.problems[0].code if r.problems else "" for r in table) == TOLD[name]


def test_the_members_list_as_expected(file):
    table, expected = file("会员名册.xlsx")
    assert table.heading_row == 3
    assert table.skipped == [(189, "total")]
    assert table.unknown == ["序号", "联系人", "联系电话", "备注"]
    good = [record.values for record in table if not record.problems]
    future = [row for row in good if row["joined_on"] > date(2026, 11, 22)]
    repeated = len(good) - len({row["uscc"] for row in good})
    assert (len(future), repeated) == (expected["joined_in_future"], expected["duplicates_in_file"])
    assert len(good) - len(future) - repeated == expected["accepted"]


def test_the_training_sheet_as_expected(file):
    table, expected = file("培训签到表.xlsx")
    present = Counter(row["present"] for row in values(table))
    assert present == {True: expected["attended"] + expected["unknown_member"], False: expected["absent"]}


def test_the_decisions_as_expected(file):
    table, expected = file("历年决定.csv")
    rows = values(table)
    assert len(rows) == expected["rows"]
    assert sum(3 * row["present"] < 2 * row["due"] for row in rows) == expected["below_two_thirds_present"]
    measures = Counter(row["measure"] for row in rows)
    assert (measures["L6"], measures["L5"]) == (expected["lifetime"], expected["expelled"])
    assert sum(row["noticed_on"] is None for row in rows) == 2


def test_the_figures_as_expected(file):
    table, expected = file("平台月报.jsonl")
    whole = [row for row in values(table) if row]
    wrong = sum(
        row["orders"] is None or max(row["upheld"], row["answered"], row["resolved"]) > row["closed"]
        for row in whole
    )
    assert len(table) == expected["lines"]
    assert len(table) - len(whole) + wrong == expected["refused"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_encoding_and_delimiter(members, encoding, delimiter):
    text = "\r\n".join(delimiter.join(row) for row in [HEADINGS, ROW, ROW])
    table = read(io.BytesIO(text.encode(encoding)), members)
    assert values(table) == [PARSED, PARSED]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_broken_byte_costs_its_row(members, encoding):
    rows = [csv_of(HEADINGS, *[ROW] * 30, ["坏", *ROW[1:]], ROW).decode().encode(encoding)]
    data = rows[0].replace("坏".encode(encoding), "坏".encode(encoding)[:1] + b"\xff")
    table = read(io.BytesIO(data), members)
    assert [code for code in codes(table) if code] == [["bad_name"]]
    assert (len(table), table.encoding) == (32, {"gbk": "gb18030"}.get(encoding, encoding))


def test_missing_cells_are_told_in_the_order_of_the_schema(members):
    table = read(io.BytesIO(csv_of(HEADINGS, ["", "", "商家", "31.12.2024"])), members)
    assert codes(table) == [["missing_name", "missing_uscc", "bad_date"]]


def test_text_written_as_a_formula_is_text(members):
    row = [ROW[0], f'"=""{ROW[1]}"""', *ROW[2:]]
    assert values(read(io.BytesIO(csv_of(HEADINGS, row)), members)) == [PARSED]


def test_words_that_say_nothing():
    schema = Schema(
        (
            Column("a", ("甲",), "a", required=True),
            Column("until", ("至",), "u", dates.day, nothing=frozenset({"无", "至今", "—"})),
        )
    )
    rows = [["甲", "至"], ["1", "无"], ["2", " 至今 "], ["3", "－－"], ["4", "2024-05-29"]]
    table = read(io.BytesIO(csv_of(*rows)), schema)
    assert [row["until"] for row in values(table)] == [None, None, None, date(2024, 5, 29)]
    assert codes(table) == [[], [], ["bad_date"], []]


def test_what_is_said_once_for_the_rows_below():
    schema = Schema(
        (
            Column("course", ("课程",), "c", required=True, ditto=True),
            Column("day", ("日期",), "d", dates.day, required=True, ditto=True),
            Column("who", ("姓名",), "w", required=True),
        )
    )
    rows = [
        ["课程", "日期", "姓名"],
        ["合规", "2024-05-29", "甲"],
        ["", "", "乙"],
        ["同上", "〃", "丙"],
        ["", "2024-06-01", "丁"],
    ]
    table = read(io.BytesIO(csv_of(*rows)), schema)
    assert [(row["course"], row["day"]) for row in values(table)] == [("合规", date(2024, 5, 29))] * 3 + [
        (None, date(2024, 6, 1))
    ]
    assert codes(table) == [[], [], [], ["missing_course"]]


def test_cells_of_a_workbook_keep_their_meaning(xlsx):
    schema = Schema(tuple(Column(name, (name,), name, lambda cell: cell) for name in "abcdef"))
    row = [datetime(2024, 5, 29), datetime(2024, 5, 29, 9, 5), 4, 1.5, 110101191008274113, True]  # noqa: DTZ001 (workbooks know no zones)
    table = read(xlsx({"1": [list("abcdef"), row]}), schema)
    assert list(values(table)[0].values()) == [
        "2024-05-29",
        "2024-05-29T09:05:00",
        4,
        1.5,
        1.101011910082741e17,
        True,
    ]


def test_an_old_workbook(members, xls):
    table = read(xls([HEADINGS, [*ROW[:3], 45441]]), members)
    assert (table.kind, table.sheet, values(table)) == ("xls", "名册", [PARSED])


def test_json_lines(members):
    good = dict(zip(HEADINGS, ROW, strict=True))
    lines = [
        json.dumps(good),
        "",
        '{"会员名称": "禾闻',
        '{"会员名称": "甲", "会员名称": "乙"}',
        '{"会员名称": NaN}',
        "[1]",
        json.dumps({**good, "会员名称": {"a": 1}, "入会日期": None}, ensure_ascii=False),
    ]
    table = read(io.BytesIO("\n".join(lines).encode()), members)
    assert [record.row for record in table] == [1, 3, 4, 5, 6, 7]
    assert codes(table) == [
        [],
        ["bad_json"],
        ["bad_json"],
        ["bad_json"],
        ["bad_json"],
        ["bad_name", "missing_joined_on"],
    ]


def test_uploads_and_streams_read_alike(members):
    data = csv_of(HEADINGS, ROW)
    assert values(read(SimpleUploadedFile("页面.html", data), members)) == [PARSED]
    assert values(read(io.BytesIO(data), members)) == [PARSED]


def test_a_table_reads_again_and_lets_its_file_go(members):
    table = read(io.BytesIO(csv_of(HEADINGS, *[ROW] * 1_200)), members)
    first, second = iter(table), iter(table)
    assert [next(first).row, next(second).row, next(first).row] == [2, 2, 3]
    assert len(list(table)) == 1_200
    del table, first, second
    gc.collect()


def test_too_many_rows(members):
    with pytest.raises(PaperworkRefused) as refused:
        read(io.BytesIO(csv_of(HEADINGS, *[ROW] * 11)), members, limits=Limits(rows=10))
    assert (refused.value.code, refused.value.params) == ("too_many_rows", {"most": 10})


def test_the_report_names_row_column_and_reason_and_hides_what_is_personal(tmp_path):
    identity = Column(
        "identity", ("证件号码",), "identity number", _refuse, required=True, mask=lambda _: "***4113"
    )
    table = read(io.BytesIO("证件号码\n110101191008274113\n".encode()), Schema((identity,)))
    path = tmp_path / "report.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        write_report_csv(file, [problem for record in table for problem in record.problems])
    heading, line = path.read_text(encoding="utf-8-sig").splitlines()
    assert heading == ",".join(REPORT_HEADINGS)
    row, column, result, _chinese, english, code, value = line.split(",")
    assert (row, column, result, code, value) == ("2", "证件号码", "未导入 refused", "bad_value", "***4113")
    assert english == "This value cannot be read."


def _refuse(cell):
    raise ValueError(cell)


def test_a_hundred_thousand_rows(members, tmp_path):
    bodies = [f"91990000{number:09d}" for number in range(100_000)]
    path = tmp_path / "large.csv"
    with path.open("w", encoding="gb18030") as file:
        file.write(",".join([*HEADINGS, "联系人", "电话", "备注", "序号"]) + "\n")
        file.writelines(
            f"某市禾闻{number}商贸有限公司,{body}{uscc_check_character(body)},商家,2024-5-29,周某,19900000992,,{number}\n"
            for number, body in enumerate(bodies)
        )
    started = time.monotonic()
    table = read(path, members)
    assert (len(table), sum(not record.problems for record in table)) == (100_000, 100_000)
    assert time.monotonic() - started < 10  # about 2 s on an idle machine
