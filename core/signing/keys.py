"""Signing keys as settings give them. Knows no framework: settings read them before there is one.

SIGNING_KEYS: `id:key:from:until`, separated by commas. `key` is the private half, 32 bytes in base64, or `public=`
and the public half of a retired one. The days are dates (UTC), both included; an empty one is no bound,
as at the beginning of the first key, which clocks that are set back must not stop.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY_BYTES = 32
RETIRED = "public="
NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key. `private` (32 bytes) is none of a retired one and is never shown."""

    id: str
    public: bytes
    since: date | None
    until: date | None
    private: bytes | None = field(default=None, repr=False)

    def signs_on(self, day: date) -> bool:
        """Whether it may sign on a day (UTC)."""
        begun = self.since is None or self.since <= day
        return self.private is not None and begun and (self.until is None or day <= self.until)

    def sign(self, message: bytes) -> bytes:
        """64 bytes. Raises ValueError for a retired key."""
        if self.private is None:
            raise ValueError(f"signing key {self.id}: only its public half is here")
        return _signer(self.private).sign(message)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public half, hexadecimal."""
        return hashlib.sha256(self.public).hexdigest()

    def told(self) -> dict[str, str | None]:
        """As published: a JSON Web Key (RFC 8037) with its fingerprint and days."""
        return {
            "kty": "OKP",
            "crv": "Ed25519",
            "use": "sig",
            "alg": "EdDSA",
            "kid": self.id,
            "x": base64.urlsafe_b64encode(self.public).decode().rstrip("="),
            "fingerprint": self.fingerprint,
            "valid_from": self.since.isoformat() if self.since else None,
            "valid_until": self.until.isoformat() if self.until else None,
        }


def parse(text: str) -> tuple[SigningKey, ...]:
    """Read SIGNING_KEYS. Raises ValueError, which names the entry by its place and never quotes it."""
    keys = []
    for place, entry in enumerate(text.split(","), start=1):
        try:
            keys.append(_key(*entry.strip().split(":")))
        except (ValueError, TypeError):
            raise ValueError(
                f"SIGNING_KEYS: entry {place} is not id:key:from:until, key of {KEY_BYTES} bytes in base64 "
                f"(or {RETIRED} before a public one), days as 2026-11-25."
            ) from None
    if len({key.id for key in keys}) < len(keys):
        raise ValueError(
            "SIGNING_KEYS: an id comes twice. A key that follows another needs an id of its own."
        )
    return tuple(keys)


def entry_of(key: SigningKey, *, retired_on: date | None = None) -> str:
    """The inverse of `parse` for one key; with `retired_on` its public half alone, signing until that day."""
    half = key.private if key.private is not None and retired_on is None else None
    told = base64.b64encode(half).decode() if half else f"{RETIRED}{base64.b64encode(key.public).decode()}"
    until = key.until or retired_on
    days = [day.isoformat() if day else "" for day in (key.since, until)]
    return ":".join([key.id, told, *days])


def new(id_: str, private: bytes, since: date | None = None) -> SigningKey:
    """A key from its 32 private bytes."""
    return SigningKey(id_, _public(private), since, None, private)


def _key(id_: str, encoded: str, since: str, until: str) -> SigningKey:
    raw = base64.b64decode(encoded.removeprefix(RETIRED), validate=True)
    if len(raw) != KEY_BYTES or not NAME.fullmatch(id_):
        raise ValueError
    retired = encoded.startswith(RETIRED)
    return SigningKey(
        id_,
        raw if retired else _public(raw),
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
        None if retired else raw,
    )


def _public(private: bytes) -> bytes:
    return _signer(private).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


@lru_cache(maxsize=16)
def _signer(private: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(private)
