"""Putting on paper what the file of a case holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from associations.conduct.catalogue import by_number
from associations.discipline.models import Case, CaseDocument
from associations.discipline.rules import may_issue
from associations.discipline.selectors import documents_of, file_of, standing
from associations.discipline.states import Measure
from associations.documents.services import issue
from associations.documents.states import SPECS, DocumentKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from associations.discipline.models import AppealService, Service
    from associations.discipline.selectors import CaseFile
    from associations.documents.models import Document
    from associations.documents.wording import Told
    from core.accounts.models import User

TOLD_OF_PUBLICATION = "已告知受送达人：本决定将依法依规公示。"


@transaction.atomic
def issue_document(*, case: Case, kind: DocumentKind, by: User | None) -> Document:
    """Issue a document of the case under its number, sealed into the ledger. Raises Denied."""
    file = file_of(case, lock=True)
    issued = list(documents_of(file.case))
    may_issue(by, file, kind, standing(issued)).enforce()
    with override(settings.LANGUAGE_CODE):  # documents are Chinese, whatever language the clerk works in
        told = _TOLD[kind](file, issued)
    known = {key: value for key, value in told.items() if key in SPECS[kind].fields}
    document = issue(kind=kind, told=known, by=by)
    CaseDocument.objects.create(association_id=case.association_id, case=file.case, document=document)
    return document


def _of_case(file: CaseFile) -> dict[str, str | list[str]]:
    case, entry = file.case, by_number(file.case.code)
    return {
        "member": case.membership.name,
        "code": case.membership.code_masked,
        "case": case.number,
        "allegation": case.allegation,
        "entry": entry.told(settings.LANGUAGE_CODE) if entry else "",
        "severity": str(case.get_severity_display()),
        "basis": case.basis,
    }


def _of_notice(file: CaseFile, _issued: list[CaseDocument]) -> Told:
    notice = file.notice
    assert notice is not None  # noqa: S101 - the by-law was asked
    return _of_case(file) | {
        "text": notice.text,
        "measure": str(Measure(notice.measure).label),
        "answer_until": told_day(notice.answer_until),
    }


def _of_decision(file: CaseFile, _issued: list[CaseDocument]) -> Told:
    made = file.made
    return _of_case(file) | {
        "basis": made.basis,
        "charter": made.charter_article,
        "measure": str(Measure(made.measure).label),
        "reasons": made.reasons,
        "severity": str(made.get_severity_display()),
        "votes": f"应到{made.members_due}人，实到{made.members_present}人，{made.votes_in_favour}人赞成。",
        "ends_on": told_day(made.ends_on) if made.ends_on else "",
    }


def _of_service(file: CaseFile, issued: list[CaseDocument]) -> Told:
    service = file.service
    assert service is not None  # noqa: S101 - the by-law was asked
    title = SPECS[DocumentKind.DECISION].title
    return _of_case(file) | {
        "document": [
            f"{title} {_number_of_decision(file, issued)}",
            SPECS[DocumentKind.GUIDE].title,
        ],
        **_served(service),
        "appeal_until": told_day(service.appeal_until),
        "publication": TOLD_OF_PUBLICATION if service.told_of_publication else "",
    }


def _of_appeal_service(file: CaseFile, issued: list[CaseDocument]) -> Told:
    service = file.appeal_service
    assert service is not None  # noqa: S101 - the by-law was asked
    title = SPECS[DocumentKind.APPEAL].title
    number = _number_of(DocumentKind.APPEAL, issued)
    return _of_case(file) | {"document": [f"{title} {number}".strip()], **_served(service)}


def _served(service: Service | AppealService) -> dict[str, str]:
    return {
        "served_on": told_day(service.served_on),
        "method": service.method,
        "proof": service.proof,
    }


def _of_hearing(file: CaseFile, _issued: list[CaseDocument]) -> Told:
    call = file.call
    assert call is not None  # noqa: S101 - the by-law was asked
    return _of_case(file) | {
        "hearing_on": told_day(call.held_on),
        "place": call.place,
        "chair": call.chair.name,
        "panel": [seat.name for seat in file.sitting],
    }


def _of_minutes(file: CaseFile, issued: list[CaseDocument]) -> Told:
    minutes = file.minutes
    assert minutes is not None  # noqa: S101 - the by-law was asked
    came = "到场" if minutes.attended else "未到场"
    return {
        **_of_hearing(file, issued),
        "hearing_on": told_day(minutes.held_on),
        "present": [f"当事人：{came}"],
        "record": minutes.text,
    }


def _of_appeal(file: CaseFile, issued: list[CaseDocument]) -> Told:
    appeal, decided = file.appeal, file.appeal_decision
    assert appeal is not None  # noqa: S101 - the by-law was asked
    assert decided is not None  # noqa: S101 - likewise
    return _of_case(file) | {
        "decision": f"{_number_of_decision(file, issued)}决定",
        "grounds": appeal.grounds,
        "outcome": str(decided.get_outcome_display()),
        "reasons": decided.reasons,
        "basis": file.made.basis,
        "measure": str(Measure(decided.measure).label) if decided.measure else "",
    }


def _number_of_decision(file: CaseFile, issued: list[CaseDocument]) -> str:
    """The number on the decision as issued; the decision's own where it was never put on paper here."""
    return _number_of(DocumentKind.DECISION, issued) or file.made.number


def _number_of(kind: DocumentKind, issued: list[CaseDocument]) -> str:
    """The number on the latest paper of a kind; empty where none was issued."""
    return next((row.document.number for row in reversed(issued) if row.document.kind == kind), "")


def told_day(day: date) -> str:
    """A day as documents write it: 2026年5月9日."""
    return f"{day.year}年{day.month}月{day.day}日"


_TOLD: dict[DocumentKind, Callable[[CaseFile, list[CaseDocument]], Told]] = {
    DocumentKind.NOTICE: _of_notice,
    DocumentKind.HEARING: _of_hearing,
    DocumentKind.MINUTES: _of_minutes,
    DocumentKind.DECISION: _of_decision,
    DocumentKind.SERVICE: _of_service,
    DocumentKind.APPEAL: _of_appeal,
    DocumentKind.APPEAL_SERVICE: _of_appeal_service,
}
