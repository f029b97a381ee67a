"""By-laws of the finding, of closing, of handing on, and of the compensation register."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.complaints.rules.grounds import all_of, by_a_person, in_time, in_turn, owned_by, with_words
from associations.complaints.states import EntryKind, Outcome, Step
from associations.registry.rules import Verb, may
from core.ui.formatting import money
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from associations.complaints.selectors import ComplaintFile
    from core.accounts.models import User

FIRST_ENTRY = date(2000, 1, 1)


def may_find(
    user: User | None, file: ComplaintFile, *, on: date | None = None, reasons: str | None = None
) -> Verdict:
    """Whether a complaint is upheld is found with reasons, by a reviewer or decider who did not handle it.

    The member has been heard, or has let its time pass; what was settled and performed needs no finding.
    """
    verdict = all_of(
        by_a_person(user),
        may(user, Verb.FIND_COMPLAINT),
        in_turn(file, Step.FIND),
        in_time(on, not_before=file.last_on),
        with_words(reasons),
    )
    if not verdict:
        return verdict
    if user and user.pk == file.complaint.owner_id:
        return denied(_("You handled this complaint; who handles does not find."))
    return ALLOWED


def may_close(
    user: User | None, file: ComplaintFile, *, on: date | None = None, note: str | None = None
) -> Verdict:
    """A complaint is closed when it was found or settled; the complainant is told how it ended."""
    return all_of(
        may(user, Verb.HANDLE_COMPLAINTS),
        in_turn(file, Step.CLOSE),
        owned_by(user, file),
        in_time(on, not_before=file.last_on),
        with_words(note),
    )


def may_satisfy(file: ComplaintFile) -> Verdict:
    """Once it is closed, the complainant says once whether satisfied."""
    if file.complaint.satisfaction:
        return denied(_("You have told us already. Thank you."))
    return in_turn(file, Step.SATISFY)


def may_lead(
    user: User | None,
    file: ComplaintFile,
    *,
    on: date | None = None,
    reasons: str | None = None,
    receipt: str | None = None,
) -> Verdict:
    """What points to a breach of the law is handed to the authority, against a receipt, whatever becomes of the
    complaint.
    """
    verdict = all_of(
        by_a_person(user),
        may(user, Verb.HANDLE_COMPLAINTS),
        in_turn(file, Step.LEAD),
        owned_by(user, file),
        in_time(on, not_before=file.complaint.received_on),
        with_words(reasons),
    )
    if verdict and receipt is not None and not receipt.strip():
        return denied(_("Enter the number of the authority's receipt."))
    return verdict


def may_refer(
    user: User | None, file: ComplaintFile, *, on: date | None = None, reasons: str | None = None
) -> Verdict:
    """A complaint about a named member may be handed over, once, as a lead for a disciplinary case."""
    verdict = all_of(
        by_a_person(user),
        may(user, Verb.HANDLE_COMPLAINTS),
        may(user, Verb.OPEN_CASE),
        in_turn(file, Step.REFER),
        owned_by(user, file),
        in_time(on, not_before=file.complaint.received_on),
    )
    if not verdict:
        return verdict
    if file.complaint.membership_id is None:
        return denied(_("Name the member first."))
    if file.referred:
        return denied(_("It was handed over on %(day)s already.") % {"day": file.referred.on.isoformat()})
    return with_words(reasons)


def may_deposit(user: User | None, *, on: date | None = None) -> Verdict:
    """Payments into the fund are entered by name, by those who keep the register."""
    return all_of(by_a_person(user), may(user, Verb.KEEP_REGISTER), in_time(on, not_before=FIRST_ENTRY))


def may_advance(
    user: User | None,
    file: ComplaintFile,
    *,
    amount: int | None = None,
    fund: int | None = None,
    on: date | None = None,
) -> Verdict:
    """先行赔付: what an agreement or a finding gives the complainant is paid in advance out of the fund, by somebody
    who did not handle the complaint; never more than the fund holds or the agreement says.
    """
    verdict = all_of(by_a_person(user), may(user, Verb.KEEP_REGISTER))
    if not verdict:
        return verdict
    if user and user.pk == file.complaint.owner_id:
        return denied(_("You handled this complaint; somebody else pays."))
    return all_of(
        _is_due(file), _is_left(file, amount, fund), in_time(on, not_before=file.complaint.received_on)
    )


def may_recover(
    user: User | None, file: ComplaintFile, *, amount: int | None = None, on: date | None = None
) -> Verdict:
    """What was advanced is recovered from the member, never more than is still owed."""
    return _back(user, file, amount, on)


def may_write_off(
    user: User | None,
    file: ComplaintFile,
    *,
    amount: int | None = None,
    note: str | None = None,
    on: date | None = None,
) -> Verdict:
    """What cannot be recovered is written off with reasons; the entry stays."""
    return all_of(_back(user, file, amount, on), with_words(note))


def _is_due(file: ComplaintFile) -> Verdict:
    """Something is paid in advance only for an agreement made, or a complaint upheld."""
    made = file.settlement is not None and file.settlement.made_on is not None
    upheld = file.finding is not None and file.finding.outcome != Outcome.NOT_UPHELD
    if made or upheld:
        return ALLOWED
    return denied(_("Nothing is due yet: neither was an agreement made nor the complaint upheld."))


def _is_left(file: ComplaintFile, amount: int | None, fund: int | None) -> Verdict:
    """Never more than the agreement, or else the complaint, names; nor than the fund holds."""
    most = _most(file)
    if most is None:
        return denied(_("Neither agreement nor complaint names an amount."))
    left = most - file.booked(EntryKind.ADVANCE)
    if left <= 0:
        return denied(_("The whole amount has been paid in advance already."))
    if amount is not None and amount > left:
        return denied(_("At most %(amount)s can still be paid in advance.") % {"amount": money(left)})
    if amount is not None and fund is not None and amount > fund:
        return denied(_("The fund holds %(amount)s only.") % {"amount": money(fund)})
    return ALLOWED


def _most(file: ComplaintFile) -> int | None:
    """What can be advanced in all: the agreement's amount, else the amount complained of."""
    standing = file.settlement
    if standing and standing.made_on and standing.amount:
        return standing.amount
    return file.complaint.amount


def _back(user: User | None, file: ComplaintFile, amount: int | None, on: date | None) -> Verdict:
    verdict = all_of(by_a_person(user), may(user, Verb.KEEP_REGISTER))
    if not verdict:
        return verdict
    if file.owed <= 0:
        return denied(_("Nothing is owed for this complaint."))
    if amount is not None and amount > file.owed:
        return denied(_("Only %(amount)s is still owed.") % {"amount": money(file.owed)})
    return in_time(on, not_before=file.complaint.received_on)
