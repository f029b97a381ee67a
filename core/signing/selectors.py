"""Questions to the keys of this register."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from core.signing.keys import SigningKey


def signing_key(now: datetime) -> SigningKey:
    """The key that signs now: the first in force that has its private half."""
    day = now.astimezone(UTC).date()
    for key in settings.SIGNING_KEYS:
        if key.signs_on(day):
            return key
    raise ImproperlyConfigured(f"SIGNING_KEYS: no key signs on {day.isoformat()}.")


def published_keys() -> dict[str, Any]:
    """Every key by its public half, the current one first: a JSON Web Key Set (RFC 7517)."""
    return {"register": settings.SITE_URL, "keys": [key.told() for key in settings.SIGNING_KEYS]}
