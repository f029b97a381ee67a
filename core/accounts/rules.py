"""By-laws of logging in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.accounts.selectors import has_second_step, took_second_step
from core.accounts.states import NEED_SECOND_STEP
from core.verdicts import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest

    from core.accounts.states import Role


def may_enter(request: HttpRequest, roles: Collection[Role]) -> Verdict:
    """Whoever signs decisions, or manages an association, logs in with a second step."""
    if not NEED_SECOND_STEP.isdisjoint(roles):
        return may_hold_power(request)
    return ALLOWED


def may_hold_power(request: HttpRequest) -> Verdict:
    """Powers that weigh on others are used only after a second step, or with one set up in this session."""
    if not settings.REQUIRE_MFA or took_second_step(request) or has_second_step(request.user.pk):
        return ALLOWED
    return denied(
        _("Your role asks for two-step log-in. Set up an authenticator app or a passkey here, then go on.")
    )
