"""Who may let a record through, or take it off, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied
from credit.publication.gate import LEFT_TO_AN_OFFICER
from credit.publication.states import CandidateState, Code

if TYPE_CHECKING:
    from core.accounts.models import User
    from credit.publication.models import Candidate


def may_confirm(by: User | None, candidate: Candidate, *, public_source: str = "") -> Verdict:
    """A decider confirms a record that lacks nothing but that; naming a lawful public source may supply the basis."""
    verdict = may(by, Verb.APPROVE_PUBLICATION)
    if not verdict:
        return verdict
    if by is None:
        return denied(_("A confirmation needs a named person."))
    if candidate.state == CandidateState.PUBLISHED:
        return denied(_("It is public already."))
    supplied = LEFT_TO_AN_OFFICER | ({Code.BASIS} if public_source else set())
    if {Code(code) for code in candidate.missing} - supplied:
        return denied(_("Something is still missing that a confirmation cannot supply."))
    return ALLOWED


def may_withdraw(by: User | None, candidate: Candidate) -> Verdict:
    """A decider may take any record off the portal, at once, with reasons."""
    verdict = may(by, Verb.APPROVE_PUBLICATION)
    if not verdict:
        return verdict
    if candidate.state not in (CandidateState.PUBLISHED, CandidateState.READY):
        return denied(_("It is not public, and is not waiting to be."))
    return ALLOWED
