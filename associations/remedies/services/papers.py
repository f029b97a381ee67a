"""The decision on a repair as a paper, by the association's template, numbered and sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from associations.documents.services import issue
from associations.documents.states import DocumentKind
from associations.remedies import rules
from associations.remedies.models import Repair, RepairDocument
from associations.remedies.states import RepairState
from associations.remedies.words import fact_text

if TYPE_CHECKING:
    from associations.documents.models import Document
    from core.accounts.models import User

CONDITIONS = {
    "term_over": "已满最短公示期",
    "is_performed": "已纠正违约失信行为并全部履行义务",
    "has_undertaken": "已公开作出承诺",
    "else_met": "符合法律规定的其他条件",
}
"""The four of NDRC Order 36, as the paper says them: documents are Chinese, whatever language the clerk works in."""


@transaction.atomic
def issue_letter(*, repair: Repair, by: User | None) -> Document:
    """Put the decision on a repair on paper. Raises Denied."""
    repair = (
        Repair.objects.select_for_update(of=("self",)).select_related("membership", "fact").get(pk=repair.pk)
    )
    rules.may_issue(by, repair).enforce()
    granted = repair.state == RepairState.GRANTED
    with override(settings.LANGUAGE_CODE):
        record = fact_text(repair.fact) if repair.fact else repair.ref
    document = issue(
        kind=DocumentKind.REPAIR,
        told={
            "member": repair.membership.name,
            "code": repair.membership.code_masked,
            "decision": record,
            "grounds": repair.performed,
            "conditions": [
                f"{words}：{'符合' if getattr(repair, name) else '不符合'}"
                for name, words in CONDITIONS.items()
            ],
            "outcome": "准予信用修复，即时停止公示、共享和使用" if granted else "不予信用修复",
            "reasons": repair.reasons,
        },
        by=by,
    )
    RepairDocument.objects.create(association_id=repair.association_id, repair=repair, document=document)
    return document
