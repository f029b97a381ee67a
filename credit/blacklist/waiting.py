"""Bars whose review comes up, liftings that wait for a second person, questions of other associations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.registry.rules import ROLE_TABLE, Verb
from associations.registry.waiting import MOST, Matter
from credit.blacklist import selectors

if TYPE_CHECKING:
    from datetime import date


def waiting(_today: date) -> list[Matter]:
    """Bars to review within 90 days, liftings for a second person, questions of others; four queries."""
    reviewers = ROLE_TABLE[Verb.REVIEW_BAR]
    due, proposed = list(selectors.bars("due")[:MOST]), list(selectors.liftings_open()[:MOST])
    took_part = selectors.took_part([*due, *(each.bar for each in proposed)])
    reviews = [
        Matter(
            _("Review the bar"),
            each.membership.name,
            "blacklist:bar",
            each.public_id,
            each.from_on,
            due=each.review_on,
            roles=reviewers,
            never=took_part[each.pk],
        )
        for each in due
    ]
    liftings = [
        Matter(
            _("Agree to the lifting, or not"),
            each.bar.membership.name,
            "blacklist:bar",
            each.bar.public_id,
            timezone.localdate(each.at),
            roles=reviewers,
            never=took_part[each.bar_id] | {each.by_id},
        )
        for each in proposed
    ]
    inquiries = [
        Matter(
            _("Answer the association that asks about the bar"),
            each.asked_by.name,
            "blacklist:answer",
            each.public_id,
            timezone.localdate(each.at),
            roles=ROLE_TABLE[Verb.ANSWER_ABOUT_BAR],
        )
        for each in selectors.inquiries_open()[:MOST]
    ]
    return [*reviews, *liftings, *inquiries]
