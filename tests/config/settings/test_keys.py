"""Secrets are made once, for the owner's eyes alone."""

import base64
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from config.settings import keys
from config.settings.database import app_password, read_url


def test_a_secret_is_made_once_with_nobody_else_reading(tmp_path):
    path = tmp_path / "made" / "secret"
    assert keys.generated_once(path, lambda: "first") == "first"
    assert keys.generated_once(path, lambda: "second") == "first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret"]


def test_of_many_at_once_all_read_the_same(tmp_path):
    answers = iter(range(100))
    with ThreadPoolExecutor(8) as pool:
        read = list(
            pool.map(lambda _: keys.generated_once(tmp_path / "secret", lambda: str(next(answers))), range(8))
        )
    assert len(set(read)) == 1


def test_field_keys_keep_their_order_and_length():
    new, old = b"n" * 32, b"o" * 32
    text = ",".join(f"{name}:{base64.b64encode(key).decode()}" for name, key in (("k2", new), ("k1", old)))
    assert list(keys.parse_field_keys(text).items()) == [("k2", new), ("k1", old)]
    with pytest.raises(ValueError, match="A key has 32 bytes, this one has 3"):
        keys.parse_field_keys("k1:" + base64.b64encode(b"abc").decode())


def test_database_urls_of_sockets_and_servers():
    assert read_url("postgres://owner:pw@db.internal:5433/register?sslmode=require") == {
        "HOST": "db.internal",
        "PORT": "5433",
        "NAME": "register",
        "USER": "owner",
        "PASSWORD": "pw",
        "OPTIONS": {"sslmode": "require"},
    }
    assert read_url("postgres://postgres@%2Ftmp%2Frun/register")["HOST"] == "/tmp/run"


def test_the_application_s_password_follows_from_the_secret():
    assert app_password("a") == app_password("a")
    assert app_password("a") != app_password("b")
    assert len(app_password("a")) == 64
