"""What a member may know of the own file. Frozen rows for the desk's pages; each asks in the scope in force."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - a dataclass field's type is looked up at run time by readers
from typing import TYPE_CHECKING

from associations.conduct.catalogue import by_number
from associations.conduct.states import Severity
from associations.discipline.models import Case, CaseEvidence
from associations.discipline.selectors import Due, cases, documents_of, due_of
from associations.discipline.states import CaseState, Letter, Measure
from associations.documents.states import DocumentKind
from associations.members.models import (
    AgencyLink,
    Check,
    Consent,
    Membership,
    MembershipEvent,
    PlatformAccount,
)
from associations.members.states import Item, Purpose
from core.calendar.selectors import calendar
from core.subjects import encryption
from core.subjects.identifiers import mask_name, mask_phone

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from associations.documents.models import Document

UNTOLD = frozenset({CaseState.LEAD, CaseState.FILED, CaseState.REPORTED})
"""Of a case in these states the member has not been told yet: its prior notice tells, or lies here to be opened."""

AT_THE_DESK = (Purpose.RATE, Purpose.PUBLISH, Purpose.DELIVER)
"""The consents a member gives and withdraws by a button; sharing names its receiver and is only withdrawn here."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as its member sees it. `code` is the catalogue number; `due` the clock that runs, or None."""

    public_id: str
    number: str
    code: int
    violation: str
    severity: Severity
    state: CaseState
    opened_on: date
    allegation: str
    notice: str
    intended: Measure | None
    served_on: date | None
    answer_until: date | None
    decision: str
    measure: Measure | None
    decided_on: date | None
    reasons: str
    appeal_until: date | None
    counts: bool
    due: Due | None

    @property
    def statement_due(self) -> bool:
        return self.state == CaseState.NOTICED

    @property
    def may_appeal(self) -> bool:
        """Whether an appeal is still open to it: there is one, in its time."""
        return self.state == CaseState.SERVED

    @property
    def pending(self) -> bool:
        """Whether it may still be upheld."""
        return self.state in {CaseState.NOTICED, CaseState.HEARD, CaseState.PANEL}


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """A purpose, whether consent to it stands, since when and to which version of the text."""

    purpose: Purpose
    receiver: str
    given: bool
    at: datetime | None
    text_version: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """An item of the checklist by its latest check."""

    item: Item
    passed: bool
    checked_on: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """An agency and a streamer, from the other side's name."""

    other: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """A change of the membership, in words."""

    on: date
    change: str
    before: str
    after: str
    reason: str


def own_membership(public_id: str, subject_ids: Collection[int]) -> Membership | None:
    """The membership, if it is one of these subjects'."""
    return Membership.objects.filter(public_id=public_id, subject_id__in=subject_ids).first()


def memberships_of(subject_ids: Collection[int]) -> list[Membership]:
    """The memberships of these subjects in the association in force, ended ones last."""
    rows = Membership.objects.filter(subject_id__in=subject_ids)
    return sorted(rows, key=lambda each: (each.left_on is not None, each.category, each.pk))


def told_cases(membership: Membership) -> QuerySet[Case]:
    """The member's cases the member has been told of."""
    rows = cases().filter(membership=membership).exclude(state__in=UNTOLD, laid=None)
    return rows.exclude(state=CaseState.DROPPED, notice=None)


def files_by(case: Case, user_ids: Collection[int]) -> list[CaseEvidence]:
    """What these users have put into the file of a case; one query."""
    rows = CaseEvidence.objects.filter(case=case, by_id__in=user_ids)
    return list(rows.select_related("evidence").order_by("id"))


PAPERS = {
    Letter.NOTICE: DocumentKind.NOTICE,
    Letter.CALL: DocumentKind.HEARING,
    Letter.DECISION: DocumentKind.DECISION,
    Letter.APPEAL: DocumentKind.APPEAL,
}


def paper_of(case: Case, letter: Letter) -> Document | None:
    """The letter's document, the latest that stands; none where none was issued. One query."""
    issued = [row.document for row in documents_of(case) if row.document.kind == PAPERS[letter]]
    return next((each for each in reversed(issued) if not hasattr(each, "withdrawal")), None)


def cases_of(membership: Membership, language: str) -> list[CaseRow]:
    """The member's cases the member has been told of, the newest first; three queries with the calendar."""
    days = calendar()
    return [_case_row(case, due_of(case, days=days), language) for case in told_cases(membership)]


def statements_due(membership: Membership) -> int:
    """How many notices wait for the member's statement."""
    return Case.objects.filter(membership=membership, state=CaseState.NOTICED).count()


def _case_row(case: Case, due: Due | None, language: str) -> CaseRow:
    entry = by_number(case.code)
    notice, decision = getattr(case, "notice", None), getattr(case, "decision", None)
    service = getattr(decision, "service", None)
    told = (
        decision if service or (decision and case.imported) else None
    )  # a decision is the member's once served
    return CaseRow(
        public_id=case.public_id,
        number=case.number,
        code=case.code,
        violation=f"{entry.told(language)} ({entry.code})" if entry else "",
        severity=Severity(case.severity),
        state=CaseState(case.state),
        opened_on=case.opened_on,
        allegation=case.allegation,
        notice=notice.text if notice else "",
        intended=Measure(notice.measure) if notice else None,
        served_on=notice.served_on if notice else None,
        answer_until=notice.answer_until if notice else None,
        decision=told.number if told else "",
        measure=Measure(told.measure) if told else None,
        decided_on=told.decided_on if told else None,
        reasons=told.reasons if told else "",
        appeal_until=(service or told).appeal_until if told else None,
        counts=bool(told and told.counts),
        due=due,
    )


def consents_of(membership: Membership) -> list[ConsentRow]:
    """What stands of each consent: those of the desk always, sharing with each receiver that was ever named."""
    latest = (
        Consent.objects.filter(membership=membership)
        .order_by("purpose", "receiver", "-at", "-id")
        .distinct("purpose", "receiver")
    )
    known = {
        (each.purpose, each.receiver): ConsentRow(
            Purpose(each.purpose), each.receiver, each.given, each.at, each.text_version
        )
        for each in latest
    }
    unsaid = {
        purpose: ConsentRow(purpose, "", given=False, at=None, text_version="") for purpose in AT_THE_DESK
    }
    asked = [known.pop((purpose, ""), unsaid[purpose]) for purpose in AT_THE_DESK]
    return [*asked, *(row for row in known.values() if row.given and row.purpose != Purpose.JOIN)]


def checks_of(membership: Membership) -> list[CheckRow]:
    """The checklist by its latest checks; one query."""
    rows = Check.objects.filter(membership=membership).order_by("item", "-checked_on", "-id").distinct("item")
    return [
        CheckRow(Item(item), passed, on, until)
        for item, passed, on, until in rows.values_list("item", "passed", "checked_on", "valid_until")
    ]


def links_of(membership: Membership) -> list[LinkRow]:
    """The agencies a streamer is or was signed with; an agency's own roster is counted, not listed."""
    rows = AgencyLink.objects.filter(streamer=membership).order_by("-since")
    return [LinkRow(*values) for values in rows.values_list("agency__name", "since", "until")]


def contact_of(membership: Membership) -> dict[str, str]:
    """Person and telephone to reach, masked as they are shown everywhere."""
    if membership.contact_sealed is None:
        return {}
    told = json.loads(encryption.unseal(membership.contact_sealed, "contact"))
    masks = {"person": mask_name, "phone": mask_phone}
    return {key: masks[key](value) for key, value in told.items() if key in masks and value}


def accounts_of(membership: Membership) -> list[str]:
    """The platforms on which an account is on file; the accounts themselves stay sealed."""
    return list(
        PlatformAccount.objects.filter(membership=membership)
        .order_by("platform")
        .values_list("platform", flat=True)
    )


def events_of(membership: Membership) -> list[EventRow]:
    """What happened to the membership, the newest first; one query."""
    rows = MembershipEvent.objects.filter(membership=membership).order_by("-on", "-id")
    return [EventRow(each.on, str(each), each.before, each.after, each.reason) for each in rows]
