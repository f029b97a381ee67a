"""By-law of the documents of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.discipline.rules.grounds import all_of, by_a_person
from associations.documents.states import DocumentKind
from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from collections.abc import Collection

    from associations.discipline.selectors import CaseFile
    from core.accounts.models import User

RESTS_ON = {
    DocumentKind.NOTICE: "notice",
    DocumentKind.HEARING: "call",
    DocumentKind.MINUTES: "minutes",
    DocumentKind.DECISION: "decision",
    DocumentKind.SERVICE: "service",
    DocumentKind.APPEAL: "appeal_decision",
    DocumentKind.APPEAL_SERVICE: "appeal_service",
}
"""What of the file each document tells: without it there is nothing to be put on paper."""


def may_issue(user: User | None, file: CaseFile, kind: DocumentKind, standing: Collection[str]) -> Verdict:
    """A clerk, by name, puts on paper what the file holds; of each kind one document stands at a time.

    What was decided elsewhere has its own paper already; what was set aside, or changed on appeal, gets none
    any more.
    """
    verdict = all_of(by_a_person(user), may(user, Verb.SERVE_NOTICE))
    if not verdict:
        return verdict
    if file.case.imported:
        return denied(_("This case was imported: its documents are the ones of that time."))
    if kind not in RESTS_ON or getattr(file, RESTS_ON[kind]) is None:
        return denied(_("The file does not hold yet what this document would say."))
    if kind in standing:
        return denied(_("This document has been issued and stands. Withdraw it before another is issued."))
    return _still_told(file) if kind == DocumentKind.DECISION else ALLOWED


def _still_told(file: CaseFile) -> Verdict:
    """What the decision says is what stands."""
    if file.reversal:
        return denied(
            _("The decision was set aside on %(day)s.") % {"day": file.reversal.reversed_on.isoformat()}
        )
    if (appealed := file.appeal_decision) and appealed.measure:
        return denied(
            _("The decision was changed on appeal on %(day)s. What stands is in the decision on the appeal.")
            % {"day": appealed.decided_on.isoformat()}
        )
    return ALLOWED


def may_export(user: User | None) -> Verdict:
    """Whoever may export takes the whole file of a case out, by name; the ledger says who did."""
    return all_of(by_a_person(user), may(user, Verb.EXPORT))
