"""The sign of life of a worker with a run: how far it is, and that nobody else need take the run.

Written beside the import, on a connection of its own, since the import's own transaction shows nothing until it ends.
"""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import DatabaseError, connection
from django.utils import timezone

from associations.imports.models import Run
from associations.imports.states import RunState
from associations.tenancy import scope

if TYPE_CHECKING:
    from datetime import datetime

LEASE = timedelta(seconds=45)
EVERY_SECONDS = 0.5


class Lost(RuntimeError):
    """Another worker has the run by now: what was done for it is to be undone."""


class Pulse(threading.Thread):
    """Runs while a run is carried out; `report` says how many more rows are done."""

    def __init__(self, association_id: int, run_id: int, since: datetime) -> None:
        super().__init__(name="import-pulse", daemon=True)
        self._place = association_id, run_id, since
        self._done = 0
        self._over = threading.Event()
        self.lost = False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def report(self, count: int) -> None:
        """Say that `count` more rows are done. Raises `Lost`."""
        if self.lost:
            raise Lost
        self._done += count

    def stop(self) -> None:
        """End, and wait until the last word is written: after this the run's row is the import's alone."""
        self._over.set()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        """Write how far it is, twice a second."""
        try:
            while not self._over.wait(EVERY_SECONDS):
                self._beat()
        finally:
            connection.close()

    def _beat(self) -> None:
        association_id, run_id, since = self._place
        try:
            with scope.of(association_id):
                mine = Run.objects.filter(pk=run_id, state=RunState.RUNNING, started_at=since)
                told = mine.update(done=self._done, lease_until=timezone.now() + LEASE)
        except DatabaseError:
            return  # the import itself will meet it, and say so
        self.lost = not told
