"""What a run has in memory. Imported by benchmarks/rating.py."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def memory() -> Iterator[list[float]]:
    """The most that this process and the server's backends of this database have had at once, in megabytes."""
    peak, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(1):
            peak[0] = max(peak[0], sum(map(proportional, [os.getpid(), *backends()])))

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield peak
    finally:
        over.set()
        watching.join()


def backends() -> list[int]:
    """The server's processes that work for this database."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            told = each.read_bytes()
        except OSError:
            continue
        if told.startswith(b"postgres:") and b"rating_benchmark" in told:
            found.append(int(each.parent.name))
    return found


def proportional(pid: int) -> float:
    """A process's own memory and its part of what it shares, in megabytes; the server's cache left out."""
    try:
        told = dict(
            line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
        )
    except OSError:
        return 0.0
    shared = int(told.get("Pss_Shmem", "0 kB").split()[0])
    return (int(told["Pss"].split()[0]) - shared) / 1024
