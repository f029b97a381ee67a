"""Member lists and streamer lists."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from associations.imports.papers.columns.shared import USCC, agency_code, guarded
from core.paperwork import dates, words
from core.paperwork.cells import limited
from core.paperwork.schemas import Column
from core.subjects.identifiers import mask_identity, mask_name, mask_phone, parse_identity, parse_uscc
from core.subjects.names import parse_name

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
