"""What may be asked and kept as a fee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from associations.registry.rules import Verb, may
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from core.accounts.models import User

RATING_WORDS = ("评级", "评价", "评定", "信用", "认证", "评估", "rating", "credit", "grade", "certif")
"""What a fee must not be for."""


def may_keep(user: User | None) -> Verdict:
    """Who keeps the members' payments."""
    return may(user, Verb.KEEP_FEES)


def may_adopt(user: User | None) -> Verdict:
    """Who enters a fee table that the association adopted."""
    return may(user, Verb.MANAGE_ASSOCIATION)


def no_fee_for_rating(names: Iterable[str]) -> Verdict:
    """Rating is free of charge: no item of a fee table may be for a rating, an assessment or a certificate of one."""
    asked = [name for name in names if any(word in name.casefold() for word in RATING_WORDS)]
    if not asked:
        return ALLOWED
    return denied(
        _("Rating is free of charge: “%(name)s” cannot be an item of the fee table. Take it out.")
        % {"name": asked[0]}
    )


def not_in_future(paid_on: date) -> Verdict:
    """A payment is kept once the money is there."""
    if paid_on <= timezone.localdate():
        return ALLOWED
    return denied(_("This day is still to come. A payment is kept once the money is there."))


def may_give_back(paid: int, amount: int) -> Verdict:
    """No more is given back for a year than was paid for it."""
    if paid + amount >= 0:
        return ALLOWED
    return denied(_("More would be given back than was paid for this year. Look at the amount and the year."))
