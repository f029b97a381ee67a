"""The kinds of documents, and what each must say."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    NOTICE = "notice", _("Prior notice")
    HEARING = "hearing", _("Notice of hearing")
    MINUTES = "minutes", _("Minutes of the hearing")
    DECISION = "decision", _("Decision")
    SERVICE = "service", _("Service record")
    APPEAL = "appeal", _("Decision on appeal")
    APPEAL_SERVICE = "receipt", _("Service record of the decision on appeal")
    REPAIR = "repair", _("Repair decision")
    GUIDE = "guide", _("Repair guide")  # never alone: the second page of a decision


FIELDS: dict[str, str] = {
    "member": "会员",
    "code": "会员代码",
    "case": "案号",
    "allegation": "违规事实",
    "entry": "违规行为",
    "severity": "严重程度",
    "text": "告知内容",
    "basis": "依据",
    "charter": "章程条款",
    "measure": "措施",
    "answer_until": "申辩截止日",
    "hearing_on": "听证时间",
    "place": "听证地点",
    "chair": "主持人",
    "panel": "评议庭",
    "present": "到场人员",
    "record": "听证记录",
    "reasons": "理由",
    "votes": "表决情况",
    "ends_on": "措施截止日",
    "decision": "原决定",
    "document": "送达文书",
    "served_on": "送达日期",
    "method": "送达方式",
    "proof": "送达凭证",
    "appeal_until": "复核截止日",
    "publication": "公示告知",
    "grounds": "申请理由",
    "outcome": "结论",
    "conditions": "修复条件",
}
"""Every field: what the code calls it, and what a template calls it, between braces."""


@dataclass(frozen=True, slots=True)
class Spec:
    """What a kind is called on paper, the word in its number, the fields it knows, those it must say; guide or none."""

    title: str
    word: str
    fields: tuple[str, ...]
    needed: frozenset[str]
    guide: bool = False


_PARTY = ("member", "code", "case")


def _spec(title: str, word: str, fields: str, needed: str, *, guide: bool = False) -> Spec:
    return Spec(title, word, (*_PARTY, *fields.split()), frozenset({"member", *needed.split()}), guide)


SPECS: dict[DocumentKind, Spec] = {
    DocumentKind.NOTICE: _spec(
        "纪律处分事先告知书", "告", "allegation entry severity text basis measure answer_until",
        "text basis measure answer_until",
    ),
    DocumentKind.HEARING: _spec(
        "听证通知书", "听", "allegation hearing_on place chair panel", "hearing_on place chair",
    ),
    DocumentKind.MINUTES: _spec(
        "听证笔录", "录", "hearing_on place chair panel present record", "hearing_on present record",
    ),
    DocumentKind.DECISION: _spec(
        "纪律处分决定书", "决",
        "allegation entry severity basis charter measure reasons votes ends_on answer_until",
        "reasons basis charter measure", guide=True,
    ),
    DocumentKind.SERVICE: _spec(
        "送达回证", "送", "document served_on method proof appeal_until publication", "document served_on method proof",
    ),
    DocumentKind.APPEAL: _spec(
        "复核决定书", "复", "decision grounds outcome reasons basis measure", "decision outcome reasons", guide=True,
    ),
    DocumentKind.APPEAL_SERVICE: _spec(
        "复核决定送达回证", "复送", "document served_on method proof", "document served_on method proof",
    ),
    DocumentKind.REPAIR: _spec(
        "信用修复决定书", "修", "decision grounds conditions outcome reasons", "decision conditions outcome reasons",
    ),
    DocumentKind.GUIDE: Spec("信用修复指引", "", ("member", "case"), frozenset()),
}  # fmt: skip
