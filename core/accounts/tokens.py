"""The one-time token in an invitation's link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.tokens import PasswordResetTokenGenerator

if TYPE_CHECKING:
    from core.accounts.models import User


class InvitationTokens(PasswordResetTokenGenerator):
    """Good until it is used, or for PASSWORD_RESET_TIMEOUT; a password set in any other way ends it too."""

    key_salt = "core.accounts.invitation"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{user.pk}{user.password}{user.is_active}{timestamp}"


tokens = InvitationTokens()
