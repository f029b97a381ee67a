"""Tasks for the worker under test, loaded with `celery --include`. They leave their marks in files."""

import os
import time
from pathlib import Path

from celery import shared_task


@shared_task(name="test.mark")
def mark(path: str) -> None:
    """Write one line."""
    with Path(path).open("a") as file:
        file.write(f"{os.getpid()}\n")


@shared_task(name="test.linger")
def linger(path: str) -> None:
    """Write one line at the start; the first time stay until killed."""
    first = not Path(path).exists()
    mark(path)
    while first:
        time.sleep(0.1)
