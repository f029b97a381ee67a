"""Bars whose review comes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from associations.registry.rules import ROLE_TABLE, Verb
from associations.registry.waiting import MOST, Matter
from credit.blacklist import selectors

if TYPE_CHECKING:
    from datetime import date


def waiting(_today: date) -> list[Matter]:
    """Bars to review within 90 days, the most urgent first; one query."""
    return [
        Matter(
            _("Review the bar"),
            each.membership.name,
            "blacklist:bar",
            each.public_id,
            each.from_on,
            due=each.review_on,
            roles=ROLE_TABLE[Verb.REVIEW_BAR],
        )
        for each in selectors.bars("due")[:MOST]
    ]
