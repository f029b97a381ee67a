"""By-laws of the appeal 复核: who may appeal and until when, who decides it, and what it may not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.discipline.rules.grounds import (
    all_of,
    apart,
    by_a_person,
    for_the_member,
    impartial,
    in_time,
    in_turn,
    with_words,
)
from associations.discipline.states import Outcome, Side, Step
from associations.registry.rules import Verb, may
from core.verdicts import Verdict, denied

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from associations.discipline.selectors import CaseFile
    from core.accounts.models import User


def may_appeal(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    grounds: str | None = None,
    acting: Collection[int] = (),
) -> Verdict:
    """The member may appeal once, with grounds, within fifteen working days of the handing over."""
    verdict = all_of(
        for_the_member(user, acting), in_turn(file, Step.APPEAL), in_time(on, not_before=file.last_on)
    )
    if not verdict:
        return verdict
    if file.appeal_until is None:
        return denied(_("The paper of this decision names no time for an appeal."))
    if on and on > file.appeal_until:
        return denied(_("The time for an appeal ended on %(day)s.") % {"day": file.appeal_until.isoformat()})
    return with_words(grounds)


def may_withdraw_appeal(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    text: str | None = None,
    acting: Collection[int] = (),
) -> Verdict:
    """The member may withdraw the appeal until it is decided. The decision is then in force."""
    return all_of(
        for_the_member(user, acting),
        in_turn(file, Step.WITHDRAW_APPEAL),
        with_words(text),
        in_time(on, not_before=file.last_on),
    )


def may_review(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    outcome: str | None = None,
    measure: int | None = None,
    reasons: str | None = None,
    interested: Collection[int] = (),
) -> Verdict:
    """An appeal is decided by reviewers who had no part in the case before; what two of them hold, is decided.

    They uphold the decision, change it to a lighter measure, reverse it, or send it back to be judged anew; they make
    nothing worse. Who holds another opinion than before gives it again. A past decision has no file to send back to.
    """
    verdict = all_of(
        by_a_person(user),
        may(user, Verb.REVERSE),
        in_turn(file, Step.OPINE),
        apart(user, file, Side.REVIEW),
        impartial(user, interested),
    )
    if not verdict:
        return verdict
    if outcome == Outcome.SEND_BACK and file.case.imported:
        return denied(_("A past decision has no file here to send back to. Change or reverse it."))
    if outcome == Outcome.LIGHTEN and not (measure and file.decision and measure < file.decision.measure):
        return denied(_("Name a measure that is lighter than the one decided."))
    if outcome is not None and outcome != Outcome.LIGHTEN and measure is not None:
        return denied(_("A measure is named only to change to a lighter one."))
    return all_of(with_words(reasons), in_time(on, not_before=file.last_on))
