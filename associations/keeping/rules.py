"""When a file may go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from datetime import date

    from associations.keeping.selectors import Kept


def may_erase(file: Kept, day: date) -> Verdict:
    """What was handed in is erased after the last day of its retention (three years at the least, Order 117 Art. 16,
    27, 28, 31, 45; PIPL Art. 19, 47). Not so a document that the association issued, which anybody may verify for
    good; nor a file of a matter that is open, or of a member of whom a case, a complaint, an objection, a correction
    or an application for repair is open, or a bar in force.
    """
    if day <= file.keep_until:
        return denied(_("Its time is not over."))
    if file.paper:
        return denied(_("It is a document the association issued."))
    if file.open:
        return denied(_("A matter it may bear on is open."))
    return ALLOWED
