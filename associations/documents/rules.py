"""By-laws of documents. Whether a document may be issued is a by-law of the thing it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from associations.documents.models import Document
    from core.accounts.models import User


def may_word(user: User | None) -> Verdict:
    """The administrator settles what the association's documents say and how they are numbered."""
    return may(user, Verb.MANAGE_ASSOCIATION)


def may_withdraw(user: User | None, document: Document, *, reasons: str | None = None) -> Verdict:
    """Whoever signs decisions withdraws a document, once, with reasons; it stays on file."""
    verdict = may(user, Verb.DECIDE)
    if not verdict:
        return verdict
    if getattr(document, "withdrawal", None):
        return denied(_("This document has been withdrawn already."))
    if reasons is not None and not reasons.strip():
        return denied(_("Reasons are needed, in words."))
    return ALLOWED
