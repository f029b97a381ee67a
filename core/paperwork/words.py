"""The vocabularies of associations' paperwork: each word a clerk writes → the one word the house uses.

Values are plain strings; the rooms that own the enums turn them into theirs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

from core.paperwork.cells import CellProblem, fold

if TYPE_CHECKING:
    from collections.abc import Callable

_EXPECTED = _("This word is not known here. Usual ones: %(words)s.")
_PARTS = re.compile(r"[、,;/+&\s]|并处|同时|并|及|和")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")


def vocabulary(code: str, words: dict[str, str]) -> Callable[[object], str]:
    """Return a parser of a closed vocabulary: value → its words, separated by spaces.

    A note in brackets is ignored. Unknown words are refused with `code` and the first word of each value.
    """
    values = {fold(word): value for value, line in words.items() for word in (value, *line.split())}
    usual = [line.split()[0] for line in words.values()]

    def parse(cell: object) -> str:
        word = fold(cell)
        value = values.get(word)
        if value is None:
            value = values.get(_BRACKETED.sub("", word))
        if value is None:
            raise CellProblem(code, _EXPECTED, words=usual)
        return value

    return parse


category = vocabulary(
    "unknown_category",
    {
        "platform": "直播电商平台经营者 直播平台 平台企业 平台 电商平台 平台经营者 直播电商平台 直播营销平台",
        "agency": "直播营销人员服务机构 MCN机构 MCN 主播服务机构 服务机构 机构 经纪机构 主播经纪机构 "
        "MCN公司 直播机构 直播服务机构 公会",
        "operator": "直播间运营者 商家 品牌商家 供应商 品牌方 品牌商 运营者 直播间 店铺 运营方 "
        "商户 供货商 直播运营者 入驻商家",
        "streamer": "主播 直播营销人员 带货主播 达人 网络主播 带货达人 KOL",
    },
)
"""platform, agency, operator or streamer (unknown_category)."""

membership_status = vocabulary(
    "unknown_status",
    {
        "active": "正常 在会 有效 在籍 在册 正式会员 正式",
        "suspended": "暂停 中止 停权 暂停权利 暂停会员权利 暂停资格 冻结",
        "left": "退会 已退会 退出 离会 自愿退会 注销",
        "expelled": "除名 已除名 开除 取消资格 取消会员资格",
    },
)
"""active, suspended, left or expelled (unknown_status)."""

severity = vocabulary(
    "unknown_severity",
    {
        "minor": "轻微 较轻 轻",
        "general": "一般 普通 中等",
        "serious": "严重 较重 重大",
        "extreme": "特别严重 极其严重 情节特别严重 特别重大 极严重",
    },
)
"""minor, general, serious or extreme (unknown_severity)."""

statement = vocabulary(
    "unknown_statement",
    {
        "submitted": "已提交 提交 已陈述 已申辩 已陈述申辩 已答辩 有 是",
        "waived": "放弃 已放弃 书面放弃 放弃陈述申辩 自愿放弃 无 否",
        "overdue": "逾期未提交 逾期 未提交 逾期未申辩 逾期未答复 未答复",
    },
)
"""submitted, waived or overdue: the statement and defence of the notified (unknown_statement)."""

_YES = vocabulary(
    "not_yes_or_no",
    {
        "yes": "是 有 √ ✓ ✔ ☑ Y 1 true 对 已授权 授权 同意 已同意 公开 可 允许 v",
        "no": "否 无 × ✗ ✘ ☒ ☐ X N 0 false 不 未授权 不授权 不同意 未同意 不公开 不可 没有 ✕ 不允许 -",
    },
)

_PRESENT = vocabulary(
    "unknown_attendance",
    {
        "present": "√ 出席 签到 已签到 到 已到 出勤 参加 已参加 是 ✓ ✔ ☑ Y yes 1 v 线上 线下 "
        "线上签到 迟到 到场 true 在",
        "absent": "× 缺席 请假 未签到 未到 缺勤 旷课 事假 病假 公假 否 ✗ ✘ ☒ ☐ X N no 0 "
        "未参加 缺 假 ✕ - -- — / 无 false",
    },
)


def yes(cell: object) -> bool:
    """Return whether a cell says yes: 是/否, √/×, Y/N, 有/无 (not_yes_or_no)."""
    return _YES(cell) == "yes"


def attended(cell: object) -> bool:
    """Return whether a person was there: √, 出席, 签到; 缺席, 请假, × are absence (unknown_attendance).

    A sheet leaves the cell of one who was not there blank: give the column `blank=False, filled=False`. A time
    of signing in (9:05, 2026-03-12T09:05:00) is presence.
    """
    if isinstance(cell, str) and re.search(r"\d[::时]\d", cell):
        return True
    return _PRESENT(cell) == "present"


_MEASURES = {
    fold(word): level
    for level, line in {
        "L1": "L1 谈话提醒 谈话 约谈 提醒 提醒谈话 约谈提醒 提醒约谈 书面承诺 书面检查 补训 补课 责令补训 参加培训",
        "L2": "L2 警告 书面警告 警示 责令改正 限期改正 责令整改 限期整改 整改 改正 责令限期改正",
        "L3": "L3 业内通报批评 通报批评 行业内通报批评 业内通报 内部通报批评 内部通报 通报 会内通报批评 行业内通报",
        "L4": "L4 公开通报批评 公开通报 公开谴责 暂停会员权利 暂停会员资格 暂停会员权益 暂停会籍 "
        "公开批评 公开通报批评暂停会员权利",
        "L5": "L5 除名 开除 取消会员资格 取消会籍 劝退除名",
        "L6": "L6 终身禁入 终身禁止入会 永久禁入 列入黑名单 终身不得入会 永久除名",
    }.items()
    for word in line.split()
}
_MEASURES_SHOWN = ("谈话提醒", "警告", "业内通报批评", "公开通报批评", "除名", "终身禁入")


def measure(cell: object) -> str:
    """Return L1 to L6; of several measures in one cell the gravest: 公开通报批评并暂停会员权利 is L4.

    Every part must be known, so that a grave measure is never overlooked (unknown_measure).
    """
    whole = fold(cell)
    if whole in _MEASURES:
        return _MEASURES[whole]
    parts = [part for part in _PARTS.split(_BRACKETED.sub("", whole)) if part]
    levels = [_MEASURES.get(part) for part in parts]
    known = [level for level in levels if level]
    if not known or len(known) < len(levels):
        raise CellProblem("unknown_measure", _EXPECTED, words=list(_MEASURES_SHOWN))
    return max(known)
