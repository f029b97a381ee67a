"""What an invited person types in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.forms import SetPasswordForm

from core.accounts import services

if TYPE_CHECKING:
    from core.accounts.models import User


class WelcomeForm(SetPasswordForm):
    """The first password, twice."""

    user: User

    def __init__(self, user: User, *args: Any, token: str, **options: Any) -> None:
        super().__init__(user, *args, **options)
        self.token = token

    def save(self, commit: bool = True) -> bool:  # noqa: ARG002 - Django's signature
        """Open the account; False when the invitation no longer holds."""
        return services.accept(user=self.user, token=self.token, password=self.cleaned_data["new_password1"])
