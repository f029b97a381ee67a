"""By-laws of what follows a decision: handing over, performance, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.discipline.rules.grounds import (
    all_of,
    in_time,
    in_turn,
    with_words,
)
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


def may_serve_appeal(
    user: User | None, file: CaseFile, *, on: date | None = None, proof: str | None = None
) -> Verdict:
    """A decision on appeal, too, is handed over provably, once, on the day it was made or later. What it changes works
    from that day on all the same.
    """
    verdict = all_of(may(user, Verb.SERVE_NOTICE), in_turn(file, Step.SERVE_APPEAL))
    if not verdict:
        return verdict
    if file.appeal_decision is None:
        return denied(_("No appeal was decided in this case; there is nothing to hand over."))
    if file.appeal_service is not None:
        day = file.appeal_service.served_on.isoformat()
        return denied(_("The decision on the appeal was handed over already, on %(day)s.") % {"day": day})
    if proof is not None and not proof.strip():
        return denied(_("Say how it can be proven that the decision was handed over."))
    return in_time(on, not_before=file.appeal_decision.decided_on)


def may_close(
    user: User | None, file: CaseFile, *, on: date | None = None, note: str | None = None
) -> Verdict:
    """A case is closed when it is on file whether the measure was carried out."""
    return all_of(
        may(user, Verb.SERVE_NOTICE),
        in_turn(file, Step.CLOSE),
        in_time(on, not_before=file.last_on),
        with_words(note),
    )


def may_record_performance(
    user: User | None,
    file: CaseFile,
    *,
    on: date | None = None,
    performed: bool | None = None,
    note: str | None = None,
) -> Verdict:
    """Of a measure in force it is recorded whether it was carried out, and how that is known.

    What was not carried out may be later; what was, is.
    """
    verdict = all_of(
        may(user, Verb.SERVE_NOTICE), in_turn(file, Step.PERFORM), in_time(on, not_before=file.last_on)
    )
    if not verdict:
        return verdict
    last = file.performances[-1] if file.performances else None
    if last and (last.performed or performed is False):
        return denied(_("This is recorded already, on %(day)s.") % {"day": last.on.isoformat()})
    return with_words(note)
