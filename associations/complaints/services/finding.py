"""The finding, the end, and what is handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.complaints import rules
from associations.complaints.models import Finding, Handover
from associations.complaints.selectors import file_of
from associations.complaints.services.steps import take
from associations.complaints.states import Outcome, Satisfaction, Side, Step
from associations.discipline import services as discipline
from associations.discipline.states import Origin as CaseOrigin
from associations.members.models import Membership

if TYPE_CHECKING:
    from datetime import date

    from associations.complaints.models import Complaint
    from core.accounts.models import User


@transaction.atomic
def find(
    *,
    complaint: Complaint,
    outcome: Outcome,
    reasons: str,
    counted_elsewhere: bool = False,
    on: date | None = None,
    by: User,
) -> Finding:
    """Find whether the complaint is upheld. What is becomes part of the month's fact.

    `counted_elsewhere`: a platform's monthly figures hold it already.
    """
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_find(by, file, on=on, reasons=reasons).enforce()
    found = Finding.objects.create(
        association_id=file.complaint.association_id,
        complaint=file.complaint,
        owner_id=file.complaint.owner_id,  # type: ignore[misc] # who took it up; the database asks for one
        outcome=Outcome(outcome),
        reasons=reasons.strip(),
        counted_elsewhere=counted_elsewhere,
        found_on=on,
        by=by,
    )
    take(file, Step.FIND, on=on, by=by, note=reasons, detail={"outcome": str(found.outcome)})
    return found


@transaction.atomic
def close(*, complaint: Complaint, note: str, on: date | None = None, by: User | None) -> None:
    """Close it; `note` tells the complainant how it ended."""
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_close(by, file, on=on, note=note).enforce()
    take(file, Step.CLOSE, on=on, by=by, note=note)


@transaction.atomic
def satisfy(*, complaint: Complaint, satisfaction: Satisfaction, words: str = "") -> None:
    """The complainant says whether satisfied, with number and code."""
    file = file_of(complaint, lock=True)
    rules.may_satisfy(file).enforce()
    told = Satisfaction(satisfaction)
    take(
        file,
        Step.SATISFY,
        on=timezone.localdate(),
        by=None,
        side=Side.COMPLAINANT,
        note=words,
        detail={"satisfaction": str(told)},
        satisfaction=told,
    )


@transaction.atomic
def lead(
    *,
    complaint: Complaint,
    receiver: str,
    receipt: str,
    reasons: str,
    on: date | None = None,
    by: User,
) -> Handover:
    """Hand a lead to an authority; `receipt` is the number under which it has it."""
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_lead(by, file, on=on, reasons=reasons.strip() and receiver, receipt=receipt).enforce()
    made = Handover.objects.create(
        association_id=file.complaint.association_id,
        complaint=file.complaint,
        receiver=receiver.strip(),
        receipt=receipt.strip(),
        reasons=reasons.strip(),
        on=on,
        by=by,
    )
    take(
        file,
        Step.LEAD,
        on=on,
        by=by,
        note=f"{made.receiver} · {made.receipt}",
        detail={"lead": made.public_id},
    )
    return made


@transaction.atomic
def refer(
    *,
    complaint: Complaint,
    code: int,
    occurred_on: date,
    reasons: str,
    on: date | None = None,
    by: User,
) -> Handover:
    """Hand the complaint over as a lead for a case under catalogue entry `code`, with its evidence."""
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_refer(by, file, on=on, reasons=reasons).enforce()
    row = file.complaint
    if row.membership is None:  # the rule has refused already
        raise Membership.DoesNotExist
    case = discipline.open_lead(
        membership=row.membership,
        code=code,
        allegation=reasons,
        occurred_on=occurred_on,
        origin=CaseOrigin.COMPLAINT,
        origin_ref=row.number,
        opened_on=on,
        by=by,
    )
    for each in file.evidence:
        discipline.add_evidence(case=case, upload=each.evidence, shows=each.shows or row.number, by=by)
    made = Handover.objects.create(
        association_id=row.association_id,
        complaint=row,
        case=case,
        reasons=reasons.strip(),
        on=on,
        by=by,
    )
    take(
        file, Step.REFER, on=on, by=by, note=f"{case.number}: {made.reasons}", detail={"case": case.public_id}
    )
    return made
