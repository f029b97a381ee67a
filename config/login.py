"""Who may open an account: nobody by themselves. Officers are invited, members linked by an association."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from core.network import client_address
from core.subjects import encryption

PURPOSE = "mfa secret"


class InvitedOnly(DefaultAccountAdapter):
    """allauth's adapter without the sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Refuse: accounts are made by invitation."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Tell by which address allauth counts, as every other limit does."""
        return client_address(request)


class SealedSecrets(DefaultMFAAdapter):
    """allauth's second step, its secrets sealed: a copy of the database gives nobody a valid code."""

    def encrypt(self, text: str) -> str:
        """Seal for storing."""
        return base64.b64encode(encryption.seal(text, PURPOSE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what was stored."""
        return encryption.unseal(base64.b64decode(encrypted_text), PURPOSE)
