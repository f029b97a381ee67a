"""By-laws of setting a decision aside by the association itself: alone, or by two where it expels or bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.discipline.rules.grounds import (
    all_of,
    apart,
    by_a_person,
    impartial,
    in_time,
    in_turn,
    with_words,
)
from associations.discipline.states import Side, Step
from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from associations.discipline.selectors import CaseFile
    from core.accounts.models import User


def may_propose_reversal(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    reasons: str | None = None,
    interested: Collection[int] = (),
) -> Verdict:
    """The reversal of an expulsion or a bar is proposed, with reasons, by a reviewer who neither opened, judged nor
    signed it; one proposal at a time.
    """
    verdict = _a_reviewer(user, file, Step.PROPOSE_REVERSAL, interested)
    if not verdict:
        return verdict
    if not file.grave:
        return denied(_("This measure is lighter than expulsion: one reviewer reverses the decision alone."))
    if file.proposed:
        return denied(
            _("%(name)s proposed the reversal on %(day)s already; it waits for a second reviewer.")
            % {"name": file.proposed.by.name, "day": file.proposed.proposed_on.isoformat()}
        )
    return all_of(with_words(reasons), in_time(on, not_before=file.last_on))


def may_reverse(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    reasons: str | None = None,
    interested: Collection[int] = (),
) -> Verdict:
    """A decision is set aside, with reasons, by a reviewer who neither opened, judged nor signed it, nor acts for the
    member. An expulsion or a bar needs two such reviewers: one proposes it, another approves.
    """
    verdict = _a_reviewer(user, file, Step.REVERSE, interested)
    if verdict and file.grave:
        verdict = _second(user, file)
    return verdict and all_of(with_words(reasons), in_time(on, not_before=file.last_on))


def may_refuse_reversal(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    reasons: str | None = None,
    interested: Collection[int] = (),
) -> Verdict:
    """The second reviewer who does not agree says so, with reasons; the decision stands, and may be proposed for
    reversal again.
    """
    return all_of(
        _a_reviewer(user, file, Step.REFUSE_REVERSAL, interested),
        _second(user, file),
        with_words(reasons),
        in_time(on, not_before=file.last_on),
    )


def may_drop_reversal(
    user: User | None, file: CaseFile, *, on: date | None = None, reasons: str | None = None
) -> Verdict:
    """Who proposed a reversal takes it back, with reasons, until it is answered."""
    verdict = all_of(by_a_person(user), in_turn(file, Step.DROP_REVERSAL))
    if not verdict:
        return verdict
    if file.proposed is None:
        return denied(_("No proposal to reverse waits in this case."))
    if user is None or file.proposed.by_id != user.pk:
        return denied(
            _("Only %(name)s, who proposed the reversal, takes it back.") % {"name": file.proposed.by.name}
        )
    return all_of(with_words(reasons), in_time(on, not_before=file.last_on))


def _a_reviewer(user: User | None, file: CaseFile, step: Step, interested: Collection[int]) -> Verdict:
    return all_of(
        by_a_person(user),
        may(user, Verb.REVERSE),
        in_turn(file, step),
        apart(user, file, Side.REVIEW),
        impartial(user, interested),
    )


def _second(user: User | None, file: CaseFile) -> Verdict:
    """Two people: whoever answers a proposal did not make it."""
    if file.proposed is None:
        return denied(
            _("An expulsion or a bar is reversed by two reviewers. One proposes it first, another approves.")
        )
    if user is not None and file.proposed.by_id == user.pk:
        return denied(_("You proposed this reversal; another reviewer approves it, or does not."))
    return ALLOWED
