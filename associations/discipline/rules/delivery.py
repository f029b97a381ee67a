"""By-law of delivery at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from collections.abc import Collection

    from associations.discipline.selectors import LetterRow
    from core.accounts.models import User


def opening_serves(letter: LetterRow) -> bool:
    """Opening a letter at the desk serves it where the member has agreed to that beforehand (行政处罚法 §61); else it
    only proves that the member has it, and a clerk records its service. What is served is not served again.
    """
    return letter.agreed and not letter.served


def may_open_letter(user: User | None, letter: LetterRow | None, acting: Collection[int]) -> Verdict:
    """A letter that was sent is opened by who acts for the member: only that proves the member has it."""
    if letter is None:
        return denied(_("There is no such letter in this case."))
    if user is None or user.pk not in acting:
        return denied(_("Only who acts for the member opens its letters."))
    return ALLOWED
