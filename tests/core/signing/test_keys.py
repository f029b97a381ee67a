"""Keys: read, told by their public halves, followed by others, never shown."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import stat
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import BASE_DIR
from core.signing import keys
from core.signing.selectors import published_keys, signing_key
from core.signing.services import rotate

SEED = bytes(range(32))
TEXT = base64.b64encode(SEED).decode()
PUBLIC = base64.b64encode(keys.new("x", SEED, date(2026, 1, 1)).public).decode()
OTHER = base64.b64encode(b"o" * 32).decode()
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_keys_are_read_in_their_order():
    now, before = keys.parse(f"k2:{OTHER}:2026-11-01:, k1:public={PUBLIC}:2026-01-01:2026-11-01")
    assert (now.id, now.since, now.until, now.private) == ("k2", date(2026, 11, 1), None, b"o" * 32)
    assert (before.id, before.until, before.private) == ("k1", date(2026, 11, 1), None)
    assert before.public == keys.parse(f"k1:{TEXT}:2026-01-01:")[0].public
    assert keys.parse(",".join(map(keys.entry_of, (now, before)))) == (now, before)
    (first,) = keys.parse(f"k1:{TEXT}::")
    assert (first.since, first.until, keys.entry_of(first)) == (None, None, f"k1:{TEXT}::")
    assert first.signs_on(date(1999, 1, 1))


@pytest.mark.parametrize(
    "text",
    ["", "k1", f"k1:{TEXT}", f"k1:{TEXT}:2026-13-01:", f"k1:{TEXT[:-8]}:2026-01-01:", f":{TEXT}:2026-01-01:",
     f"k 1:{TEXT}:2026-01-01:", f"k1:{TEXT}:2026-01-01::", f"k1:{TEXT}:2026-01-01:,k1:{OTHER}:2026-01-01:"],
)  # fmt: skip
def test_what_is_no_key_is_refused_and_not_quoted(text):
    with pytest.raises(ValueError, match=r"^SIGNING_KEYS: ") as refused:
        keys.parse(text)
    assert TEXT[:12] not in str(refused.value)


def test_a_key_signs_and_its_private_half_is_never_shown():
    key = keys.new("k1", SEED, date(2026, 1, 1))
    Ed25519PublicKey.from_public_bytes(key.public).verify(key.sign(b"told"), b"told")
    shown = f"{key} {key!r} {json.dumps(key.told())}"
    assert [each for each in (TEXT, SEED.hex(), repr(SEED)) if each in shown] == []
    assert key.told()["fingerprint"] == hashlib.sha256(key.public).hexdigest()
    (retired,) = keys.parse(f"k1:public={PUBLIC}:2026-01-01:2026-02-01")
    with pytest.raises(ValueError, match="only its public half is here"):
        retired.sign(b"told")


def test_the_first_key_in_force_signs(settings):
    settings.SIGNING_KEYS = keys.parse(f"k2:{OTHER}:2026-11-21:,k1:{TEXT}:2026-01-01:2026-11-20")
    assert signing_key(NOON).id == "k1"
    assert signing_key(NOON.replace(day=21)).id == "k2"
    settings.SIGNING_KEYS = keys.parse(f"k1:{TEXT}:2026-01-01:2026-11-19")
    with pytest.raises(ImproperlyConfigured, match="no key signs on 2026-11-20"):
        signing_key(NOON)


def test_a_new_key_takes_over_and_the_old_one_stays_verifiable(tmp_path):
    file = tmp_path / "signing_keys"
    file.write_text(f"k1:{TEXT}:2026-01-01:")
    (old,) = keys.parse(file.read_text())
    signature = old.sign(b"told")
    fresh = rotate(file, "k2", NOON)
    now, before = keys.parse(file.read_text())
    assert (now, now.id, now.since) == (fresh, "k2", date(2026, 11, 20))
    assert (before.public, before.private, before.until) == (old.public, None, date(2026, 11, 20))
    Ed25519PublicKey.from_public_bytes(before.public).verify(signature, b"told")
    assert TEXT not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(ValueError, match="an id comes twice"):
        rotate(file, "k2", NOON)
    assert keys.parse(file.read_text()) == (now, before)


def test_the_command_says_the_fingerprint_alone(tmp_path):
    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", "rotate_signing_key", *words],
            cwd=BASE_DIR, capture_output=True, text=True, check=False,
            env={"DATA_DIR": str(tmp_path), "PATH": "", **more},
        )  # fmt: skip

    told = run("k2").stdout.splitlines()
    now, before = keys.parse((tmp_path / "signing_keys").read_text())
    assert told == [
        f"k2 {now.fingerprint}",
        "Restart the web servers and workers; they still sign with the key before it.",
    ]
    assert (before.id, before.private) == ("k1", None)
    assert "an id comes twice" in run("k2").stderr
    assert "comes from the environment" in run("k3", SIGNING_KEYS=f"k1:{TEXT}:2026-01-01:").stderr


def test_no_private_half_leaves_the_process(caplog):
    """Neither what is published nor what is logged nor a page of errors holds one."""
    (key,) = settings.SIGNING_KEYS
    logging.getLogger("any").warning("%s %s", settings.SIGNING_KEYS, key)
    private = [base64.b64encode(key.private).decode(), key.private.hex(), repr(key.private)]
    told = json.dumps(published_keys()) + caplog.text
    assert [each for each in private if each in told] == []
