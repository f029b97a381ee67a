"""What is written for a spreadsheet holds no formula."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.paperwork.export import csv_lines, safe_cell, safe_text, write_csv, write_xlsx

STARTERS = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    "\0=",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "　=",
    "\u200b=",
    "\ufeff=",
]
STARTERS += ["\u202e=", "\u00ad+", "\u00a0@", "|", "%", "\x01=", "\u2028=", "\u200b －"]
PAYLOADS = [f"{starter}1+1" for starter in STARTERS] + [
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://x","y")',
    "@SUM(1)",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_a_spreadsheet_might_run_is_tamed(payload):
    assert safe_text(payload) == f"'{payload}"


@pytest.mark.parametrize(
    "text", ["禾闻", "a=b", "9199", "（演示）", "“三品一械”", "√", "", " 名", "'=1", "#1"]
)
def test_other_text_is_unchanged(text):
    assert safe_text(text) == text


def test_own_numbers_and_dates_are_no_text():
    own = [-5, -1.5, Decimal("-2.5"), True, dt.date(2024, 5, 29), dt.datetime(2024, 5, 29, 9)]  # noqa: DTZ001 (a wall clock)
    assert [safe_cell(value) for value in own] == own
    assert safe_cell(None) == ""


def test_csv_reads_back():
    file = io.StringIO(newline="")
    write_csv(file, ["名称", "=x"], [[payload, -5] for payload in PAYLOADS])
    rows = list(csv.reader(io.StringIO(file.getvalue().removeprefix("\ufeff"), newline="")))
    assert rows == [["名称", "'=x"], *[[f"'{payload}", "-5"] for payload in PAYLOADS]]


def test_csv_in_pieces_is_the_same():
    rows = [[f"名称{number}", number, "=1"] for number in range(20_000)]
    whole = io.StringIO(newline="")
    write_csv(whole, ["a", "b", "c"], rows)
    pieces = list(csv_lines(["a", "b", "c"], rows))
    assert b"".join(pieces).decode() == whole.getvalue()
    assert len(pieces) > 3


def test_xlsx_holds_no_formula_cells():
    file = io.BytesIO()
    day = dt.datetime(2024, 5, 29, 9, tzinfo=dt.UTC)
    write_xlsx(
        file,
        ["=名称", "数"],
        [*[[payload, -5] for payload in PAYLOADS], [day, None]],
        title="导出[1]:*?/\\" * 9,
    )
    sheet = load_workbook(file).active
    kinds = [[cell.data_type for cell in row] for row in sheet.iter_rows()]
    assert kinds == [["s", "s"], *[["s", "n"]] * len(PAYLOADS), ["s", "n"]]
    assert sheet["A1"].value == "'=名称"
    assert sheet.cell(len(PAYLOADS) + 2, 1).value == "2024-05-29T09:00:00+00:00"


@given(st.text())
def test_taming_is_all_or_nothing(text):
    assert safe_text(text) in {text, f"'{text}"}
    assert safe_text(safe_text(text)) == safe_text(text)
