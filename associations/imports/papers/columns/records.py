"""Sign-in sheets, monthly figures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from associations.imports.papers.columns.shared import (
    MOST_INT,
    WHO,
    counted,
    guarded,
    presence,
    remembered,
    shown,
    spelled,
)
from associations.training.states import Presence
from core.paperwork import cells, dates
from core.paperwork.cells import NOTHING, limited
from core.paperwork.schemas import Column

TRAINING = guarded(
    Column(
        "course",
        (*spelled("课程 培训 培训课程 培训班 培训项目", "· 名称 内容 主题"), "主题", "course"),
        _("course"),
        limited(120),
        required=True,
        ditto=True,
    ),
    Column(
        "day",
        ("日期", *spelled("培训 上课 授课 开课 签到 课程 活动 举办", "日期 时间 日"), "时间", "date"),
        _("day"),
        dates.day,
        required=True,
        ditto=True,
    ),
    Column(
        "hours",
        (*spelled("· 培训 课程", "学时 课时 时长 学时数 课时数 小时数 小时"), "hours"),
        _("hours"),
        cells.hours,
        required=True,
        ditto=True,
    ),
    Column("who", WHO, _("code or identity number"), remembered, required=True, mask=shown),
    Column(
        "present",
        (*spelled("· 是否", "签到 出勤 考勤 出席 到场 到课", "· 情况 状态"), "签名", "present"),
        _("presence"),
        presence,
        required=True,
        filled=False,
        blank=Presence.ABSENT,
    ),
    Column(
        "score",
        (*spelled("· 考试 考核 测试 测验 结业", "成绩 得分 分数 结果"), "考核", "score"),
        _("result"),
        cells.score,
    ),
    Column(
        "place",
        ("地点", "培训地点", "场地", "上课地点", "place"),
        _("place"),
        limited(120),
        blank="",
        nothing=NOTHING,
    ),
)

FIGURES = guarded(
    Column("who", (*WHO, "subject"), _("code or identity number"), remembered, required=True, mask=shown),
    Column(
        "period",
        (*spelled("· 统计 所属 数据 报告", "月份 期间"), "统计期", "年月", "所属期", "period", "month"),
        _("month"),
        dates.month,
        required=True,
    ),
    Column(
        "platform",
        (*spelled("· 直播 所属 所在", "平台"), "平台名称", "platform"),
        _("platform"),
        limited(60),
        required=True,
    ),
    Column(
        "orders",
        (*spelled("订单 成交订单 当月订单 月订单 有效订单", "数 · 量 总数 总量 笔数"), "orders"),
        _("orders"),
        counted(10**15),
        required=True,
    ),
    Column(
        "upheld",
        (
            *spelled("成立 属实", "投诉", "· 数 量 件数"),
            *spelled("投诉", "成立 属实", "· 数 量 件数"),
            "complaints_upheld",
        ),
        _("complaints upheld"),
        counted(MOST_INT),
        required=True,
    ),
    Column(
        "closed",
        (
            *spelled("办结 结案 已办结 已结案", "投诉", "· 数 量 件数"),
            *spelled("· 投诉", "办结 结案 已办结", "数 · 量 件数"),
            "complaints_closed",
        ),
        _("complaints closed"),
        counted(MOST_INT),
        required=True,
    ),
    Column(
        "answered",
        (*spelled("按时 及时 按期 期限内", "答复 回复 响应", "· 数 量 件数"), "answered_in_time"),
        _("answered in time"),
        counted(MOST_INT),
        required=True,
    ),
    Column(
        "resolved",
        (*spelled("已解决 解决 达成解决 和解", "· 投诉", "· 数 量 件数"), "resolved"),
        _("resolved"),
        counted(MOST_INT),
        required=True,
    ),
)
