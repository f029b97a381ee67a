"""Who may open an account: nobody by themselves. Officers are invited, members linked by an association."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):
    """allauth's adapter without the sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Refuse: accounts are made by invitation."""
        return False
