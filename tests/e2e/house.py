"""The whole register, running: a database of its own with the demonstration, web server, worker, timetable."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from psycopg.conninfo import make_conninfo

from config.embedded import place
from tests.conftest import copy_database, drop_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SETTINGS = Path(__file__).parent
MEMBERS = "840" if os.environ.get("UPDATE_IMAGES") else "120"


def eventually(fact: Callable[[], Any], seconds: float = 30, every: float = 0.1) -> Any:
    """Wait until `fact()` is true; give what it gave."""
    deadline = time.monotonic() + seconds
    while not (found := fact()):
        assert time.monotonic() < deadline, f"it did not happen within {seconds} s"
        time.sleep(every)
    return found


@dataclass(frozen=True)
class House:
    """Where it stands. `folder` holds its keys and the logs of its processes."""

    database: str
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """The processes' environment. The broker is the one inside PostgreSQL: nobody else takes its messages."""
        owner = settings.DATABASE_OWNER
        told = {
            "host": owner["HOST"], "port": owner["PORT"], "user": owner["USER"], "password": owner["PASSWORD"],
        }  # fmt: skip
        return {
            **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST")},
            "DATABASE_URL": make_conninfo(dbname=self.database, **{k: v for k, v in told.items() if v}),
            "BROKER_URL": "",
            "DATA_DIR": str(self.folder),
            "SECRET_KEY": settings.SECRET_KEY,  # the log-in's password comes from it, and the server is shared
            "DJANGO_SETTINGS_MODULE": "e2e_settings",
            "PYTHONPATH": f"{place.PROJECT}:{SETTINGS}",
            "DEMO": "1",
        }

    def manage(self, *words: str) -> str:
        """Run a command to its end; give what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=place.PROJECT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{words}: {done.stderr[-3000:]}"
        return done.stdout

    @contextlib.contextmanager
    def process(self, name: str, *command: str) -> Iterator[Path]:
        """Run a module in a process group of its own until the block ends; give its log."""
        log = self.folder / f"{name}.log"
        with log.open("wb") as output:
            running = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=place.PROJECT,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            yield log
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()

    def answers(self) -> bool:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        with contextlib.suppress(OSError), contextlib.closing(asked):
            asked.request("GET", "/healthz")
            return asked.getresponse().status == HTTPStatus.OK
        return False


@contextlib.contextmanager
def standing(name: str, folder: Path, migrated: str) -> Iterator[House]:
    """Build it on a copy of the database `migrated`, run it, take it down again."""
    house = House(name, folder, _free_port())
    try:
        _drop(name)
        copy_database(migrated, name)
        house.manage("prepare_database", "--migrate")
        house.manage("seed", "--members", MEMBERS)
        with _running(house):
            yield house
    finally:
        _drop(name)


@contextlib.contextmanager
def _running(house: House) -> Iterator[None]:
    web = (
        *("granian", "config.wsgi:application", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(house.port), "--workers", "1", "--blocking-threads", "4", "--no-access-log"),
    )
    worker = (
        *("celery", "-A", "config", "worker", "--concurrency", "1", "--loglevel", "INFO"),
        *("-B", "--schedule", str(house.folder / "timetable"), "-n", f"{house.database}@%h"),
    )
    with house.process("web", *web), house.process("worker", *worker) as log:
        eventually(house.answers, seconds=60)
        eventually(lambda: " ready." in log.read_text(), seconds=90)
        yield


def _drop(name: str) -> None:
    for each in (name, f"{name}_broker"):
        drop_database(each)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
