"""The columns of the five kinds of paperwork, and the headings they go by, the usual one first."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from associations.training.states import Presence
from core.paperwork import cells, dates, words
from core.paperwork.cells import CellProblem, limited
from core.paperwork.schemas import Column, Schema, clip
from core.subjects.identifiers import (
    mask_identity,
    mask_name,
    mask_phone,
    normalise,
    parse_identifier,
    parse_identity,
    parse_uscc,
)
from core.subjects.names import parse_name

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_A_CODE = ""
"""What an agency's code becomes that cannot be one: no reason to refuse the streamer."""
ON_LEAVE = frozenset({"请假", "事假", "病假", "公假", "假", "已请假", "excused", "leave"})
MOST_INT = 2**31 - 1
# Credit codes of our members begin with a 9 or hold letters; identity numbers begin with a province, 11 to 83.
_PERSONAL = re.compile(r"(?<![0-9A-Z])(?:[1-8]\d{16}[\dX]|[1-8]\d{14}|1[3-9]\d{9})(?![0-9A-Z])")

USCC = (
    "统一社会信用代码",
    "信用代码",
    "社会信用代码",
    "统一信用代码",
    "统一代码",
    "代码",
    "uscc",
)
WHO = (
    "信用代码/证件号",
    "代码或证件号",
    "代码/证件号",
    "信用代码或证件号",
    "信用代码/证件号码",
    "信用代码或证件号码",
    "代码或证件号码",
    "统一社会信用代码",
    "信用代码",
    "证件号码",
    "证件号",
    "身份证号",
    "subject",
    "主体",
    "主体代码",
)


remembered = lru_cache(maxsize=8_192)(parse_identifier)
"""The same member stands in a file for each month or session: read once a file, and forgotten after it."""


def agency_code(cell: object) -> str:
    try:
        return parse_uscc(cell)
    except ValueError:
        return NOT_A_CODE


def presence(cell: object) -> Presence:
    """√ and the like are presence, 请假 is leave, the rest is absence. Refuses unknown words."""
    if cells.fold(cell) in ON_LEAVE:
        return Presence.EXCUSED
    return Presence.PRESENT if words.attended(cell) else Presence.ABSENT


def counted(most: int) -> Callable[[object], int]:
    """Return a parser of a count that the register's columns can hold."""

    def parse(cell: object) -> int:
        number = cells.count(cell)
        if number > most:
            raise CellProblem("number_too_large", gettext_noop("This number is too large to be true."))
        return number

    return parse


def shown(cell: object) -> str:
    """Show a refused value, unless an identity or telephone number is in it: those stray into any column."""
    bare = normalise(cell)
    return mask_identity(bare) if _PERSONAL.search(bare) else clip(cell)


def guarded(*columns: Column) -> Schema:
    """Return the schema of these columns, with no value shown that could be a person's number."""
    return Schema(tuple(replace(each, mask=shown) if each.mask is clip else each for each in columns))


MEMBERS = guarded(
        Column(
            "name",
            (
                "会员名称", "单位名称", "企业名称", "会员单位", "会员单位名称", "公司名称", "机构名称", "商户名称",
                "主体名称", "名称", "name",
            ),
            _("name"),
            parse_name,
            required=True,
        ),
        Column("uscc", USCC, _("unified social credit code"), parse_uscc, required=True),
        Column(
            "category",
            (
                "会员类别", "类型", "类别", "会员类型", "单位类型", "主体类型", "单位类别", "主体类别", "category",
            ),
            _("category"),
            words.category,
            required=True,
        ),
        Column(
            "joined_on",
            ("入会日期", "加入时间", "入会时间", "加入日期", "入会年月日", "加入协会时间", "joined_on"),
            _("joined on"),
            dates.day,
            required=True,
        ),
        Column(
            "status",
            ("状态", "会员状态", "会籍状态", "目前状态", "status"),
            _("state"),
            words.membership_status,
            blank="active",
        ),
        Column(
            "contact",
            ("联系人", "联系人姓名", "联络人", "负责人", "contact"),
            _("contact"),
            limited(60),
            mask=mask_name,
        ),
        Column(
            "phone",
            ("联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "phone"),
            _("telephone"),
            limited(40),
            mask=mask_phone,
        ),
)  # fmt: skip

STREAMERS = guarded(
        Column(
            "stage_name",
            ("艺名", "主播昵称", "昵称", "主播名称", "主播艺名", "直播昵称", "主播", "stage_name"),
            _("stage name"),
            parse_name,
            required=True,
        ),
        Column(
            "legal_name",
            ("真实姓名", "姓名", "本名", "实名", "legal_name"),
            _("legal name"),
            parse_name,
            mask=mask_name,
        ),
        Column(
            "identity",
            ("证件号码", "身份证号", "身份证号码", "证件号", "身份证", "公民身份号码", "identity_number"),
            _("identity number"),
            parse_identity,
            required=True,
            mask=mask_identity,
        ),
        Column(
            "platform",
            ("平台", "直播平台", "所在平台", "平台名称", "platform"),
            _("platform"),
            limited(60),
        ),
        Column(
            "account",
            ("账号ID", "账号", "平台账号", "直播账号", "账户", "帐号", "帐号ID", "account"),
            _("account"),
            limited(120),
            mask=mask_name,
        ),
        Column(
            "agency",
            ("签约机构信用代码", "机构信用代码", "签约机构代码", "机构代码", "MCN信用代码", "agency"),
            _("agency's code"),
            agency_code,
        ),
        Column(
            "since",
            ("签约开始", "签约日期", "签约时间", "签约开始日期", "合同开始", "合同起始", "since"),
            _("signed since"),
            dates.day,
        ),
        Column(
            "until",
            ("签约结束", "签约到期", "解约日期", "签约终止", "合同结束", "合同到期", "until"),
            _("signed until"),
            dates.day,
        ),
        Column(
            "joined_on",
            ("入会日期", "加入时间", "入会时间", "加入日期", "joined_on"),
            _("joined on"),
            dates.day,
        ),
        Column(
            "consent",
            ("公示授权", "公示同意", "同意公示", "是否公示", "是否同意公示", "授权公示", "consent"),
            _("consent to publication"),
            words.yes,
        ),
)  # fmt: skip

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
