"""Whose failed log-ins count together: those with the same mail address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest


def mail_address(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The address that was tried, as it is stored; what axes counts by."""
    tried = (credentials or {}).get("email") or (credentials or {}).get("username")
    if not tried and request is not None:
        tried = request.POST.get("login")
    return str(tried or "").strip().lower()
