"""Where the headings are, what the title says for every row, and which rows are data."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from core.paperwork.reading import read
from core.paperwork.refusals import PaperworkRefused
from core.paperwork.schemas import Column, Schema
from tests.core.paperwork.conftest import HEADINGS, PARSED, ROW, codes, csv_of, values


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
        ["一、平台企业（1家）", "", "", ""],
        ["（二）MCN机构", "", "", ""],
        ["以上共２家会员单位", "", "", ""],
        ["日期：2025年1月1日", "", "", ""],
        ["制表：周某", "", "审核：孙某", ""],
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
        (14, "note"),
        (15, "note"),
        (16, "total"),
        (17, "note"),
        (18, "note"),
    ]
    assert table.skipped_count == 12


def test_rows_that_hold_only_the_number_written_beforehand_are_blank(members):
    rows = [["序号", *HEADINGS], ["1", *ROW], ["2", "", "", "", ""], ["3", "", "", "", ""]]
    table = read(io.BytesIO(csv_of(*rows)), members)
    assert (len(table), table.skipped, table.skipped_count) == (1, [], 2)


def test_a_name_that_looks_like_a_total_is_data(members):
    row = ["小计", *ROW[1:]]
    assert [r.values["name"] for r in read(io.BytesIO(csv_of(HEADINGS, row)), members)] == ["小计"]


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


def test_headings_of_two_rows_in_a_text_table(members):
    upper = ["会员名称", "统一社会信用代码", "入会信息", ""]
    table = read(io.BytesIO(csv_of(upper, ["", "", "会员类别", "入会日期"], ROW)), members)
    assert (table.heading_row, values(table)) == (2, [PARSED])


@pytest.mark.parametrize(
    "above",
    [
        [["名册　会员类别：MCN机构　入会日期：2024年5月29日"]],
        [["名册"], ["会员类别：", "MCN机构", "入会日期:", "2024-05-29"]],
    ],
)
def test_what_the_title_says_of_every_row(members, above):
    table = read(io.BytesIO(csv_of(*above, HEADINGS[:2], ROW[:2], ["", ROW[1]])), members)
    assert values(table) == [PARSED, {**PARSED, "name": None}]
    assert codes(table) == [[], ["missing_name"]]


def test_headings_in_traditional_characters(members):
    headings = ["會員名稱", "統一社會信用代碼", "會員類別", "入會日期"]
    assert values(read(io.BytesIO(csv_of(headings, ROW)), members)) == [PARSED]


def test_a_hidden_sheet_is_left_alone(members, xlsx):
    book = load_workbook(
        io.BytesIO(xlsx({"去年": [HEADINGS, ROW, ROW], "名册": [HEADINGS, ROW]}).read_bytes())
    )
    book["去年"].sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    table = read(file, members)
    assert (table.sheet, table.other_sheets) == ("名册", [("去年", False)])


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
