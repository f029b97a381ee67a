"""Secrets: from the environment in production; otherwise generated once, readable by the owner alone.

Losing FIELD_KEYS loses every identity number at rest, so more than one server needs them in the environment.
"""

import base64
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from config.settings.environment import DATA_DIR, env
from core.signing import keys as signing

KEY_BYTES = 32


def generated_once(path: Path, make: Callable[[], str]) -> str:
    """Read the secret in `path`, or write a new one there (mode 0600); of two racing processes one wins."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent)  # mode 0600
        draft = Path(name)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass  # the other process was first: its secret holds
        finally:
            draft.unlink()
    return path.read_text().strip()


def random_key() -> str:
    """Return 32 random bytes in base64."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def parse_field_keys(text: str) -> dict[str, bytes]:
    """Read `id:base64,id:base64`, the current key first. Raises ValueError for a key that is not 32 bytes."""
    keys = {}
    for entry in text.split(","):
        name, _, encoded = entry.strip().partition(":")
        keys[name] = decode_key(encoded)
    return keys


def decode_key(encoded: str) -> bytes:
    """Decode one base64 key. Raises ValueError when it is not 32 bytes."""
    key = base64.b64decode(encoded, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError(f"A key has {KEY_BYTES} bytes, this one has {len(key)}.")
    return key


SECRET_KEY: str = env.str("SECRET_KEY", default="") or generated_once(
    DATA_DIR / "secret_key", lambda: secrets.token_urlsafe(64)
)
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])

# Identity numbers at rest (AES-256-GCM): key id → key, the current one first, older ones to read with.
FIELD_KEYS = parse_field_keys(
    env.str("FIELD_KEYS", default="") or generated_once(DATA_DIR / "field_keys", lambda: f"k1:{random_key()}")
)

# The blind index by which an identity number is found again (HMAC-SHA-256).
INDEX_KEY = decode_key(env.str("INDEX_KEY", default="") or generated_once(DATA_DIR / "index_key", random_key))

# What this register signs with (Ed25519): evidence bundles. The current key first, retired ones by their public half.
SIGNING_KEYS_FILE = DATA_DIR / "signing_keys"
SIGNING_KEYS = signing.parse(
    env.str("SIGNING_KEYS", default="")
    or generated_once(
        SIGNING_KEYS_FILE,
        lambda: signing.entry_of(signing.new("k1", secrets.token_bytes(KEY_BYTES))),
    )
)
