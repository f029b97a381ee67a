"""Entries of the compensation register. Who comes second waits: the fund is counted before it is spent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from associations.complaints import rules
from associations.complaints.models import BookAccount, BookEntry
from associations.complaints.selectors import balances, file_of
from associations.complaints.states import AccountKind, EntryKind
from associations.tenancy import scope
from core.ledger import services as ledger
from core.ledger.states import Act
from core.subjects import encryption
from core.walls.turns import hold

if TYPE_CHECKING:
    from datetime import date

    from associations.complaints.models import Complaint
    from core.accounts.models import User

SIDES = {
    EntryKind.DEPOSIT: (AccountKind.FUND, AccountKind.PAID_IN),
    EntryKind.ADVANCE: (AccountKind.CLAIM, AccountKind.FUND),
    EntryKind.RECOVERY: (AccountKind.FUND, AccountKind.CLAIM),
    EntryKind.WRITE_OFF: (AccountKind.LOSS, AccountKind.CLAIM),
}
"""Which account an entry debits, which it credits."""


@transaction.atomic
def deposit(
    *, amount: int, proof: str, token: str, note: str = "", on: date | None = None, by: User
) -> BookEntry:
    """Enter a payment into the fund, in fen. `token` is the form's: the same again is the same entry."""
    if (standing := _held(token)) is not None:
        return standing
    on = on or timezone.localdate()
    rules.may_deposit(by, on=on).enforce()
    return _book(EntryKind.DEPOSIT, None, amount=amount, proof=proof, token=token, note=note, on=on, by=by)


@transaction.atomic
def advance(
    *,
    complaint: Complaint,
    amount: int,
    proof: str,
    token: str,
    note: str = "",
    on: date | None = None,
    by: User,
) -> BookEntry:
    """Pay the complainant in advance out of the fund; the claim on the member passes to the association."""
    if (standing := _held(token)) is not None:
        return standing
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_advance(by, file, amount=amount, fund=balances().fund, on=on).enforce()
    return _book(
        EntryKind.ADVANCE, file.complaint, amount=amount, proof=proof, token=token, note=note, on=on, by=by
    )


@transaction.atomic
def recover(
    *,
    complaint: Complaint,
    amount: int,
    proof: str,
    token: str,
    note: str = "",
    on: date | None = None,
    by: User,
) -> BookEntry:
    """Enter what the member has paid back."""
    if (standing := _held(token)) is not None:
        return standing
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_recover(by, file, amount=amount, on=on).enforce()
    return _book(
        EntryKind.RECOVERY, file.complaint, amount=amount, proof=proof, token=token, note=note, on=on, by=by
    )


@transaction.atomic
def write_off(
    *,
    complaint: Complaint,
    amount: int,
    proof: str,
    token: str,
    note: str,
    on: date | None = None,
    by: User,
) -> BookEntry:
    """Write off what cannot be recovered, with reasons."""
    if (standing := _held(token)) is not None:
        return standing
    on = on or timezone.localdate()
    file = file_of(complaint, lock=True)
    rules.may_write_off(by, file, amount=amount, note=note, on=on).enforce()
    return _book(
        EntryKind.WRITE_OFF, file.complaint, amount=amount, proof=proof, token=token, note=note, on=on, by=by
    )


def _held(token: str) -> BookEntry | None:
    """Hold the register; give the entry this form has made already."""
    hold("compensation register", scope.association_id())
    return BookEntry.objects.filter(token_index=encryption.index("secret", token)).first()


def _book(
    kind: EntryKind,
    complaint: Complaint | None,
    *,
    amount: int,
    proof: str,
    token: str,
    note: str,
    on: date,
    by: User,
) -> BookEntry:
    member = complaint.membership_id if complaint else None
    debit, credit = (_account(side, member if side == AccountKind.CLAIM else None) for side in SIDES[kind])
    entry = BookEntry.objects.create(
        association_id=scope.association_id(),
        kind=kind,
        complaint=complaint,
        debit=debit,
        credit=credit,
        amount=amount,
        on=on,
        proof=proof.strip(),
        note=note.strip(),
        token_index=encryption.index("secret", token),
        by=by,
    )
    ledger.record(
        association_id=entry.association_id,
        act=Act.MONEY_BOOKED,
        thing="complaint" if complaint else "register",
        thing_id=complaint.public_id if complaint else entry.public_id,
        detail={"entry": entry.public_id, "kind": str(kind), "fen": amount},
        by=by,
    )
    return entry


def _account(kind: AccountKind, membership_id: int | None) -> BookAccount:
    named: dict[str, Any] = {"kind": kind, "membership_id": membership_id}
    account, _made = BookAccount.objects.get_or_create(association_id=scope.association_id(), **named)
    return account
