"""A test-only application: kills the process it runs in at a chosen statement. No code of the house changes.

`arm(point, when)` counts the statements of this thread from now on, commits included, and sends SIGKILL to its own
process before or after the one numbered `point` (from 1). A web request arms itself by the header
`X-Kill: 7 before`; a worker by the file named in KILL_ORDER, which the first task that finds it takes away.
"""

import contextlib
import os
import signal
import threading
from pathlib import Path

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

NEVER = 10**9
state = threading.local()


def arm(point: int = NEVER, when: str = "before") -> None:
    """Start counting in this thread."""
    state.count, state.point, state.when = 0, point, when


def disarm() -> int:
    """Stop counting; how many statements there were."""
    count = getattr(state, "count", 0)
    state.point = None
    return count


def _strike(when: str) -> None:
    if state.count == state.point and state.when == when:
        os.kill(os.getpid(), signal.SIGKILL)
        threading.Event().wait()  # until it arrives


@contextlib.contextmanager
def _statement():
    if getattr(state, "point", None) is None:
        yield
        return
    state.count += 1
    _strike("before")
    yield
    _strike("after")


def _around(execute, statement, parameters, many, context):
    with _statement():
        return execute(statement, parameters, many, context)


class Killing(AppConfig):
    """Wraps every connection's statements, and every commit."""

    name = "killing"

    def ready(self):
        connection_created.connect(self._wrap, dispatch_uid="killing")
        commit = BaseDatabaseWrapper._commit

        def counted(connection):
            with _statement():
                return commit(connection)

        BaseDatabaseWrapper._commit = counted
        if os.environ.get("KILL_ORDER"):
            self._arm_tasks(Path(os.environ["KILL_ORDER"]))

    @staticmethod
    def _wrap(connection, **_):
        if _around not in connection.execute_wrappers:
            connection.execute_wrappers.append(_around)

    @staticmethod
    def _arm_tasks(order):
        from celery import signals

        @signals.task_prerun.connect(weak=False)
        def take(task, **_):
            if task.name != "credit.scoring.tasks.rate_due":
                return
            try:
                taken = order.rename(order.with_suffix(".taken"))
            except FileNotFoundError:
                return
            point, when = taken.read_text().split()
            arm(int(point), when)


class ByHeader:
    """Arms the request that asks for it; an answer that was not killed says how many statements it took."""

    def __init__(self, respond):
        self.respond = respond

    def __call__(self, request):
        asked = request.headers.get("X-Kill")
        if not asked:
            return self.respond(request)
        point, when = asked.split()
        arm(int(point), when)
        response = self.respond(request)
        response["X-Statements"] = str(disarm())
        return response
