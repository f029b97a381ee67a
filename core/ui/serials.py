"""Ids for components: no two on a page alike."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from django.template import Context


def serial(context: Context, fallback: str) -> str:
    """An id no other component on this page has."""
    request = context.get("request")
    if request is None:
        return f"u{crc32(fallback.encode()):x}"
    if not hasattr(request, "ui_serials"):
        request.ui_serials = itertools.count(1)
    return f"u{next(request.ui_serials)}"
