"""Invented words for every field, by which a template is tried before it is taken into use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from associations.documents.wording import Told

SAMPLE: Told = {
    "member": "某市样例电子商务有限公司",
    "code": "9199************0X",
    "case": "案〔2026〕1号",
    "allegation": "在直播中以从未成交的价格作为原价进行比较。",
    "entry": "虚假或者引人误解的价格表示",
    "severity": "一般",
    "text": "在三场直播中展示从未成交的“原价”。\n经核对后台订单，该价格此前三十日内没有成交记录。",
    "basis": "《网络直播营销管理办法（试行）》第十八条",
    "charter": "第二十二条",
    "measure": "警告，责令改正",
    "answer_until": "2026年5月9日",
    "hearing_on": "2026年5月20日上午九时三十分",
    "place": "本会会议室",
    "chair": "评议甲",
    "panel": ["评议甲", "评议乙", "评议丙"],
    "present": ["某市样例电子商务有限公司的委托代理人", "调查人员", "评议庭全体成员"],
    "record": "主持人核对到场人员，宣布听证开始。\n当事人陈述申辩，双方举证、质证。",
    "reasons": "上述事实有直播录像、订单记录证明，足以认定。",
    "votes": "应到三人，实到三人，三人赞成。",
    "ends_on": "2027年5月12日",
    "decision": "协决〔2026〕1号决定",
    "document": ["纪律处分决定书 协决〔2026〕1号", "信用修复指引"],
    "served_on": "2026年5月13日",
    "method": "邮寄",
    "proof": "邮件回执一号",
    "appeal_until": "2026年6月3日",
    "publication": "已告知本决定将依规公示。",
    "grounds": "所称价格为建议零售价。",
    "outcome": "维持原决定",
    "conditions": ["已达到最短公示期限", "已改正并全部履行", "已作出公开承诺", "符合其他规定条件"],
}
