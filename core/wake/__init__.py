"""Waking the workers.

What is to be done lies in tables; a message only says *look now*, and carries nothing. So a message may be
lost: the timetable sweeps every table within half a minute. A broker that is down must therefore never
fail, or slow down, the verb that wanted to wake somebody. A task that was called for and has not begun is not
called again: one message is enough for all that lies there by then.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from celery import current_app
from django.db import connection, transaction

__all__ = ["begun", "nobody", "wake"]

EXPIRES_SECONDS = 60  # by then the sweep has been there twice
QUIET_SECONDS = 10  # after a failure nobody waits for the broker again so soon

_log = logging.getLogger(__name__)
_quiet_until = 0.0
_nobody: ContextVar[bool] = ContextVar("wake_nobody", default=False)


WAITS = "SELECT FROM core_call WHERE task = %s AND asked_at >= now() - interval '30 seconds'"
CALL = """
    INSERT INTO core_call (task, asked_at) VALUES (%s, now())
    ON CONFLICT (task) DO UPDATE SET asked_at = now()
      WHERE core_call.asked_at IS NULL OR core_call.asked_at < now() - interval '30 seconds'
    RETURNING task
"""  # half a minute on the timetable has been there: the message was lost
# Who finds that somebody called writes nothing, and so waits for no disk.


def wake(task: str, *, each: bool = False) -> None:
    """Have `task` ("credit.scoring.tasks.rate_due") run soon after the transaction commits. Never raises.

    `each`: though it was called for already; for a task of which several do a part each.
    """
    if not _nobody.get():
        send = _send if each else _call
        transaction.on_commit(
            lambda: send(task), robust=True
        )  # one that fails is told by its name; a partial has none


def begun(task: str) -> None:
    """The task begins now, and will find what lies there: who comes later calls again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_call SET asked_at = NULL WHERE task = %s AND asked_at IS NOT NULL", [task]
        )


def _call(task: str) -> None:
    if time.monotonic() < _quiet_until:
        return
    with connection.cursor() as cursor:
        for question, stands in ((WAITS, True), (CALL, False)):
            cursor.execute(question, [task])
            if (cursor.fetchone() is not None) is stands:
                return
    if not _send(task):
        begun(task)


@contextmanager
def nobody() -> Iterator[None]:
    """Wake nobody in the block: for who does the workers' part as well, in the same transaction."""
    token = _nobody.set(True)
    try:
        yield
    finally:
        _nobody.reset(token)


def _send(task: str) -> bool:
    """Whether the broker took the message."""
    global _quiet_until  # noqa: PLW0603 - one process, one memory of the broker's last failure
    if time.monotonic() < _quiet_until:
        return False
    try:
        current_app.send_task(task, expires=EXPIRES_SECONDS, ignore_result=True, retry=False)
    except Exception as error:  # noqa: BLE001 - whatever the broker does, the work is in its table
        _quiet_until = time.monotonic() + QUIET_SECONDS
        _log.warning("Could not wake %s; the timetable will: %s", task, error)
        return False
    return True
