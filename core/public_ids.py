"""Public ids: what stands in an address instead of a row number (ASVS 11.5.1: 128 bits from the system)."""

from __future__ import annotations

import os
import secrets
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Sequence


def new_public_id() -> str:
    """22 URL-safe characters, 128 random bits."""
    return secrets.token_urlsafe(16)


def new_public_ids(count: int) -> list[str]:
    """As many public ids, the system being asked for random bits once."""
    bits = os.urandom(16 * count)
    return [urlsafe_b64encode(bits[at : at + 16])[:22].decode() for at in range(0, len(bits), 16)]


class PublicIdField(models.CharField):
    """A row's public id, given at birth, never edited. In migrations it is a plain text column."""

    def __init__(self, **options: Any) -> None:
        told: dict[str, Any] = {"max_length": 22, "unique": True, "default": new_public_id, "editable": False}
        super().__init__(**told | options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, options = super().deconstruct()
        del options["default"]
        return name, "django.db.models.CharField", args, options


class OwnPublicIdField(PublicIdField):
    """The public id of a row in a partitioned table, whose indexes are unique within one association only.

    Across associations 128 random bits answer for it: that any two of ten thousand million rows are alike is
    less likely than one in 10^18. The model declares the constraint with its association.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"unique": False} | options)
