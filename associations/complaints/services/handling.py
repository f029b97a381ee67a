"""Taking a complaint up, and the ways it ends before it is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.complaints import rules
from associations.complaints.models import Pattern
from associations.complaints.selectors import contact_of, file_of
from associations.complaints.selectors.lists import REPLY_DAYS
from associations.complaints.services.likeness import look
from associations.complaints.services.steps import take
from associations.complaints.states import Side, Step
from core.calendar.selectors import add_working_days
from core.ledger import services as ledger
from core.ledger.states import Act

if TYPE_CHECKING:
    from datetime import date

    from associations.complaints.models import Complaint
    from associations.members.models import Membership
    from core.accounts.models import User


@transaction.atomic
def release(*, complaint: Complaint, reasons: str, by: User | None) -> None:
    """Let a complaint that was set aside go on: a person has looked at its signs."""
    file = file_of(complaint, lock=True)
    rules.may_release(by, file, reasons=reasons).enforce()
    take(file, Step.RELEASE, on=timezone.localdate(), by=by, note=reasons, aside=False)


@transaction.atomic
def name_member(*, complaint: Complaint, member: Membership, by: User | None) -> None:
    """Say which member the complaint is about. What is like it about this member is looked up again."""
    file = file_of(complaint, lock=True)
    rules.may_name(by, file, member=member).enforce()
    take(
        file,
        Step.NAME,
        on=timezone.localdate(),
        by=by,
        note=member.number,
        detail={"member": member.public_id},
        membership=member,
    )
    look(file.complaint)


@transaction.atomic
def acknowledge(*, complaint: Complaint, on: date | None = None, by: User | None) -> None:
    """Acknowledge receipt; whoever does owns the complaint from now on 首问负责."""
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_acknowledge(by, file, on=on).enforce()
    take(file, Step.ACKNOWLEDGE, on=on, by=by, owner=by)


@transaction.atomic
def hand_on(*, complaint: Complaint, to: User, reasons: str, by: User | None) -> None:
    """Hand the complaint to another officer, who owns it from now on."""
    file = file_of(complaint, lock=True)
    rules.may_hand_on(by, file, to=to, reasons=reasons).enforce()
    take(
        file,
        Step.HAND_ON,
        on=timezone.localdate(),
        by=by,
        note=f"{to.name}: {reasons.strip()}",
        detail={"to": to.public_id},
        owner=to,
    )


@transaction.atomic
def accept(*, complaint: Complaint, on: date | None = None, by: User | None) -> None:
    """Accept it: the member is heard next and has ten working days. Raises UnknownYear."""
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_accept(by, file, on=on).enforce()
    until = add_working_days(on, REPLY_DAYS)
    take(
        file,
        Step.ACCEPT,
        on=on,
        by=by,
        detail={"reply_until": until.isoformat()},
        accepted_on=on,
        reply_until=until,
    )


@transaction.atomic
def refuse(*, complaint: Complaint, reasons: str, on: date | None = None, by: User | None) -> None:
    """Do not accept it, with reasons the complainant reads."""
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_refuse(by, file, on=on, reasons=reasons).enforce()
    take(file, Step.REFUSE, on=on, by=by, note=reasons)


@transaction.atomic
def transfer(*, complaint: Complaint, to: str, reasons: str, on: date | None = None, by: User | None) -> None:
    """Transfer it to `to`, who is competent."""
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_transfer(by, file, on=on, reasons=reasons.strip() and to).enforce()
    take(file, Step.TRANSFER, on=on, by=by, note=f"{to.strip()}: {reasons.strip()}", owner=by)


@transaction.atomic
def withdraw(*, complaint: Complaint, words: str, on: date | None = None, by: User | None) -> None:
    """Withdraw it. `by` None: the complainant did, with number and code."""
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_withdraw(by, file, on=on, words=words).enforce()
    take(file, Step.WITHDRAW, on=on, by=by, side=Side.ASSOCIATION if by else Side.COMPLAINANT, note=words)


@transaction.atomic
def see_contact(*, complaint: Complaint, by: User | None) -> tuple[str, str]:
    """The complainant's name and contact, for who handles the complaint; that it was seen stands in the ledger."""
    file = file_of(complaint)
    rules.may_see_contact(by, file).enforce()
    ledger.record(
        association_id=file.complaint.association_id,
        act=Act.COMPLAINT_CONTACT_SEEN,
        thing="complaint",
        thing_id=file.complaint.public_id,
        by=by,
    )
    return contact_of(file.complaint)


@transaction.atomic
def answer_pattern(*, pattern: Pattern, note: str, by: User | None) -> None:
    """Write down what was done about a pattern."""
    row = Pattern.objects.select_for_update(of=("self",)).get(pk=pattern.pk)
    rules.may_answer_pattern(by, row, note=note).enforce()
    row.note, row.answered_on, row.answered_by = note.strip(), timezone.localdate(), by
    row.save(update_fields=["note", "answered_on", "answered_by"])
    ledger.record(
        association_id=row.association_id,
        act=Act.PATTERN_ANSWERED,
        thing="pattern",
        thing_id=row.public_id,
        by=by,
    )
