"""Mediation: proposed, answered by both, made; performed or not. What is made leaves facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.complaints import rules
from associations.complaints.models import Settlement
from associations.complaints.selectors import file_of
from associations.complaints.services import facts
from associations.complaints.services.steps import take
from associations.complaints.states import Answer, Side, Step

if TYPE_CHECKING:
    from datetime import date

    from associations.complaints.models import Complaint
    from associations.complaints.selectors import ComplaintFile
    from core.accounts.models import User


@transaction.atomic
def mediate(*, complaint: Complaint, on: date | None = None, by: User | None) -> None:
    """Begin mediation."""
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_mediate(by, file, on=on).enforce()
    take(file, Step.MEDIATE, on=on, by=by)


@transaction.atomic
def propose(
    *,
    complaint: Complaint,
    terms: str,
    due_on: date,
    amount: int | None = None,
    committee: bool = False,
    on: date | None = None,
    by: User,
) -> Settlement:
    """Propose an agreement to both sides: `amount` in fen, to be performed by `due_on`.

    `committee`: before a registered people's mediation committee; only then may a court confirm it.
    """
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_propose(by, file, terms=terms, on=on, due_on=due_on).enforce()
    made = Settlement.objects.create(
        association_id=file.complaint.association_id,
        complaint=file.complaint,
        terms=terms.strip(),
        amount=amount,
        due_on=due_on,
        committee=committee,
        proposed_on=on,
        proposed_by=by,
    )
    take(file, Step.PROPOSE, on=on, by=by, note=made.terms, detail={"due_on": due_on.isoformat()})
    return made


@transaction.atomic
def say(
    *,
    complaint: Complaint,
    side: Side,
    yes: bool,
    words: str = "",
    own: bool = False,
    on: date | None = None,
    by: User | None,
) -> None:
    """What a side says to the proposal. A yes of both makes the agreement; a no of one ends the proposal.

    `own`: the side itself says it, the complainant with number and code, the member at its desk.
    """
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_say(by, file, side=side, on=on, own=own).enforce()
    standing = _standing(file)
    field = "complainant_says" if side == Side.COMPLAINANT else "member_says"
    setattr(standing, field, Answer.YES if yes else Answer.NO)
    if not yes:
        standing.ended_on = on
    elif standing.complainant_says == standing.member_says:
        standing.made_on = on
    standing.save(update_fields=[field, "ended_on", "made_on"])
    take(file, Step.SAY_YES if yes else Step.SAY_NO, on=on, by=by, side=side, note=words)
    if standing.made_on:
        take(file, Step.AGREE, on=on, by=by, side=side, detail={"agreement": standing.public_id})


@transaction.atomic
def fail(*, complaint: Complaint, reasons: str, on: date | None = None, by: User | None) -> None:
    """End mediation without an agreement; a proposal that stands ends with it."""
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_fail(by, file, on=on, reasons=reasons).enforce()
    if standing := file.settlement:
        standing.ended_on = on
        standing.save(update_fields=["ended_on"])
    take(file, Step.FAIL, on=on, by=by, note=reasons)


@transaction.atomic
def perform(*, complaint: Complaint, proof: str, on: date | None = None, by: User | None) -> None:
    """Record that the member has performed the agreement; late, it lifts what default brought."""
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_perform(by, file, on=on, proof=proof).enforce()
    standing = _standing(file)
    standing.performed_on = on
    standing.save(update_fields=["performed_on"])
    if standing.defaulted_on:
        facts.performed_late(file, standing)
    else:
        facts.performed(file, standing)
    take(file, Step.PERFORM, on=on, by=by, note=proof, detail={"agreement": standing.public_id})


@transaction.atomic
def default(*, complaint: Complaint, reasons: str, on: date | None = None, by: User | None) -> None:
    """Record that the agreement was not performed by its day."""
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_default(by, file, on=on, reasons=reasons).enforce()
    standing = _standing(file)
    standing.defaulted_on = on
    standing.save(update_fields=["defaulted_on"])
    facts.defaulted(file, standing)
    take(file, Step.DEFAULT, on=on, by=by, note=reasons, detail={"agreement": standing.public_id})


def _standing(file: ComplaintFile) -> Settlement:
    """What is proposed or agreed, where the rule has seen it. Raises Settlement.DoesNotExist."""
    if file.settlement is None:
        raise Settlement.DoesNotExist
    return file.settlement
