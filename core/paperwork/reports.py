"""The report of an import: every refused row and every note, by row, column and reason in both languages."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from core.paperwork.export import write_csv, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.paperwork.schemas import Problem

CHINESE, ENGLISH = "zh-hans", "en"
HEADINGS = ("行 Row", "列 Column", "结果 Result", "原因", "Reason", "代码 Code", "值 Value")
_REFUSED, _NOTED = "未导入 refused", "提示 noted"


def write_report_csv(file: IO[str], problems: Iterable[Problem]) -> None:
    """Write the report to a text file opened with ``newline=""``."""
    write_csv(file, HEADINGS, _rows(problems))


def write_report_xlsx(file: IO[bytes], problems: Iterable[Problem]) -> None:
    """Write the report as a workbook."""
    write_xlsx(file, HEADINGS, _rows(problems), title="导入报告")


def _rows(problems: Iterable[Problem]) -> Iterator[tuple[object, ...]]:
    for problem in problems:
        yield (
            problem.row,
            problem.column,
            _REFUSED if problem.refused else _NOTED,
            problem.text(CHINESE),
            problem.text(ENGLISH),
            problem.code,
            problem.value,
        )
