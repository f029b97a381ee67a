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
_PARTS = re.compile(r"[、,;/+&\s]|并处|同时|并|及|和|或")
_TERM = re.compile(
    r"(?:期限为?|为期|共)?(?:\d{1,3}|[一二两三四五六七八九十]{1,3})(?:个月|个?年|个?工作日|[日天周])"
)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")


def vocabulary(code: str, words: dict[str, str]) -> Callable[[object], str]:
    """Return a parser of a closed vocabulary: value → its words, separated by spaces.

    A note in brackets is ignored; of several words (商家/品牌方) all must mean the same. Unknown words are refused
    with `code` and the first word of each value.
    """
    values = {fold(word): value for value, line in words.items() for word in (value, *line.split())}
    usual = [line.split()[0] for line in words.values()]

    def parse(cell: object) -> str:
        word = fold(cell)
        value = values.get(word)
        if value is None:
            bare = _BRACKETED.sub("", word)
            parts = {values.get(part) for part in _PARTS.split(bare) if part}
            value = values.get(bare) or (parts.pop() if len(parts) == 1 else None)
        if value is None:
            raise CellProblem(code, _EXPECTED, words=usual)
        return value

    return parse


category = vocabulary(
    "unknown_category",
    {
        "platform": "直播电商平台经营者 直播平台 平台企业 平台 电商平台 平台经营者 直播电商平台 直播营销平台 平台方 "
        "网络平台 直播平台企业 电商平台企业 直播电商平台企业 平台类 平台公司 平台单位 平台会员 直播平台经营者 "
        "网络直播营销平台 电子商务平台经营者",
        "agency": "直播营销人员服务机构 MCN机构 MCN 主播服务机构 服务机构 机构 经纪机构 主播经纪机构 "
        "MCN公司 MCN企业 MCN类 直播机构 直播服务机构 公会 经纪公司 主播经纪公司 主播经纪 主播机构 服务机构类 "
        "直播营销服务机构 营销人员服务机构 机构类 机构会员 主播孵化机构 直播公会 主播公会",
        "operator": "直播间运营者 商家 品牌商家 供应商 品牌方 品牌商 运营者 直播间 店铺 运营方 "
        "商户 供货商 直播运营者 入驻商家 直播间运营 直播间运营方 直播间运营商 直播间经营者 品牌 品牌企业 商家企业 "
        "商家类 商家会员 供应链企业 供应链 供应链公司 供应链商家 供应企业 电商商家 店铺商家 网店 企业商家 直播商家 "
        "生产企业 生产商 厂家 厂商 生产厂家 商品经营者 平台内经营者 经销商",
        "streamer": "主播 直播营销人员 带货主播 达人 网络主播 带货达人 KOL 主播个人 个人主播 主播会员",
    },
)
"""platform, agency, operator or streamer (unknown_category)."""

membership_status = vocabulary(
    "unknown_status",
    {
        "active": "正常 在会 有效 在籍 在册 正式会员 正式 正常会员 有效会员 在会会员 在册会员 正常在会 存续 √",
        "suspended": "暂停 中止 停权 暂停权利 暂停会员权利 暂停资格 冻结 已暂停 暂停中 已中止 停权中 已停权 暂停会籍 "
        "暂停会员资格 已冻结 暂停权益",
        "left": "退会 已退会 退出 离会 自愿退会 注销 已退出 已离会 已注销 会籍终止 终止会籍",
        "expelled": "除名 已除名 开除 取消资格 取消会员资格",
    },
)
"""active, suspended, left or expelled (unknown_status)."""

severity = vocabulary(
    "unknown_severity",
    {
        "minor": "轻微 较轻 轻 情节轻微 情节较轻 轻微违规",
        "general": "一般 普通 中等 情节一般 一般违规",
        "serious": "严重 较重 重大 情节严重 情节较重 严重违规 重大违规",
        "extreme": "特别严重 极其严重 情节特别严重 特别重大 极严重 特别严重违规 极为严重",
    },
)
"""minor, general, serious or extreme (unknown_severity)."""

statement = vocabulary(
    "unknown_statement",
    {
        "submitted": "已提交 提交 已陈述 已申辩 已陈述申辩 已答辩 有 是 申辩 有申辩 提出申辩 已提出申辩 "
        "已提出 书面申辩 口头申辩 提交申辩 提交书面申辩 已提交书面申辩 已提交申辩 提交申辩意见 "
        "已提交申辩意见 陈述申辩 提出陈述申辩 已提交陈述申辩",
        "waived": "放弃 已放弃 书面放弃 放弃陈述申辩 自愿放弃 无 否 放弃申辩 放弃陈述、申辩 放弃权利 声明放弃 "
        "书面声明放弃 主动放弃 无异议",
        "overdue": "逾期未提交 逾期 未提交 逾期未申辩 逾期未答复 未答复 未申辩 未陈述申辩 未提出 未提出申辩 "
        "未提出陈述申辩 逾期未提出 逾期未陈述申辩 逾期未提交申辩 期限内未提交 未提交申辩 未在期限内提交",
    },
)
"""submitted, waived or overdue: the statement and defence of the notified (unknown_statement)."""

_YES = vocabulary(
    "not_yes_or_no",
    {
        "yes": "是 有 √ ✓ ✔ ☑ Y 1 true 对 已授权 授权 同意 已同意 公开 可 允许 v 有授权 书面同意 书面授权 同意公示 "
        "同意公开 已签署 已签 授权公示 可公示 可公开",
        "no": "否 无 × ✗ ✘ ☒ ☐ X N 0 false 不 未授权 不授权 不同意 未同意 不公开 不可 没有 ✕ 不允许 - 无授权 "
        "不同意公示 不同意公开 未签署 未签 不公示 暂不同意 暂不公示 拒绝",
    },
)

_PRESENT = vocabulary(
    "unknown_attendance",
    {
        "present": "√ 出席 签到 已签到 到 已到 出勤 参加 已参加 是 ✓ ✔ ☑ Y yes 1 v 线上 线下 "
        "线上签到 迟到 到场 true 在 已签 签 补签 已补签 线上参加 线下参加 线上参会 参会 全勤 实到",
        "absent": "× 缺席 请假 未签到 未到 缺勤 旷课 事假 病假 公假 否 ✗ ✘ ☒ ☐ X N no 0 "
        "未参加 缺 假 ✕ - -- — / 无 false 未签 未出席 已请假 未到场 未参会 缺课",
    },
)


_TICKS = "√✓✔"


def yes(cell: object) -> bool:
    """Return whether a cell says yes: 是/否, √/×, Y/N, 有/无 (not_yes_or_no)."""
    return _YES(cell) == "yes"


def attended(cell: object) -> bool:
    """Return whether a person was there: √, 出席, 签到; 缺席, 请假, × are absence (unknown_attendance).

    √ may stand beside the word (出席√). A sheet leaves the cell of one who was not there blank: give the column
    `blank=False, filled=False`. A time of signing in (9:05, 2026-03-12T09:05:00) is presence.
    """
    if isinstance(cell, str) and re.search(r"\d[::时]\d", cell):
        return True
    bare = fold(cell)
    return _PRESENT(bare[:-1] if len(bare) > 1 and bare[-1] in _TICKS else bare) == "present"


_MEASURES = {
    fold(word): level
    for level, line in {
        "L1": "L1 谈话提醒 谈话 约谈 提醒 提醒谈话 约谈提醒 提醒约谈 书面承诺 书面检查 补训 补课 责令补训 参加培训",
        "L2": "L2 警告 书面警告 警示 责令改正 限期改正 责令整改 限期整改 整改 改正 责令限期改正",
        "L3": "L3 业内通报批评 通报批评 行业内通报批评 业内通报 内部通报批评 内部通报 通报 会内通报批评 行业内通报",
        "L4": "L4 公开通报批评 公开通报 公开谴责 暂停会员权利 暂停会员资格 暂停会员权益 暂停会籍 "
        "公开批评 公开通报批评暂停会员权利 暂停权利 暂停会员权利义务 停权",
        "L5": "L5 除名 开除 取消会员资格 取消会籍 劝退除名",
        "L6": "L6 终身禁入 终身禁止入会 永久禁入 列入黑名单 终身不得入会 永久除名 列入禁入名单 终身禁入名单",
    }.items()
    for word in line.split()
}
_MEASURES_SHOWN = ("谈话提醒", "警告", "业内通报批评", "公开通报批评", "除名", "终身禁入")


def measure(cell: object) -> str:
    """Return L1 to L6; of several measures in one cell the gravest: 公开通报批评并暂停会员权利 is L4.

    How long it lasts (3个月) is left out. Every part must be known, so that a grave measure is never overlooked
    (unknown_measure).
    """
    whole = _TERM.sub("", fold(cell)).rstrip("。.")
    if whole in _MEASURES:
        return _MEASURES[whole]
    parts = [part for part in _PARTS.split(_BRACKETED.sub("", whole)) if part]
    levels = [_MEASURES.get(part) for part in parts]
    known = [level for level in levels if level]
    if not known or len(known) < len(levels):
        raise CellProblem("unknown_measure", _EXPECTED, words=list(_MEASURES_SHOWN))
    return max(known)
