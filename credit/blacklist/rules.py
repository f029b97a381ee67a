"""When a bar may be reviewed, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from associations.discipline import selectors as discipline
from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied
from credit.blacklist.states import BAR_TRANSITIONS, BarState

if TYPE_CHECKING:
    from core.accounts.models import User
    from credit.blacklist.models import Bar


def may_review(user: User, bar: Bar) -> Verdict:
    """A bar in force is reviewed at the latest every three years, and whenever a reviewer finds cause, by
    somebody who neither opened the case, sat on its panel, nor signed the decision.
    """
    if not (verdict := may(user, Verb.REVIEW_BAR)):
        return verdict
    if BarState.LIFTED not in BAR_TRANSITIONS[BarState(bar.state)]:
        return denied(_("This bar has ended; there is nothing left to review."))
    if user.pk in discipline.people_involved(bar.decision_ref):
        return denied(_("You took part in the case. A bar is reviewed by somebody who did not."))
    return ALLOWED


def says_why(reasons: str) -> Verdict:
    """A review counts only with its reasons: they are what the next review, and the subject, will read."""
    return (
        ALLOWED
        if reasons.strip()
        else denied(_("Write the reasons; a review without reasons does not count."))
    )
