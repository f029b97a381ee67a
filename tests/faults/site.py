"""A site of its own to break: an embedded PostgreSQL beside the tests', databases with a world in them, processes."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import psycopg
import pytest
from psycopg import sql

from config.embedded import place, supervisor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROCESSES = Path(__file__).parent / "processes"
WORLD = "world"
# A kill takes nothing with it that the kernel has; a power cut is not tried here.
OPTIONS = ("fsync=off", "full_page_writes=off")
CSRF = "c" * 32


def eventually(fact: Callable[[], Any], seconds: float = 30, every: float = 0.05) -> Any:
    """Wait until `fact()` is true; give what it gave."""
    deadline = time.monotonic() + seconds
    while not (found := fact()):
        assert time.monotonic() < deadline, f"it did not happen within {seconds} s"
        time.sleep(every)
    return found


@dataclass
class Answer:
    """What a server said, and how long it took. Status 0: it was gone before it said anything."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    seconds: float = 0.0


@dataclass
class Site:
    """The server, and how to run things on one of its databases."""

    where: place.Place
    told: dict[str, Any] = field(default_factory=dict)
    numbers: Any = field(default_factory=count)

    def environment(self, database: str = WORLD, **more: str) -> dict[str, str]:
        return {
            **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST")},
            "DATABASE_URL": place.url(self.where, database),
            "BROKER_URL": "",
            "DJANGO_SETTINGS_MODULE": "fault_settings",
            "PYTHONPATH": f"{place.PROJECT}:{PROCESSES}",
            "DEMO": "1",
            **more,
        }

    def owner(self, database: str = "postgres") -> psycopg.Connection[Any]:
        return psycopg.connect(place.url(self.where, database), autocommit=True, connect_timeout=5)

    def manage(self, *words: str, database: str = WORLD) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=place.PROJECT,
            env=self.environment(database, DJANGO_SETTINGS_MODULE="config.settings"),
            capture_output=True,
            text=True,
            check=False,
        )

    def clone(self, of: str = WORLD) -> str:
        """A copy of the world, or of a copy, under a new name."""
        name = f"run_{next(self.numbers)}"
        with self.owner() as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
            copy = "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy"
            server.execute(sql.SQL(copy).format(sql.Identifier(name), sql.Identifier(of)))
        return name

    def drop(self, database: str) -> None:
        with self.owner() as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))

    def breaches(self, database: str, grace: int = 0) -> list[dict[str, str]]:
        """What `manage.py audit_invariants` finds."""
        done = self.manage("audit_invariants", "--json", "--grace", str(grace), database=database)
        assert done.stdout, done.stderr
        return json.loads(done.stdout)["breaches"]

    @contextlib.contextmanager
    def process(self, *command: str, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        """A process of the house in a group of its own, killed at the end."""
        with log.open("ab") as output:
            running = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=place.PROJECT,
                env=self.environment(**environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=supervisor._end_with_parent,  # noqa: PLW1509 - one system call; a killed run leaves nothing
            )
        try:
            yield running
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()


class Forks:
    """The process that rates, publishes and tells, a fork each time (`processes/rating.py`)."""

    def __init__(self, site: Site) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(PROCESSES / "rating.py")],
            cwd=place.PROJECT,
            env=site.environment(LOG_LEVEL="CRITICAL"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, database: str, job: str, **point: Any) -> dict[str, Any]:
        print(json.dumps({"database": database, "job": job, **point}), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


@dataclass
class Web:
    """A web server to talk to."""

    site: Site
    port: int
    database: str

    def ask(
        self,
        path: str,
        data: dict[str, Any] | None = None,
        *,
        role: str = "",
        timeout: float = 30,
        **headers: str,
    ) -> Answer:
        """GET, or POST when there is data, as somebody who is logged in."""
        cookies = [f"csrftoken={CSRF}"]
        if role:
            cookies.append(f"sessionid={self.site.told['sessions'][role]}")
        sent = {"Cookie": "; ".join(cookies), "X-CSRFToken": CSRF, **headers}
        body = None
        if data is not None:
            body = urlencode(data)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET" if body is None else "POST", path, body, sent)
            response = connection.getresponse()
            said = response.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return Answer(0, seconds=time.monotonic() - began)
        finally:
            connection.close()
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, told, said, time.monotonic() - began)

    def console(self, path: str) -> str:
        return f"/a/{self.site.told['slug']}/{path}"

    def ready(self) -> bool:
        return self.ask("/healthz", timeout=5).status == 200


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def web_server(site: Site, log: Path, workers: int = 2, **environment: str) -> Iterator[Web]:
    """The house's web server as `make run` starts it, and starts it again when it gives up (its crash loop)."""
    port = free_port()
    command = (
        *("granian", "config.wsgi:application", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", str(workers), "--blocking-threads", "4"),
        *("--respawn-failed-workers", "--respawn-interval", "0.1", "--no-access-log"),
    )
    over = threading.Event()

    def keep() -> None:
        while not over.is_set():
            with site.process(*command, log=log, **environment) as running:
                while running.poll() is None and not over.wait(0.1):
                    pass

    keeper = threading.Thread(target=keep)
    keeper.start()
    web = Web(site, port, environment.get("database", WORLD))
    try:
        try:
            eventually(web.ready, seconds=60)
        except AssertionError:
            pytest.fail(log.read_text()[-3000:])
        yield web
    finally:
        over.set()
        keeper.join()


@contextlib.contextmanager
def worker(site: Site, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker with the timetable in it, whose sweeps come every two seconds."""
    log.write_bytes(b"")
    command = (
        *("celery", "-A", "config", "worker", "--concurrency", "1", "--loglevel", "INFO"),
        *("-B", "--schedule", str(log.with_suffix(".timetable")), "-n", f"fault-{os.getpid()}-{log.stem}@%h"),
    )
    with site.process(*command, log=log, **({"SWEEP_SECONDS": "2"} | environment)) as running:
        eventually(lambda: " ready." in log.read_text() or running.poll() is not None, seconds=90)
        assert running.poll() is None, log.read_text()[-3000:]
        yield running


@contextlib.contextmanager
def with_broker(site: Site, database: str) -> Iterator[None]:
    """Give a copy of the world a broker of its own."""
    names = {"copy": sql.Identifier(f"{database}_broker"), "of": sql.Identifier(f"{WORLD}_broker")}
    with site.owner() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {copy} WITH (FORCE)").format(**names))
        server.execute(sql.SQL("CREATE DATABASE {copy} TEMPLATE {of}").format(**names))
    yield
