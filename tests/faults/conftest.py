"""The site that fault tests break: made once a session, on a server nobody else uses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from psycopg import sql

from config.embedded import place, postgres
from tests.faults.site import OPTIONS, PROCESSES, WORLD, Forks, Site

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = 120


@pytest.fixture(scope="session")
def site(worker_id_or_main: str) -> Iterator[Site]:
    """Start a server of our own, migrate, build the world. Nobody else uses it, so it may be killed."""
    where = place.at(Path(settings.DATA_DIR) / f"faults-{worker_id_or_main}")
    with postgres.serving(where, options=OPTIONS):
        made = Site(where)
        for database in (WORLD, f"{WORLD}_broker"):
            with made.owner() as server:
                server.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
                )
        for words in (("prepare_database",), ("migrate", "--no-input", "--verbosity", "0")):
            done = made.manage(*words)
            assert done.returncode == 0, done.stderr
        built = subprocess.run(
            [sys.executable, str(PROCESSES / "build.py"), str(CASES)],
            cwd=place.PROJECT,
            env=made.environment(LOG_LEVEL="CRITICAL"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert built.returncode == 0, built.stderr[-3000:]
        made.told = json.loads(built.stdout.splitlines()[-1])
        yield made


@pytest.fixture(scope="session")
def worker_id_or_main(request: pytest.FixtureRequest) -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def forks(site: Site) -> Iterator[Forks]:
    """Load the process that rates."""
    started = Forks(site)
    yield started
    started.close()
