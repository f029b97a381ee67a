"""By-laws of importing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from associations.imports.states import RunState
from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from associations.imports.models import Run
    from core.accounts.models import User


def may_import(by: User | None) -> Verdict:
    """Paperwork is brought in by the association's clerks and administrators."""
    return may(by, Verb.IMPORT)


def may_confirm(by: User | None, run: Run) -> Verdict:
    """What was previewed is carried out once, if it changes anything."""
    verdict = may_import(by)
    if not verdict:
        return verdict
    if run.state != RunState.PREVIEW:
        return denied(_("This import was confirmed or cancelled already."))
    if not run.accepted:
        return denied(
            _("No row of this file would change anything: correct the refused rows and upload the file anew.")
        )
    return ALLOWED


def may_cancel(by: User | None, run: Run) -> Verdict:
    """An import can be taken back until a worker has begun with it."""
    verdict = may_import(by)
    if not verdict:
        return verdict
    if run.state not in {RunState.PREVIEW, RunState.WAITING}:
        return denied(
            _("A worker has begun with this import, or it has ended: it can no longer be cancelled.")
        )
    return ALLOWED
