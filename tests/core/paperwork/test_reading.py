"""Files as clerks keep them."""

import gc
import io
import json
import time
from collections import Counter
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from core.paperwork.reading import Limits, read
from core.paperwork.refusals import PaperworkRefused
from core.paperwork.reports import HEADINGS as REPORT_HEADINGS
from core.paperwork.reports import write_report_csv
from core.paperwork.schemas import Column, Schema
from core.subjects.identifiers import uscc_check_character

HEADINGS = ["会员名称", "统一社会信用代码", "会员类别", "入会日期"]
ROW = ["禾闻文化传媒有限公司", "9199000077631706DQ", "MCN机构", "2024-05-29"]
PARSED = {
    "name": "禾闻文化传媒有限公司",
    "uscc": "9199000077631706DQ",
    "category": "agency",
    "joined_on": date(2024, 5, 29),
    "status": "active",
}

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


def csv_of(*rows):
    return "\n".join(",".join(row) for row in rows).encode()


def values(table):
    return [record.values for record in table]


def codes(table):
    return [[problem.code for problem in record.problems] for record in table]


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


def test_headings_in_every_spelling(members):
    headings = ["会员\n名称（必填）", " 统一社会 信用代码＊", "类　别：", "【必填】加入时间"]
    quoted = ",".join(f'"{heading}"' for heading in headings)
    table = read(io.BytesIO(f"{quoted}\n{','.join(ROW)}".encode()), members)
    assert values(table) == [PARSED]
    assert table.written["name"] == "会员 名称（必填）"


def test_rows_clerks_write_between(members):
    rows = [
        ["某市直播电商协会会员名册", "", "", ""],
        ["填表说明：信用代码请填18位", "", "", ""],
        [],
        HEADINGS,
        ROW,
        [],
        ["小计", "1家", "", ""],
        HEADINGS,
        ROW,
        ["合计：２家", "", "", ""],
        ["", "", "总 计", ""],
        ["注：以上为2025年度数据", "", "", ""],
        ["制表人：周某", "", "审核人：孙某", ""],
    ]
    table = read(io.BytesIO(csv_of(*rows)), members)
    assert [record.row for record in table] == [5, 9]
    assert table.skipped == [
        (7, "total"),
        (8, "heading"),
        (10, "total"),
        (11, "total"),
        (12, "note"),
        (13, "note"),
    ]
    assert table.skipped_count == 7


def test_a_name_that_looks_like_a_total_is_data(members):
    row = ["小计", *ROW[1:]]
    assert [r.values["name"] for r in read(io.BytesIO(csv_of(HEADINGS, row)), members)] == ["小计"]


def test_missing_cells_are_told_in_the_order_of_the_schema(members):
    table = read(io.BytesIO(csv_of(HEADINGS, ["", "", "商家", "31.12.2024"])), members)
    assert codes(table) == [["missing_name", "missing_uscc", "bad_date"]]


def test_merged_cells_are_filled_downwards(xlsx):
    schema = Schema(
        (Column("course", ("课程",), "c", required=True), Column("who", ("姓名",), "w", required=True))
    )
    path = xlsx(
        {"签到": [["课程", "姓名"], ["合规必修", "甲"], [None, "乙"], [None, "丙"], ["宣讲", "丁"]]},
        merge=["A2:A4"],
    )
    assert [record.values["course"] for record in read(path, schema)] == ["合规必修"] * 3 + ["宣讲"]


def test_headings_of_two_rows(members, xlsx):
    rows = [
        ["会员名称", "基本情况", None, "入会日期"],
        [None, "统一社会信用代码", "会员类别", None],
        ROW,
    ]
    table = read(xlsx({"名册": rows}, merge=["A1:A2", "B1:C1", "D1:D2"]), members)
    assert (table.heading_row, values(table)) == (2, [PARSED])


def test_a_wide_merged_row_is_an_explanation(members, xlsx):
    rows = [HEADINGS, ROW, ["二、2025年新入会单位", None, None, None], ROW]
    table = read(xlsx({"名册": rows}, merge=["A3:D3"]), members)
    assert (len(table), table.skipped) == (2, [(3, "note")])


def test_the_sheet_with_headings_is_chosen_and_the_others_are_named(members, xlsx):
    table = read(
        xlsx({"说明": [["本表由秘书处填写"]], "名册": [HEADINGS, ROW], "旧": [HEADINGS, ROW]}), members
    )
    assert (table.sheet, table.other_sheets) == ("名册", [("说明", False), ("旧", True)])


def test_a_table_that_begins_lower_and_further_right(members):
    book = Workbook()
    for column, (heading, cell) in enumerate(zip(HEADINGS, ROW, strict=True), 3):
        book.active.cell(5, column, heading)
        book.active.cell(6, column, cell)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    assert [(record.row, record.values) for record in read(file, members)] == [(6, PARSED)]


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


def test_missing_headings_are_named(members):
    with pytest.raises(PaperworkRefused) as refused:
        read(io.BytesIO(csv_of(["会员名称", "代码", "电话"], ["a", "b", "c"])), members)
    assert refused.value.code == "missing_headings"
    assert refused.value.text("en") == (
        "Headings are missing: 统一社会信用代码, 会员类别, 入会日期. Found in row 1: 会员名称. Not known: 代码, 电话."
    )


def test_no_headings_at_all(members):
    with pytest.raises(PaperworkRefused) as refused:
        read(io.BytesIO("甲,乙\n丙,丁".encode()), members)
    assert (refused.value.code, refused.value.params["expected"]) == ("no_headings", HEADINGS)


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
