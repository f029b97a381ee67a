"""By-law of the evidence in a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from associations.discipline.rules.grounds import all_of, by_a_person
from associations.discipline.states import UNDECIDED
from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from associations.discipline.selectors import CaseFile
    from core.accounts.models import User


def may_add_evidence(user: User | None, file: CaseFile) -> Verdict:
    """A clerk, by name, puts evidence into the file while the case is open and nothing has been decided."""
    verdict = all_of(by_a_person(user), may(user, Verb.OPEN_CASE))
    if not verdict:
        return verdict
    if file.state not in UNDECIDED:
        return denied(_("The case is decided or ended: what it was judged by stays as it was."))
    return ALLOWED
