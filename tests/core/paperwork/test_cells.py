"""One cell as a clerk typed it, one value."""

import time
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.paperwork import cells, dates, words
from core.paperwork.cells import CellProblem, Score

EVERY_PARSER = [
    cells.text,
    cells.limited(10),
    cells.integer,
    cells.count,
    cells.number,
    cells.hours,
    cells.score,
    dates.day,
    dates.month,
    words.category,
    words.membership_status,
    words.severity,
    words.statement,
    words.measure,
    words.yes,
    words.attended,
]


def code_of(parse, cell):
    with pytest.raises(CellProblem) as problem:
        parse(cell)
    return problem.value.code


@pytest.mark.parametrize(
    "cell",
    [
        "2024-5-29",
        "2024-05-29",
        "2024.5.29",
        "2024/5/29",
        "2024年5月29日",
        "2024年05月29号",
        " 2024 年 5 月 29 日 ",
        "２０２４－０５－２９",
        "２０２４／５／２９",
        "20240529",
        "20240529101500",
        20240529,
        20240529.0,
        45441,
        45441.0,
        "45441",
        "2024-05-29T09:05:00",
        "2024-05-29 09:05",
        "2024-05-29 星期三",
        "2024年5月29日下午",
        "2024-05-29 上午9点",
        "2024.5.29（补办）",
        "2024-5-29起",
        "2024.5.29.",
        "2024、5、29",
        "20240529.0",
        "2024。5。29",
        "二〇二四年五月二十九日",
        "二○二四年五月二十九日",
    ],
)
def test_dates(cell):
    assert dates.day(cell) == date(2024, 5, 29)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("24-5-29", "bad_date"),
        ("29/5/2024", "bad_date"),
        ("2024-05", "bad_date"),
        ("2024年", "bad_date"),
        ("去年", "bad_date"),
        ("2024-13-01", "no_such_date"),
        ("2023-02-29", "no_such_date"),
        ("20240230", "no_such_date"),
        ("1066-10-14", "bad_date"),
        ("9999-12-31", "bad_date"),
        (True, "bad_date"),
        (4, "bad_date"),
        (-45441, "bad_date"),
        (1e300, "bad_date"),
        (float("inf"), "bad_date"),
    ],
)
def test_what_is_no_date(cell, code):
    assert code_of(dates.day, cell) == code


@given(st.dates(date(1938, 5, 1), date(2100, 12, 31)))
def test_a_date_is_the_same_in_every_style(day):
    year, month, number = day.year, day.month, day.day
    serial = (day - date(1899, 12, 30)).days
    wide = f"{day:%Y-%m-%d}".translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
    styles = [f"{year}-{month}-{number}", f"{year}.{month:02}.{number}", f"{year}/{month}/{number:02}"]
    styles += [f"{year}年{month}月{number}日", wide, f"{day:%Y%m%d}", serial, day.isoformat()]
    assert [dates.day(style) for style in styles] == [day] * len(styles)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-01",
        "2026-1",
        "2026年1月",
        "2026年01月份",
        "202601",
        202601,
        "2026/1",
        "2026.01",
        "２０２６年１月",
        "2026-01-01",
        "2026年1月31日",
        "2026-01-31T00:00:00",
    ],
)
def test_months(cell):
    assert dates.month(cell) == date(2026, 1, 1)


@pytest.mark.parametrize("cell", ["2026-13", "2026-00", "202613", "1月", "2026", 45441, "2026-01-15", True])
def test_what_is_no_month(cell):
    assert code_of(dates.month, cell) == "bad_month"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (12, 12),
        (12.0, 12),
        ("12", 12),
        ("１２", 12),
        ("1,200", 1200),
        ("12人", 12),
        (" 7 票", 7),
        ("-5", -5),
        ("9.0", 9),
    ],
)
def test_whole_numbers(cell, number):
    assert cells.integer(cell) == number


@pytest.mark.parametrize("cell", ["", "1.5", 1.5, "十二", "1e5", "1,2", True, "9" * 30, "{…}"])
def test_what_is_no_whole_number(cell):
    assert code_of(cells.integer, cell) == "bad_number"


def test_counts_are_not_negative():
    assert cells.count("0") == 0
    assert code_of(cells.count, -5) == "negative_number"


@pytest.mark.parametrize(
    ("cell", "hours"),
    [(4, "4"), ("4学时", "4"), ("1.5小时", "1.5"), ("90分钟", "1.5"), ("６ 课时", "6"), (0, "0")],
)
def test_hours(cell, hours):
    assert cells.hours(cell) == Decimal(hours)


@pytest.mark.parametrize(("cell", "code"), [(-1, "bad_hours"), (5000, "bad_hours"), ("半天", "bad_number")])
def test_what_are_no_hours(cell, code):
    assert code_of(cells.hours, cell) == code


@pytest.mark.parametrize(
    ("cell", "score"),
    [
        (88, Score(Decimal(88), True, "")),
        ("95.5分", Score(Decimal("95.5"), True, "")),
        (59.5, Score(Decimal("59.5"), False, "")),
        ("６０", Score(Decimal(60), True, "")),
        ("优秀", Score(None, True, "优秀")),
        (" 不及格 ", Score(None, False, "不及格")),
        ("缺考", None),
        ("—", None),
        ("免试", None),
        ("优秀（95）", Score(None, True, "优秀（95）")),
    ],
)
def test_scores(cell, score):
    assert cells.score(cell) == score


@pytest.mark.parametrize("cell", [101, -1, "很好", "1e1", True])
def test_what_is_no_score(cell):
    assert code_of(cells.score, cell) == "bad_score"


@pytest.mark.parametrize(
    ("parse", "expected", "spellings"),
    [
        (words.category, "platform", "平台企业 直播平台 直播电商平台经营者"),
        (words.category, "agency", "MCN机构 mcn ＭＣＮ 直播营销人员服务机构 主播服务机构 主播经纪公司"),
        (words.category, "operator", "供应商 商家 品牌商家 直播间运营者 商家（食品） 商家/品牌方 供应链企业"),
        (words.category, "streamer", "主播 直播营销人员"),
        (words.membership_status, "active", "正常 正常会员 正常（已缴费）"),
        (words.membership_status, "suspended", "暂停 已暂停 暂停（3个月）"),
        (words.membership_status, "left", "退会"),
        (words.membership_status, "expelled", "除名"),
        (words.severity, "minor", "轻微"),
        (words.severity, "general", "一般"),
        (words.severity, "serious", "严重 情节严重"),
        (words.severity, "extreme", "特别严重"),
        (words.statement, "submitted", "已提交 已提交书面申辩"),
        (words.statement, "waived", "放弃 放弃陈述、申辩"),
        (words.statement, "overdue", "逾期未提交 未提出陈述申辩"),
        (words.yes, True, "是 √ Y 有 yes 1 已签署 书面同意"),
        (words.yes, False, "否 × N 无 0 未签署 暂不同意"),
        (words.attended, True, "√ 出席 签到 9:05 2026-03-12T09:05:00 出席√ 补签"),
        (words.attended, False, "缺席 请假 × - 病假"),
        (words.measure, "L1", "谈话提醒 书面承诺 补训"),
        (words.measure, "L2", "警告 责令改正 警告、补训 警告并责令改正"),
        (words.measure, "L3", "业内通报批评 通报批评"),
        (
            words.measure,
            "L4",
            "暂停会员权利六个月 公开通报批评、暂停会员权利3个月 公开通报批评 公开通报批评并暂停会员权利",
        ),
        (words.measure, "L5", "除名 除名（三年内不受理入会） 公开通报批评，除名"),
        (words.measure, "L6", "终身禁入"),
    ],
)
def test_words(parse, expected, spellings):
    assert {word: parse(word) for word in spellings.split()} == dict.fromkeys(spellings.split(), expected)


@pytest.mark.parametrize(
    ("parse", "cell", "code"),
    [
        (words.category, "会计师事务所", "unknown_category"),
        (words.category, "平台/商家", "unknown_category"),
        (words.attended, "周某√签", "unknown_attendance"),
        (words.membership_status, "不详", "unknown_status"),
        (words.severity, "L1", "unknown_severity"),
        (words.statement, "口头", "unknown_statement"),
        (words.yes, "也许", "not_yes_or_no"),
        (words.attended, "晚点来", "unknown_attendance"),
        (words.measure, "罚款", "unknown_measure"),
        (words.measure, "警告、罚款", "unknown_measure"),
    ],
)
def test_unknown_words_are_refused_not_guessed(parse, cell, code):
    assert code_of(parse, cell) == code


def test_text():
    assert cells.text("　 某市\n朝知 ") == "某市 朝知"
    assert cells.text(19900000992) == "19900000992"
    assert code_of(cells.text, "a\x00b") == "bad_text"
    assert code_of(cells.text, "a\ue000b") == "bad_text"
    assert code_of(cells.limited(3), "四个字的") == "too_long"


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans()))
def test_no_cell_breaks_a_parser(cell):
    for parse in EVERY_PARSER:
        try:
            parse(cell)
        except CellProblem as problem:
            assert problem.message % problem.params  # noqa: PT017 (either outcome is right)


@pytest.mark.parametrize("parse", EVERY_PARSER)
@pytest.mark.parametrize(
    "cell", ["a" * 50_000, "1" * 50_000, " " * 50_000, "1," * 25_000, "(" * 50_000, "年" * 50_000]
)
def test_no_pattern_runs_away(parse, cell):
    started = time.process_time()
    with suppress(CellProblem):
        parse(cell)
    assert time.process_time() - started < 0.1
