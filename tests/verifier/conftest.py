"""A bundle as a running register gives it, and the verifier as a stranger runs it."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from credit.publication.services import publish_due
from tests.credit.publication.conftest import DAY, past_decision, rate, rated
from verifier.packing import archive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

    from associations.members.models import Membership
    from tests.cast import House

__all__ = ["rated"]

STRANGER = """
import runpy, sys

class Strange:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {blocked}:
            raise ImportError("a stranger has no " + name)

sys.meta_path.insert(0, Strange())
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
OURS = {
    "django",
    "rest_framework",
    "celery",
    "psycopg",
    "rfc8785",
    "structlog",
    "config",
    "portal",
    "associations",
}

Verify = "Callable[..., subprocess.CompletedProcess[str]]"


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The verifier as one file."""
    file = tmp_path_factory.mktemp("stranger") / "verifier.pyz"
    file.write_bytes(archive())
    return file


@pytest.fixture
def verify(program: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run it as a stranger would: isolated, elsewhere, without the product and what it stands on."""

    def run(
        body: bytes, *options: str, without: frozenset[str] = frozenset()
    ) -> subprocess.CompletedProcess[str]:
        file = tmp_path / "bundle.json"
        file.write_bytes(body)
        start = STRANGER.replace("{blocked}", repr(OURS | without))
        return subprocess.run(
            [sys.executable, "-I", "-c", start, str(program), str(file), *options],
            capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60, env={"LANG": "C.UTF-8"},
        )  # fmt: skip

    return run


@pytest.fixture
def bundle(city: House, rated: Membership, client: Client) -> bytes:
    """Of a firm with a public decision and a minor one, as downloaded."""
    past_decision(city, rated)
    past_decision(
        city, rated, number="某自律〔2025〕2号", severity=1, code=3, decided_on=DAY - timedelta(days=10)
    )
    rate()
    publish_due(today=DAY)
    answer = client.get(f"/api/v1/ratings/{rated.public_id}/bundle/")
    assert answer.status_code == 200
    return answer.content
