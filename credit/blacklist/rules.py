"""When a bar may be reviewed, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from associations.discipline import selectors as discipline
from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied
from credit.blacklist import selectors
from credit.blacklist.models import BarReview, Inquiry, OwnInquiry
from credit.blacklist.states import BAR_TRANSITIONS, BarState

if TYPE_CHECKING:
    from core.accounts.models import User
    from credit.blacklist.models import Bar


def may_review(user: User, bar: Bar) -> Verdict:
    """A bar in force is reviewed at the latest every three years, and whenever a reviewer finds cause, by
    somebody who neither opened the case, sat on its panel, signed the decision, decided the appeal, nor acts for
    the subject.
    """
    if not (verdict := may(user, Verb.REVIEW_BAR)):
        return verdict
    if BarState.LIFTED not in BAR_TRANSITIONS[BarState(bar.state)]:
        return denied(_("This bar has ended; there is nothing left to review."))
    if not (verdict := _stands_apart(user, bar)):
        return verdict
    if BarReview.objects.filter(bar=bar, keep=False, agreed=None).exists():
        return denied(_("Lifting this bar was proposed already; a second person decides that first."))
    return ALLOWED


def may_agree(user: User, bar: Bar, review: BarReview) -> Verdict:
    """A bar is lifted by two: a second reviewer, who had no part in the case and did not propose it, agrees with
    reasons, or does not.
    """
    if not (verdict := may(user, Verb.REVIEW_BAR)):
        return verdict
    if review.keep or review.agreed is not None:
        return denied(_("This was decided already; the reasons stand."))
    if BarState.LIFTED not in BAR_TRANSITIONS[BarState(bar.state)]:
        return denied(_("This bar has ended; there is nothing left to review."))
    if user.pk == review.by_id:
        return denied(_("You proposed to lift it; a second person decides."))
    return _stands_apart(user, bar)


def _stands_apart(user: User, bar: Bar) -> Verdict:
    """By the bar's own copy, and by the case as it stands now: an appeal may have added people."""
    if user.pk in bar.involved or user.pk in discipline.people_involved(bar.decision_ref):
        return denied(_("You took part in the case. A bar is reviewed by somebody who did not."))
    if user.pk in discipline.interested_in(bar.subject_id):
        return denied(_("You act for the subject. Its bar is reviewed by somebody who does not."))
    return ALLOWED


def may_ask(user: User | None, bar_public_id: str) -> Verdict:
    """Who was told that a bar exists, by word of it or by screening, may ask the association that set it; one
    question at a time.
    """
    if user is None:
        return denied(_("Only a person may do this."))
    if not (verdict := may(user, Verb.ASK_ABOUT_BAR)):
        return verdict
    if not selectors.knows(bar_public_id):
        return denied(_("This association was not told of such a bar."))
    if OwnInquiry.objects.filter(bar_public_id=bar_public_id, answered_at=None).exists():
        return denied(_("A question about this bar waits for its answer already."))
    return ALLOWED


def may_see(user: User | None) -> Verdict:
    """Word of a change is marked as seen by whoever may ask about bars."""
    return may(user, Verb.ASK_ABOUT_BAR)


def may_answer(user: User | None, inquiry: Inquiry) -> Verdict:
    """An inquiry is answered once, by a reviewer, a decider or the administrator."""
    if user is None:
        return denied(_("Only a person may do this."))
    if not (verdict := may(user, Verb.ANSWER_ABOUT_BAR)):
        return verdict
    return denied(_("This was answered already.")) if hasattr(inquiry, "answer") else ALLOWED


def says_why(reasons: str) -> Verdict:
    """A review counts only with its reasons: they are what the next review, and the subject, will read."""
    return (
        ALLOWED
        if reasons.strip()
        else denied(_("Write the reasons; a review without reasons does not count."))
    )
