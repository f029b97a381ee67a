"""The register's key and its signature."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verifier.reading import Refused, bounded

ALGORITHM = "Ed25519"
HEX = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
MOST_KEY_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key as told: `id`, 32 bytes, and the days on which it signs; empty: not told."""

    public: bytes
    id: str = ""
    since: str = ""
    until: str = ""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the key, hexadecimal."""
        return hashlib.sha256(self.public).hexdigest()


def key_within(bundle: Mapping[str, Any]) -> PublicKey:
    """The key a bundle names as its own. Raises Refused."""
    told = bundle["key"]
    if told["alg"] != ALGORITHM:
        raise Refused(f"the signature's algorithm is not {ALGORITHM}")
    return PublicKey(_raw(told["x"]), told["id"])


def keys_from(given: str) -> list[PublicKey]:
    """From `--key`: 64 hexadecimal digits, or a file of them, or the register's register-keys.json. Raises Refused."""
    if HEX.fullmatch(given):
        return [PublicKey(bytes.fromhex(given))]
    text = bounded(Path(given), MOST_KEY_BYTES).decode("utf-8", "replace").strip()
    if HEX.fullmatch(text):
        return [PublicKey(bytes.fromhex(text))]
    try:
        return [
            PublicKey(_raw(each["x"]), str(each["kid"]), each["valid_from"] or "", each["valid_until"] or "")
            for each in json.loads(text)["keys"]
            if each["crv"] == ALGORITHM
        ]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refused(f"{given} is no key: it takes 64 hexadecimal digits or a register-keys.json") from None


def trusted(bundle: Mapping[str, Any], given: list[PublicKey]) -> str:
    """Why the bundle's key is none of those given; empty if it is one, in force on the day of issue."""
    own, day = key_within(bundle), bundle["issued_at"][:10]
    for key in given:
        if key.public == own.public:
            if key.id and key.id != own.id:
                return f"the bundle calls the key {own.id}, the register {key.id}"
            if day < key.since or (key.until and day > key.until):
                return f"the key signs from {key.since or 'ever'} until {key.until or 'now'}, not on {day}"
            return ""
    return "the bundle is signed with another key than those given"


def signature_holds(bundle: Mapping[str, Any], message: bytes) -> bool:
    """Whether the signature is the key's over the message. Raises ImportError without `cryptography`."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - not everybody has it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - likewise

    try:
        key = Ed25519PublicKey.from_public_bytes(key_within(bundle).public)
        key.verify(bytes.fromhex(bundle["signature"]), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _raw(encoded: str) -> bytes:
    raw = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    if len(raw) != 32:  # noqa: PLR2004 - an Ed25519 key
        raise ValueError("a key has 32 bytes")
    return raw
