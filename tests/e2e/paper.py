"""Small paperwork in the shape associations keep theirs: title rows, notes, a total, one row that is wrong."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from openpyxl import Workbook

from tests.cast import uscc

if TYPE_CHECKING:
    from pathlib import Path

WARNED, EXPELLED, QUIET = "临澜市砚鹭电子商务有限公司", "临澜市槐汀食品有限公司", "临澜市苔隐文化传媒有限公司"
CODES = {WARNED: uscc(881), EXPELLED: uscc(882), QUIET: uscc(883)}
MISTYPED = uscc(884)[:-1] + ("0" if uscc(884)[-1] != "0" else "1")
MONTHS = 8


def roster(path: Path) -> Path:
    """Write a list of members: three that are right, one whose code has a wrong check character."""
    book = Workbook()
    sheet = book.active
    sheet.append(["临澜市直播电商协会新入会会员名册"])
    sheet.append(["填表说明：信用代码请填18位"])
    sheet.append(
        ["序号", "会员名称", "统一社会信用代码", "会员类别", "联系人", "联系电话", "入会日期", "备注"]
    )
    kinds = {WARNED: "商家", EXPELLED: "供应商", QUIET: "MCN机构"}
    for at, (name, code) in enumerate(CODES.items(), 1):
        sheet.append(
            [at, name, f" {code[:8]} {code[8:]}", kinds[name], "周某", "19900000001", "2024/3/5", ""]
        )
    sheet.append([4, "临澜市误码商贸有限公司", MISTYPED, "商家", "吴某", "19900000002", "2024-03-05", ""])
    sheet.append(["合计", "4家"])
    book.save(path)
    return path


def figures(path: Path) -> Path:
    """Write a platform's monthly figures of the three."""
    lines = [
        {
            "subject": code, "period": f"{month:%Y-%m}", "platform": "甲平台", "orders": 4000 + 100 * at,
            "complaints_upheld": 2, "complaints_closed": 60, "answered_in_time": 57, "resolved": 55,
        }
        for code in CODES.values()
        for at, month in enumerate(_months())
    ]  # fmt: skip
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


def past_decision(path: Path, name: str, code: str) -> Path:
    """Write the register of past decisions with one in it: a firm expelled a hundred days ago, all in order."""
    day = timezone.localdate() - timedelta(days=100)
    row = {
        "决定文号": f"直协纪〔{day.year}〕{code[9:14]}号", "决定日期": day, "对象": name, "代码或证件号": code,
        "违规代码": "GD02", "严重程度": "严重", "措施": "除名", "应到委员": 9, "实到委员": 8, "赞成票": 7,
        "告知送达日": day - timedelta(days=30), "申辩": "放弃", "申诉截止": day + timedelta(days=20),
        "事实": "以次充好（演示）", "依据": "令117 §33、§61",
    }  # fmt: skip
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    return path


def _months() -> list[date]:
    """The first days of the latest months that are over, the newest first."""
    found, day = [], timezone.localdate().replace(day=1)
    for _ in range(MONTHS):
        day = (day - timedelta(days=1)).replace(day=1)
        found.append(day)
    return found
