"""By-laws of the second half: handing over, closing, reversing, dropping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.discipline.rules.grounds import all_of, by_a_person, in_time, in_turn, with_words
from associations.discipline.states import Step
from associations.registry.rules import Verb, may
from core.verdicts import Verdict, denied

if TYPE_CHECKING:
    from datetime import date

    from associations.discipline.selectors import CaseFile
    from core.accounts.models import User


def may_serve(
    user: User | None, file: CaseFile, *, on: date | None = None, proof: str | None = None
) -> Verdict:
    """A decision takes effect when it is provably handed over; before that it binds nobody."""
    verdict = all_of(
        may(user, Verb.SERVE_NOTICE), in_turn(file, Step.SERVE_DECISION), in_time(on, not_before=file.last_on)
    )
    if verdict and proof is not None and not proof.strip():
        return denied(_("Say how it can be proven that the decision was handed over."))
    return verdict


def may_close(
    user: User | None, file: CaseFile, *, on: date | None = None, note: str | None = None
) -> Verdict:
    """A case is closed when the decision is in force and it is said how the measure was carried out."""
    return all_of(
        may(user, Verb.SERVE_NOTICE),
        in_turn(file, Step.CLOSE),
        in_time(on, not_before=file.last_on),
        with_words(note),
    )


def may_reverse(
    user: User | None, file: CaseFile, *, on: date | None = None, reasons: str | None = None
) -> Verdict:
    """A decision is set aside, with reasons, by a reviewer who neither opened, judged nor signed it."""
    verdict = all_of(by_a_person(user), may(user, Verb.REVERSE), in_turn(file, Step.REVERSE))
    if not verdict:
        return verdict
    if user and user.pk == file.case.opened_by_id:
        return denied(_("You opened this case; somebody else reviews it."))
    if file.decision and user and user.pk == file.decision.decided_by_id:
        return denied(_("You signed this decision; somebody else reviews it."))
    if user and file.seat_of(user.pk):
        return denied(_("You sat on the panel of this case; somebody else reviews it."))
    return all_of(with_words(reasons), in_time(on, not_before=file.last_on))


def may_drop(
    user: User | None, file: CaseFile, *, on: date | None = None, reasons: str | None = None
) -> Verdict:
    """A case without a decision may be dropped, with reasons, by a decider; what was recorded stays."""
    return all_of(
        by_a_person(user),
        may(user, Verb.DROP_CASE),
        in_turn(file, Step.DROP),
        with_words(reasons),
        in_time(on, not_before=file.last_on),
    )
