"""Headings as associations write them."""

import pytest

from associations.imports.services import carrying


@pytest.mark.parametrize(
    ("paper", "written"),
    [
        ("members", "会员单位全称 社会信用代码 会员种类 批准入会日期 会籍状态 联系人姓名 联系人电话"),
        ("members", "企业名称（全称） 营业执照号码 单位性质 登记入会日期 目前状态 负责人 手机号"),
        (
            "streamers",
            (
                "主播昵称 主播姓名 居民身份证号码 主要平台 平台账号 所属机构统一社会信用代码 签约起始日 合同到期日期 "
                "入会时间 是否同意公示"
            ),
        ),
        ("training", "培训主题 培训日期 培训学时 统一社会信用代码/身份证号 签到情况 考试成绩 培训地点"),
        (
            "decisions",
            (
                "文号 作出日期 统一社会信用代码/身份证号码 违规行为代码 情节 处分措施 应到 实到 同意票 告知书送达日期 "
                "陈述申辩情况 复核截止日期 违规事实 处理依据"
            ),
        ),
        ("figures", "统一社会信用代码 统计月份 平台名称 订单量 成立投诉量 办结投诉量 按时答复量 解决量"),
    ],
)
def test_headings_as_associations_write_them(paper, written):
    assert carrying.fitting(written.split(), paper) == len(written.split())
