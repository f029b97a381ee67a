"""Field encryption and blind indexes, for what may be stored but not read by a copy of the database.

Sealed bytes: version (1 byte = 1) · length of key id (1) · key id · nonce (12) · AES-256-GCM ciphertext and
tag. The purpose and the key id are associated data, so that a value sealed for one column opens in no other.
An index is HMAC-SHA-256 of the normalised value under INDEX_KEY, separated by kind, so that equal values of
two kinds have unrelated indexes. Keys come from settings at the moment of use:

FIELD_KEYS: dict of key id → 32 bytes (or their base64); the first seals, all open. INDEX_KEY: 32 bytes or base64.
"""

from __future__ import annotations

import base64
import hmac
import os
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core.subjects.identifiers import normalise
from core.subjects.names import matching_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from hashlib import _Hash as HASH

VERSION = 1
NONCE_BYTES = 12
KEY_BYTES = 32
_PREFIX_BYTES = 2


class Unsealable(ValueError):
    """The bytes were not sealed for this purpose, were altered, or their key is not in FIELD_KEYS."""


def seal(text: str, purpose: str) -> bytes:
    """Encrypt `text` under the current key. `purpose` names the column, and must be given again to unseal."""
    return seal_all([text], purpose)[0]


def seal_all(texts: Sequence[str], purpose: str) -> list[bytes]:
    """`seal` each; the system is asked for the nonces once."""
    return _sealed([text.encode() for text in texts], purpose)


def unseal(sealed: bytes | memoryview, purpose: str) -> str:
    """Decrypt. Raises `Unsealable`, which never quotes the bytes."""
    return unseal_bytes(sealed, purpose).decode()


def seal_bytes(content: bytes, purpose: str) -> bytes:
    """Encrypt bytes that are no text, a piece of a file."""
    return _sealed([content], purpose)[0]


def unseal_bytes(sealed: bytes | memoryview, purpose: str) -> bytes:
    """Decrypt what `seal_bytes` made. Raises `Unsealable`."""
    data = bytes(sealed)
    prefix, body = _split(data)
    cipher = _ring().get(prefix[_PREFIX_BYTES:])
    if cipher is None:
        raise Unsealable("the key this value was sealed with is not in FIELD_KEYS")
    try:
        return cipher.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], prefix + purpose.encode())
    except (InvalidTag, ValueError):
        raise Unsealable("the value was altered, or was sealed for another purpose") from None


def _sealed(contents: Sequence[bytes], purpose: str) -> list[bytes]:
    key_id, cipher = _current()
    prefix = bytes((VERSION, len(key_id))) + key_id
    bound = prefix + purpose.encode()
    random = os.urandom(NONCE_BYTES * len(contents))
    nonces = [random[at : at + NONCE_BYTES] for at in range(0, len(random), NONCE_BYTES)]
    return [
        prefix + nonce + cipher.encrypt(nonce, content, bound)
        for nonce, content in zip(nonces, contents, strict=True)
    ]


def is_current(sealed: bytes | memoryview) -> bool:
    """Tell whether the value was sealed with the first key; if not, a rotation should seal it again."""
    return _split(bytes(sealed))[0][_PREFIX_BYTES:] == _current()[0]


def reseal(sealed: bytes | memoryview, purpose: str) -> bytes:
    """Open with whichever key it was sealed with and seal with the current one."""
    return seal(unseal(sealed, purpose), purpose)


def index(kind: str, value: str) -> bytes:
    """Return the 32-byte blind index of `value`. Kinds: identity, uscc, phone, mail, account, name, secret.

    The value is normalised as its kind is compared, so that a full-width number finds the half-width one; a secret
    is taken as it is.
    """
    inner, outer = (begun.copy() for begun in _begun(_index_key(kind)))
    inner.update(_FOLDS[kind](value).encode())
    outer.update(inner.digest())
    return outer.digest()


@lru_cache(maxsize=32)
def _begun(key: bytes) -> tuple[HASH, HASH]:
    """The two halves of an HMAC (RFC 2104), the key taken in: `hmac` takes it in anew for every value."""
    block = key.ljust(sha256().block_size, b"\0")
    return sha256(bytes(byte ^ 0x36 for byte in block)), sha256(bytes(byte ^ 0x5C for byte in block))


def _split(data: bytes) -> tuple[bytes, bytes]:
    if len(data) < _PREFIX_BYTES or data[0] != VERSION:
        raise Unsealable("not a sealed value")
    end = _PREFIX_BYTES + data[1]
    return data[:end], data[end:]


def _current() -> tuple[bytes, AESGCM]:
    return next(iter(_ring().items()))


def _ring() -> dict[bytes, AESGCM]:
    keys = getattr(settings, "FIELD_KEYS", None)
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS is empty: no key to seal with")
    return _ring_of(tuple(keys.items()))


@lru_cache(maxsize=8)
def _ring_of(keys: tuple[tuple[str, bytes | str], ...]) -> dict[bytes, AESGCM]:
    return {name.encode(): AESGCM(_key(key, "FIELD_KEYS")) for name, key in keys}


def _index_key(kind: str) -> bytes:
    return _index_key_of(getattr(settings, "INDEX_KEY", b""), kind)


@lru_cache(maxsize=32)
def _index_key_of(key: bytes | str, kind: str) -> bytes:
    return hmac.digest(_key(key, "INDEX_KEY"), b"index/" + kind.encode(), sha256)


def _key(key: bytes | str, setting: str) -> bytes:
    raw = base64.b64decode(key, validate=True) if isinstance(key, str) else key
    if len(raw) != KEY_BYTES:
        raise ImproperlyConfigured(f"{setting}: a key has {KEY_BYTES} bytes")
    return raw


def _fold_phone(value: str) -> str:
    digits = "".join(filter(str.isdecimal, normalise(value)))
    return digits.removeprefix("0086").removeprefix("86") if len(digits) > 11 else digits  # noqa: PLR2004


def _fold_mail(value: str) -> str:
    return normalise(value).casefold()


_FOLDS: dict[str, Callable[[str], str]] = {
    "identity": normalise,
    "uscc": normalise,
    "phone": _fold_phone,
    "mail": _fold_mail,
    "secret": str,
    "account": matching_key,
    "name": matching_key,
}
