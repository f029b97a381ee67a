"""The import commands: reports, wrong files, wrong names; nothing is ever half done."""

import csv as csvs
import zipfile

import pytest
from django.core.management import CommandError

from associations.imports.models import Run
from associations.members.models import Membership
from associations.tenancy import scope
from tests.associations.imports.conftest import FILES, command
from tests.cast import uscc

HEAD = "会员名称,信用代码,类型,入会日期\n"


def test_the_report_names_row_column_and_reason_in_both_languages(city, tmp_path):
    path = tmp_path / "out.csv"
    command("members", city.slug, FILES / "会员名册.xlsx", "--report", str(path))
    head, *rows = csvs.reader(path.read_text(encoding="utf-8-sig").splitlines())
    assert head == ["行 Row", "列 Column", "结果 Result", "原因", "Reason", "代码 Code", "值 Value"]
    assert len(rows) == 18
    assert rows[1] == [
        "19", "统一社会信用代码", "未导入 refused", "统一社会信用代码的校验位不符，有字符录错。",
        "The check character of this unified social credit code does not fit: one character is mistyped.",
        "wrong_check_digit", "9199000042304114X4",
    ]  # fmt: skip


def test_the_report_holds_no_formula(city, tmp_path):
    source, path = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(f"{HEAD}甲公司,+1234,商家,2024-1-1\n", encoding="utf-8")
    command("members", city.slug, source, "--report", str(path))
    assert path.read_text(encoding="utf-8-sig").splitlines()[1].endswith(",wrong_length,'+1234")


def hostile(path, kind):
    if kind == "picture":
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    elif kind == "html":
        path.write_bytes(b"<html><table><tr><td>1</td></tr></table></html>")
    elif kind == "formula":
        path.write_text(f"{HEAD}甲公司,{uscc(1)},商家,2024-1-1\n乙公司,=A1,商家,2024-1-1\n", encoding="utf-8")
    elif kind == "bomb":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("xl/workbook.xml", b"<workbook/>")
            package.writestr("xl/worksheets/sheet1.xml", b"0" * (40 << 20))
    else:
        with path.open("wb") as file:
            file.truncate(2 << 30)
    return path


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("picture", "名册.xlsx", "This is a picture, not a spreadsheet."),
        ("html", "名册.xls", "This is a web page, whatever its name says."),
        ("formula", "名册.csv", "Cell B3 (信用代码) holds a formula."),
        ("bomb", "名册.xlsx", "The workbook is packed more than 100 to 1"),
        ("sheet", "名册.xlsx", "The file has 2048 MB; at most 100 MB are read."),
    ],
)
def test_a_wrong_file_gets_a_clear_error_and_changes_nothing(city, tmp_path, kind, name, said):
    with pytest.raises(CommandError) as refused:
        command("members", city.slug, hostile(tmp_path / name, kind))
    chinese, english = str(refused.value).splitlines()
    assert english.startswith(said)
    assert chinese != english
    assert refused.value.returncode == 1
    with scope.of(city.association):
        assert not Membership.objects.exists()
        assert not Run.objects.exists()


def test_a_name_that_is_not_there_is_said_to_be(city, tmp_path):
    with pytest.raises(CommandError, match=r"There is no association nowhere\. Known: city\."):
        command("members", "nowhere", FILES / "会员名册.xlsx")
    with pytest.raises(CommandError, match="There is no file"):
        command("members", city.slug, tmp_path / "none.csv")
    with pytest.raises(CommandError, match="the report cannot be written"):
        command("members", city.slug, FILES / "会员名册.xlsx", "--report", str(tmp_path / "no" / "out.csv"))


def test_a_file_of_another_kind_is_refused_by_its_headings(city):
    with pytest.raises(CommandError, match="Headings are missing"):
        command("decisions", city.slug, FILES / "会员名册.xlsx")
