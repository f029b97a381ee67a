"""The ends without a decision: one verb, its by-law and its state from the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from associations.discipline.models import Case, Ending
from associations.discipline.rules import BY_LAW
from associations.discipline.selectors import file_of
from associations.discipline.services.steps import take
from associations.discipline.states import Step

if TYPE_CHECKING:
    from datetime import date

    from core.accounts.models import User


@transaction.atomic
def end(
    *, case: Case, how: Step, reasons: str, on: date | None = None, by: User | None, **handed: str
) -> Ending:
    """End a case that has no decision: `how` is one of `states.EXITS`. Nothing is held against the member.

    `handed` is `receiver` and `receipt`, for a transfer.
    """
    on = on or timezone.localdate()
    file = file_of(case, lock=True)
    BY_LAW[how](by, file, on=on, reasons=reasons, **handed).enforce()
    if by is None:
        raise TypeError("the rule asks for a person")
    ending = Ending.objects.create(
        association_id=file.case.association_id,
        case=file.case,
        kind=how,
        ended_on=on,
        reasons=reasons.strip(),
        by=by,
        **{name: words.strip() for name, words in handed.items()},
    )
    take(file, how, on=on, by=by, note=reasons.strip())
    return ending


def no_case(*, case: Case, reasons: str, on: date | None = None, by: User | None) -> Ending:
    """The lead was checked and shows nothing to pursue."""
    return end(case=case, how=Step.NO_CASE, reasons=reasons, on=on, by=by)


def drop(*, case: Case, reasons: str, on: date | None = None, by: User | None) -> Ending:
    """Drop a case that has no decision."""
    return end(case=case, how=Step.DROP, reasons=reasons, on=on, by=by)


def withdraw(*, case: Case, reasons: str, on: date | None = None, by: User | None) -> Ending:
    """What came from outside was withdrawn there."""
    return end(case=case, how=Step.WITHDRAW, reasons=reasons, on=on, by=by)


def settle(*, case: Case, reasons: str, on: date | None = None, by: User | None) -> Ending:
    """Those concerned have agreed."""
    return end(case=case, how=Step.SETTLE, reasons=reasons, on=on, by=by)


def transfer(
    *, case: Case, receiver: str, receipt: str, reasons: str, on: date | None = None, by: User | None
) -> Ending:
    """Hand the case to an authority or another association, against a receipt."""
    return end(
        case=case, how=Step.TRANSFER, reasons=reasons, on=on, by=by, receiver=receiver, receipt=receipt
    )


def time_bar(*, case: Case, reasons: str, on: date | None = None, by: User | None) -> Ending:
    """The act was found too late."""
    return end(case=case, how=Step.TIME_BAR, reasons=reasons, on=on, by=by)
