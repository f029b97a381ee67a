"""`manage.py run`: the whole register in one terminal; what `make run` calls."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import get_commands
from django.core.management.base import BaseCommand, CommandError

from config.embedded import place, supervisor
from config.embedded.supervisor import Child, say
from config.preparation import owner_connection


class Command(BaseCommand):
    """Prepares the database and the static files, seeds an empty demonstration, then serves until Ctrl-C."""

    help = "Runs PostgreSQL (unless DATABASE_URL names one), the web server, a worker and the timetable."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run until stopped."""
        host = os.environ.get("HOST", "127.0.0.1")
        port = int(os.environ.get("PORT", "8000"))
        if not supervisor.port_is_free(host, port):
            raise CommandError(f"Port {port} is taken; choose another: PORT={port + 1} make run")
        where = None if os.environ.get("DATABASE_URL") else place.default()
        address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104 - compared, not bound
        sys.exit(
            supervisor.run(
                children(host, port), prepare=prepare, ready=lambda: announce(address), where=where
            )
        )


def children(host: str, port: int) -> list[Child]:
    """Return the processes of the register."""
    logs = Path(settings.DATA_DIR) / "logs"
    celery = [sys.executable, "-m", "celery", "-A", "config"]
    timetable = str(Path(settings.DATA_DIR) / "timetable")
    return [
        Child(
            "web",
            [
                *(sys.executable, "-m", "granian", "config.wsgi:application", "--interface", "wsgi"),
                *("--host", host, "--port", str(port), "--workers", os.environ.get("WEB_WORKERS", "2")),
                *("--blocking-threads", "4", "--respawn-failed-workers", "--no-access-log"),
            ],
            logs / "web.log",
        ),
        Child(
            "worker",
            [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"],
            logs / "worker.log",
            after_ready=True,
        ),
        Child(
            "timetable",
            [*celery, "beat", "--schedule", timetable, "--loglevel", "INFO"],
            logs / "timetable.log",
            after_ready=True,
        ),
    ]


def prepare() -> None:
    """Bring the database and the static files up to date. Raises CalledProcessError."""
    say("Preparing …")
    collecting = _manage_beside("collectstatic", "--noinput", "--clear") if _static_changed() else None
    _manage("prepare_database", "--migrate")
    if settings.DEMO and "seed" in get_commands() and _is_empty():
        say("Writing the demonstration …")
        _manage("seed")
    if collecting and collecting.wait() == 0:
        _stamp().write_text(_static_state())


def announce(address: str) -> None:
    """Print where to look, once the site answers."""
    if not supervisor.wait_until_ready(f"{address}/healthz"):
        say(f"The site does not answer yet; its log is {settings.DATA_DIR}/logs/web.log")
        return
    say(f"\n  The register   {address}/      English   {address}/en/")
    say(f"  Operations     {address}/ops/  API       {address}/api/v1/docs/")
    accounts = Path(settings.DATA_DIR) / "demo_accounts.txt"
    if settings.DEMO and accounts.exists():
        say(f"\n{accounts.read_text().rstrip()}")
    say("\nReady. Ctrl-C stops everything.")


def _manage(*arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, check=True, cwd=place.PROJECT)  # noqa: S603 - our own commands


def _manage_beside(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own commands
        [sys.executable, "manage.py", *arguments, "--verbosity", "0"],
        cwd=place.PROJECT,
        stdin=subprocess.DEVNULL,
    )


def _is_empty() -> bool:
    """Tell whether nobody has an account yet."""
    table = get_user_model()._meta.db_table  # noqa: SLF001 - Django's documented model API
    with owner_connection(settings.DATABASE_OWNER["NAME"]) as mine:
        return mine.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is None  # noqa: S608 - Django's name


def _stamp() -> Path:
    return Path(settings.STATIC_ROOT) / ".collected"


def _static_changed() -> bool:
    return not _stamp().exists() or _stamp().read_text() != _static_state()


def _static_state() -> str:
    """Summarise what static files are made of: the packages' pins; our files' names, sizes and times."""
    state = hashlib.sha256((place.PROJECT / "requirements.lock").read_bytes())
    for file in sorted((place.PROJECT / "static").rglob("*")):
        facts = file.stat()
        state.update(f"{file} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return state.hexdigest()
