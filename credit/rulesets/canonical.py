"""Canonical JSON (RFC 8785) for what this product hashes: text, integers, true, false, null.

Numbers with a fraction are refused, and so are keys outside ASCII, so that the standard library's encoder
gives RFC 8785's bytes exactly. Pure: standard library only.
"""

import hashlib
import json
from collections.abc import Mapping

EXACT = 2**53 - 1
"""RFC 8785 numbers are IEEE doubles: integers beyond this are not exact."""


def canonical(value: object) -> bytes:
    """The one way of writing `value`, UTF-8.

    Raises TypeError for a type or key that has no exact form, ValueError for an integer or text that has
    none.
    """
    _assert_exact(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256_of(value: object) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _assert_exact(value: object) -> None:
    if value is None or isinstance(value, bool | str):
        return
    if isinstance(value, int):
        if abs(value) > EXACT:
            raise ValueError(f"{value} is beyond 2^53 - 1")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise TypeError(f"key {key!r} is not ASCII text")
            _assert_exact(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _assert_exact(inner)
    else:
        raise TypeError(f"{type(value).__name__} has no exact form")
