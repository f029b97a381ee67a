"""Sign-in sheets, past decisions, monthly figures."""

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
)
from associations.training.states import Presence
from core.paperwork import cells, dates, words
from core.paperwork.cells import limited
from core.paperwork.schemas import Column

TRAINING = guarded(
    Column(
        "course",
        ("课程", "课程名称", "培训课程", "培训内容", "培训名称", "培训主题", "course"),
        _("course"),
        limited(120),
        required=True,
    ),
    Column(
        "day",
        ("日期", "培训日期", "上课日期", "培训时间", "时间", "开课日期", "date"),
        _("day"),
        dates.day,
        required=True,
    ),
    Column("hours", ("学时", "课时", "时长", "学时数", "hours"), _("hours"), cells.hours, required=True),
    Column("who", WHO, _("code or identity number"), remembered, required=True, mask=shown),
    Column(
        "present",
        ("签到", "出勤", "考勤", "出席", "签到情况", "到场", "present"),
        _("presence"),
        presence,
        required=True,
        filled=False,
        blank=Presence.ABSENT,
    ),
    Column(
        "score", ("成绩", "考试成绩", "得分", "分数", "考核结果", "结果", "score"), _("result"), cells.score
    ),
    Column("place", ("地点", "培训地点", "场地", "place"), _("place"), limited(120), blank=""),
)

DECISIONS = guarded(
    Column(
        "number",
        ("决定文号", "文号", "决定书文号", "处理文号", "决定编号", "number"),
        _("decision number"),
        limited(40),
        required=True,
    ),
    Column(
        "decided_on",
        ("决定日期", "作出日期", "处理日期", "决定时间", "decided_on"),
        _("decided on"),
        dates.day,
        required=True,
    ),
    Column("who", WHO, _("code or identity number"), remembered, required=True, mask=shown),
    Column(
        "code",
        ("违规代码", "违规行为代码", "违规类型代码", "目录代码", "违规编号", "code"),
        _("catalogue entry"),
        limited(20),
        required=True,
    ),
    Column(
        "severity",
        ("严重程度", "情节", "违规程度", "严重等级", "severity"),
        _("severity"),
        words.severity,
        required=True,
    ),
    Column(
        "measure",
        ("措施", "自律措施", "处理措施", "处理结果", "处分", "measure"),
        _("measure"),
        words.measure,
        required=True,
    ),
    Column(
        "due",
        ("应到委员", "应到人数", "应到", "应到委员数", "members_due"),
        _("members due"),
        counted(1_000),
        required=True,
    ),
    Column(
        "present",
        ("实到委员", "实到人数", "实到", "实到委员数", "members_present"),
        _("members present"),
        counted(1_000),
        required=True,
    ),
    Column(
        "votes",
        ("赞成票", "赞成", "同意票", "赞成票数", "votes_in_favour"),
        _("votes in favour"),
        counted(1_000),
        required=True,
    ),
    Column(
        "noticed_on",
        ("告知送达日", "告知送达日期", "事先告知送达日", "告知日期", "告知书送达日", "noticed_on"),
        _("notice served on"),
        dates.day,
        required=True,
        filled=False,
    ),
    Column(
        "statement",
        ("申辩", "陈述申辩", "申辩情况", "陈述申辩情况", "statement"),
        _("statement"),
        words.statement,
    ),
    Column(
        "appeal_until",
        ("申诉截止", "申诉截止日", "申诉截止日期", "复核截止", "appeal_until"),
        _("appeal until"),
        dates.day,
    ),
    Column("facts", ("事实", "违规事实", "事实与理由", "facts"), _("facts"), limited(4_000), blank=""),
    Column("basis", ("依据", "处理依据", "法律依据", "basis"), _("basis"), limited(2_000), blank=""),
)

FIGURES = guarded(
    Column("who", ("subject", *WHO), _("code or identity number"), remembered, required=True, mask=shown),
    Column(
        "period",
        ("period", "月份", "统计月份", "期间", "所属月份", "数据月份", "month"),
        _("month"),
        dates.month,
        required=True,
    ),
    Column(
        "platform", ("platform", "平台", "平台名称", "直播平台"), _("platform"), limited(60), required=True
    ),
    Column("orders", ("orders", "订单数", "订单", "订单量"), _("orders"), counted(10**15), required=True),
    Column(
        "upheld",
        ("complaints_upheld", "成立投诉", "投诉成立数", "成立投诉数", "属实投诉"),
        _("complaints upheld"),
        counted(MOST_INT),
        required=True,
    ),
    Column(
        "closed",
        ("complaints_closed", "办结投诉", "投诉办结数", "办结投诉数", "结案投诉"),
        _("complaints closed"),
        counted(MOST_INT),
        required=True,
    ),
    Column(
        "answered",
        ("answered_in_time", "按时答复", "按时答复数", "及时答复", "按期答复"),
        _("answered in time"),
        counted(MOST_INT),
        required=True,
    ),
    Column(
        "resolved",
        ("resolved", "已解决", "解决数", "已解决投诉", "达成解决"),
        _("resolved"),
        counted(MOST_INT),
        required=True,
    ),
)
