"""Past decisions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from associations.imports.papers.columns.shared import (
    DASHES,
    NOT_SERVED,
    WHO,
    counted,
    document_number,
    guarded,
    remembered,
    shown,
    spelled,
    violation,
)
from core.paperwork import dates, words
from core.paperwork.cells import NOTHING, limited
from core.paperwork.schemas import Column

DECISIONS = guarded(
    Column(
        "number",
        (*spelled("决定 · 决定书 处理 处分 文书", "文号 编号 字号"), "决定书号", "number"),
        _("decision number"),
        document_number,
        required=True,
    ),
    Column(
        "decided_on",
        (*spelled("决定 作出 处理 作出决定 决定作出 处分 决定书", "日期 时间 日"), "decided_on"),
        _("decided on"),
        dates.day,
        required=True,
    ),
    Column("who", WHO, _("code or identity number"), remembered, required=True, mask=shown),
    Column(
        "code",
        (
            *(
                "违规代码",
                "违规行为代码",
                "违规类型代码",
                "目录代码",
                "违规编号",
                "违规行为编码",
                "违规目录代码",
            ),
            *("违规行为编号", "违规类型", "违规行为", "code"),
        ),
        _("catalogue entry"),
        violation,
        required=True,
    ),
    Column(
        "severity",
        (
            "严重程度",
            "情节",
            "违规程度",
            "严重等级",
            "情节程度",
            "情节轻重",
            "违规情节",
            "程度",
            "等级",
            "severity",
        ),
        _("severity"),
        words.severity,
        required=True,
    ),
    Column(
        "measure",
        (*spelled("· 自律 处理 处分 惩戒 自律惩戒", "措施"), "处理结果", "处分", "处理决定", "measure"),
        _("measure"),
        words.measure,
        required=True,
    ),
    Column(
        "due",
        (*spelled("应到 应出席 应参加", "委员 · 人数 委员数 委员人数"), "members_due"),
        _("members due"),
        counted(1_000),
        required=True,
    ),
    Column(
        "present",
        (
            *spelled("实到 到会 出席 实际到会 实际出席 实际参加", "委员 · 人数 委员数 委员人数"),
            "members_present",
        ),
        _("members present"),
        counted(1_000),
        required=True,
    ),
    Column(
        "votes",
        (*spelled("赞成 同意", "票 · 票数 人数"), "votes_in_favour"),
        _("votes in favour"),
        counted(1_000),
        required=True,
    ),
    Column(
        "noticed_on",
        (
            *spelled("告知 事先告知 告知书 事先告知书", "送达 ·", "日 日期 时间"),
            "告知送达",
            "送达日期",
            "noticed_on",
        ),
        _("notice served on"),
        dates.day,
        required=True,
        filled=False,
        nothing=NOT_SERVED,
    ),
    Column(
        "statement",
        ("申辩", "陈述申辩", "申辩情况", "陈述申辩情况", "陈述与申辩", "申辩结果", "statement"),
        _("statement"),
        words.statement,
        nothing=DASHES,
    ),
    Column(
        "appeal_until",
        (*spelled("申诉 复核", "截止 期限 期届满 到期", "· 日 日期 时间"), "appeal_until"),
        _("appeal until"),
        dates.day,
        nothing=NOTHING,
    ),
    Column(
        "facts",
        ("事实", "违规事实", "事实与理由", "事实理由", "违规事实摘要", "主要事实", "facts"),
        _("facts"),
        limited(4_000),
        blank="",
    ),
    Column(
        "basis",
        ("依据", "处理依据", "法律依据", "决定依据", "处理依据条款", "规则依据", "basis"),
        _("basis"),
        limited(2_000),
        blank="",
    ),
)
