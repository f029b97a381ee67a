"""Member lists and streamer lists."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from associations.imports.papers.columns.shared import (
    DASHES,
    INDEPENDENT,
    JOINED,
    OPEN_ENDED,
    USCC,
    agency_code,
    guarded,
    name_of,
    spelled,
)
from core.paperwork import dates, words
from core.paperwork.cells import NOTHING, limited
from core.paperwork.schemas import Column
from core.subjects.identifiers import mask_identity, mask_name, mask_phone, parse_identity, parse_uscc

MEMBERS = guarded(
        Column(
            "name",
            (
                "会员名称", "单位名称", "企业名称", "会员单位", "会员单位名称", "公司名称",
                *spelled("会员 单位 企业 公司 机构 商户 主体 组织", "名称 全称 名 ·"),
                *spelled("会员", "单位 企业 公司 机构", "名称 全称 名 ·"), "单位会员", "单位会员名称",
                "名称", "name", "company name", "member name",
            ),
            _("name"),
            name_of,
            required=True,
        ),
        Column("uscc", USCC, _("unified social credit code"), parse_uscc, required=True),
        Column(
            "category",
            (
                "会员类别", "类型", "类别", "会员类型",
                *spelled("会员 单位 主体 机构 企业 ·", "类别 类型 种类 性质 身份 分类"),
                "category", "type",
            ),
            _("category"),
            words.category,
            required=True,
        ),
        Column(
            "joined_on",
            (
                *JOINED, "joined_on", "date joined", "join date",
            ),
            _("joined on"),
            dates.day,
            required=True,
        ),
        Column(
            "status",
            (*spelled("· 会员 会籍 目前 当前 会员资格", "状态 状况"), "会籍", "status"),
            _("state"),
            words.membership_status,
            blank="active",
            nothing=DASHES,
        ),
        Column(
            "contact",
            (*spelled("联系人 联络人 负责人 经办人", "· 姓名"), "contact"),
            _("contact"),
            limited(60),
            nothing=NOTHING,
            mask=mask_name,
        ),
        Column(
            "phone",
            (
                *spelled("联系 联系人 联络 负责人 ·", "电话 手机 手机号 手机号码 电话号码 方式"), "phone",
            ),
            _("telephone"),
            limited(40),
            nothing=NOTHING,
            mask=mask_phone,
        ),
)  # fmt: skip

STREAMERS = guarded(
        Column(
            "stage_name",
            (
                *spelled("艺名 昵称 主播昵称 主播艺名", "·"),
                *spelled("主播 直播 账号", "昵称 艺名 名称 网名 名"), "主播", "网名", "stage_name", "stage name",
            ),
            _("stage name"),
            name_of,
            required=True,
        ),
        Column(
            "legal_name",
            (
                *spelled("真实 主播 实名 本人 法定 ·", "姓名"), "本名", "实名", "legal_name", "legal name",
            ),
            _("legal name"),
            name_of,
            nothing=NOTHING,
            mask=mask_name,
        ),
        Column(
            "identity",
            (
                *spelled("证件 身份证 身份 公民身份 居民身份证 身份证件 有效证件 主播身份证 本人身份证", "号码 号"),
                "身份证", "identity_number", "identity number",
            ),
            _("identity number"),
            parse_identity,
            required=True,
            mask=mask_identity,
        ),
        Column(
            "platform",
            (*spelled("· 直播 所在 主要 入驻 开播 签约", "平台"), "平台名称", "platform"),
            _("platform"),
            limited(60),
            nothing=NOTHING,
        ),
        Column(
            "account",
            (
                *spelled("· 平台 直播 主播", "账号 帐号 账号ID 帐号ID ID 账户"), "账号名", "UID", "account",
            ),
            _("account"),
            limited(120),
            nothing=NOTHING,
            mask=mask_name,
        ),
        Column(
            "agency",
            (
                *spelled(
                    "签约 所属 经纪 服务 合作 MCN 签约MCN 所属MCN 签约经纪 签约服务 ·",
                    "机构 公司 单位 ·",
                    "信用代码 统一社会信用代码 社会信用代码",
                ),
                *spelled("签约 所属 · MCN", "机构 公司", "代码"), "agency",
            ),
            _("agency's code"),
            agency_code,
            nothing=INDEPENDENT,
        ),
        Column(
            "since",
            (
                *spelled("签约 合同 合作 协议", "开始 起始 生效 签订 起 ·", "日期 时间 日"),
                *spelled("签约 合同 合作 协议", "开始 起始 生效 起"), "since",
            ),
            _("signed since"),
            dates.day,
            nothing=NOTHING,
        ),
        Column(
            "until",
            (
                *spelled("签约 合同 合作 协议", "结束 到期 终止 截止 届满 止", "日期 时间 日 ·"),
                *spelled("解约", "日期 时间 日"), "until",
            ),
            _("signed until"),
            dates.day,
            nothing=OPEN_ENDED,
        ),
        Column(
            "joined_on",
            (*JOINED, "joined_on"),
            _("joined on"),
            dates.day,
            nothing=NOTHING,
        ),
        Column(
            "consent",
            (
                *spelled("· 是否 信息", "公示授权 公示同意 同意公示 授权公示 同意公开 公开授权 授权公开"),
                "是否公示", "是否公开", "公示授权书", "公示意愿", "授权情况", "consent",
            ),
            _("consent to publication"),
            words.yes,
            nothing=DASHES,
        ),
)  # fmt: skip
