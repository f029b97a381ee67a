"""Waking the workers.

What is to be done lies in tables; a message only says *look now*, and carries nothing. So a message may be
lost: the timetable sweeps every table within half a minute. A broker that is down must therefore never
fail, or slow down, the verb that wanted to wake somebody.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from celery import current_app
from django.db import transaction

__all__ = ["nobody", "wake"]

EXPIRES_SECONDS = 60  # by then the sweep has been there twice
QUIET_SECONDS = 10  # after a failure nobody waits for the broker again so soon

_log = logging.getLogger(__name__)
_quiet_until = 0.0
_nobody: ContextVar[bool] = ContextVar("wake_nobody", default=False)


def wake(task: str) -> None:
    """Have `task` ("credit.scoring.tasks.rate_due") run soon after the transaction commits. Never raises."""
    if not _nobody.get():
        transaction.on_commit(partial(_send, task), robust=True)


@contextmanager
def nobody() -> Iterator[None]:
    """Wake nobody in the block: for who does the workers' part as well, in the same transaction."""
    token = _nobody.set(True)
    try:
        yield
    finally:
        _nobody.reset(token)


def _send(task: str) -> None:
    global _quiet_until  # noqa: PLW0603 - one process, one memory of the broker's last failure
    if time.monotonic() < _quiet_until:
        return
    try:
        current_app.send_task(task, expires=EXPIRES_SECONDS, ignore_result=True, retry=False)
    except Exception as error:  # noqa: BLE001 - whatever the broker does, the work is in its table
        _quiet_until = time.monotonic() + QUIET_SECONDS
        _log.warning("Could not wake %s; the timetable will: %s", task, error)
