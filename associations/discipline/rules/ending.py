"""By-laws of the ends without a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.conduct.states import Severity
from associations.discipline.rules.filing import found_in_time
from associations.discipline.rules.grounds import all_of, by_a_person, in_time, in_turn, with_words
from associations.discipline.states import Origin, Step
from associations.registry.rules import Verb, may
from core.verdicts import Verdict, denied

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from associations.discipline.selectors import CaseFile
    from core.accounts.models import User


def may_find_no_case(
    user: User | None, file: CaseFile, *, on: date | None = None, reasons: str | None = None
) -> Verdict:
    """A lead that was checked and shows nothing to pursue ends, with reasons, by a decider."""
    return _ends(user, file, Step.NO_CASE, on, reasons)


def may_drop(
    user: User | None, file: CaseFile, *, on: date | None = None, reasons: str | None = None
) -> Verdict:
    """A case without a decision may be dropped, with reasons, by a decider; what was recorded stays."""
    return _ends(user, file, Step.DROP, on, reasons)


def may_withdraw(
    user: User | None, file: CaseFile, *, on: date | None = None, reasons: str | None = None
) -> Verdict:
    """What came from outside ends when it is withdrawn there, before the member was told."""
    verdict = _ends(user, file, Step.WITHDRAW, on, reasons)
    if verdict and file.case.origin == Origin.PATROL:
        return denied(_("This case comes from the association's own checks; nobody outside can withdraw it."))
    return verdict


def may_settle(
    user: User | None, file: CaseFile, *, on: date | None = None, reasons: str | None = None
) -> Verdict:
    """A minor or general matter may end by agreement with those concerned, before a panel is formed."""
    verdict = _ends(user, file, Step.SETTLE, on, reasons)
    if verdict and file.case.severity > Severity.GENERAL:
        return denied(_("Only minor and general matters can be settled; this one is judged."))
    return verdict


def may_transfer(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    reasons: str | None = None,
    receiver: str | None = None,
    receipt: str | None = None,
) -> Verdict:
    """A case goes to an authority or to another association, against a receipt."""
    verdict = _ends(user, file, Step.TRANSFER, on, reasons)
    if verdict and receiver is not None and not (receiver.strip() and (receipt or "").strip()):
        return denied(_("Name who has received the case, and the receipt."))
    return verdict


def may_time_bar(
    user: User | None, file: CaseFile, *, on: date | None = None, reasons: str | None = None
) -> Verdict:
    """A case about an act found too late ends as out of time, and no other does."""
    verdict = _ends(user, file, Step.TIME_BAR, on, reasons)
    if verdict and found_in_time(file.case.code, file.case.occurred_on, file.case.opened_on):
        return denied(_("The act was found in time."))
    return verdict


BY_LAW: dict[Step, Callable[..., Verdict]] = {
    Step.NO_CASE: may_find_no_case,
    Step.DROP: may_drop,
    Step.WITHDRAW: may_withdraw,
    Step.SETTLE: may_settle,
    Step.TRANSFER: may_transfer,
    Step.TIME_BAR: may_time_bar,
}
"""The by-law of each exit."""


def _ends(user: User | None, file: CaseFile, step: Step, on: date | None, reasons: str | None) -> Verdict:
    return all_of(
        by_a_person(user),
        may(user, Verb.DROP_CASE),
        in_turn(file, step),
        with_words(reasons),
        in_time(on, not_before=file.last_on),
    )
