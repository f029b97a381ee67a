"""Runs the whole register in one terminal: PostgreSQL, the web server, a worker, the timetable.

A child that dies is started again, later and later while it keeps dying; so is PostgreSQL. Ctrl-C, SIGTERM
and a closed terminal stop everything. Each child writes its log into a file of its own in `.data/logs`.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded import place, postgres

LONGEST_PAUSE_SECONDS = 30.0
SETTLED_SECONDS = 60.0  # a child that lived this long starts again at once
STOP_SECONDS = 10.0
READY_SECONDS = 60.0
LOOK_SECONDS = 0.5


@dataclass
class Child:
    """One process of the register, and how it has been doing.

    `after_ready`: it starts once the site answers, so that what the person waits for has the processors alone.
    """

    name: str
    command: list[str]
    log: Path
    after_ready: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    restarts: int = field(default=0)

    def start(self) -> None:
        """Start it, its log appended to; it ends with us, even when we are killed."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=place.PROJECT,
                start_new_session=True,  # Ctrl-C reaches us alone; we stop the children in order
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - one system call, no lock
            )
        self.started = time.monotonic()

    def look(self) -> None:
        """Start it, or start it again when it is dead and its pause is over."""
        if self.process is None:
            self.start()
            return
        if self.process.poll() is None:
            return
        now = time.monotonic()
        if now - self.started > SETTLED_SECONDS + self.pause:
            self.pause = 0.0
        if now < self.started + self.pause:
            return
        say(f"{self.name} ended with {self.process.returncode}; starting it again (log: {self.log})")
        self.pause = min(max(1.0, self.pause * 2), LONGEST_PAUSE_SECONDS)
        self.restarts += 1
        self.start()

    def stop(self, deadline: float) -> None:
        """End it, and whatever it started: politely until `deadline`, then not."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, deadline - time.monotonic()))
        _signal_group(self.process.pid, signal.SIGKILL)
        self.process.wait()


def run(
    children: list[Child],
    *,
    prepare: Callable[[], None],
    ready: Callable[[], None],
    where: place.Place | None,
) -> int:
    """Prepare, then keep the children running until a signal comes. Returns the exit status.

    `ready` returns when the site answers, or when there is no use in waiting longer.

    `where` is the embedded server's place, None when DATABASE_URL names another server.
    """
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    with postgres.serving(where) if where else nullcontext():
        try:
            prepare()
        except subprocess.CalledProcessError as failed:
            return 0 if stopping.is_set() else failed.returncode
        with _running(children):
            answering = threading.Thread(target=ready, daemon=True)
            answering.start()
            while not stopping.wait(LOOK_SECONDS):
                if where and not _alive(postgres.postmaster_pid(where)):
                    say("PostgreSQL is gone; starting it again")
                    postgres.ensure(where)
                for child in children:
                    if not (child.after_ready and answering.is_alive()):
                        child.look()
            say("\nStopping …")
    return 0


def wait_until_ready(address: str) -> bool:
    """Ask `address` until it answers 200, for a minute at most."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own http address
                return True
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
    return False


def port_is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def _running(children: list[Child]) -> Iterator[None]:
    try:
        for child in children:
            child.log.parent.mkdir(parents=True, exist_ok=True)
            child.log.write_bytes(b"")
            if not child.after_ready:
                child.start()
        yield
    finally:
        for child in children:
            if child.process and child.process.poll() is None:
                child.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in children:
            child.stop(deadline)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid != 0


def _signal_group(leader: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(leader, number)


def _end_with_parent() -> None:
    """Ask Linux to end this child when its parent dies; elsewhere only an orderly end stops it."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)
