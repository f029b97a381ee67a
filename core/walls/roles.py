"""Taking a database role for one transaction.

The application logs in as a role that may read nothing of the associations. `taken` opens a transaction (or a
savepoint in one), takes a role with `SET LOCAL` semantics and names the association; both end with the
transaction, so that a pooled connection carries nothing over.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator


class Role(StrEnum):
    CONSOLE = "register_console"
    ENGINE = "register_engine"
    PUBLIC = "register_public"


APP_LOGIN = "register_app"


@dataclass(frozen=True, slots=True)
class Taken:
    """The role in force, the association it is bound to (always, as the console), and why (as the engine)."""

    role: Role
    association_id: int | None = None
    why: str = ""


class NoScope(RuntimeError):
    """A tenant table was asked without a scope."""


_current: ContextVar[Taken | None] = ContextVar("taken_role", default=None)


def current() -> Taken | None:
    return _current.get()


def _set(taken: Taken | None) -> None:
    role = taken.role if taken else "none"
    association = str(taken.association_id) if taken and taken.association_id is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config('app.association', %s, true)",
            [role, association],
        )


@contextmanager
def taken(role: Role, *, association_id: int | None = None, why: str = "") -> Iterator[Taken]:
    """Hold `role` for the block. Nested blocks give the outer role back when they end."""
    outer = _current.get()
    wanted = Taken(role, association_id, why)
    nested = connection.in_atomic_block
    # An exception rolls back to the savepoint, and PostgreSQL then restores both settings by itself.
    with transaction.atomic():
        _set(wanted)
        token = _current.set(wanted)
        try:
            yield wanted
        finally:
            _current.reset(token)
        if nested:
            _set(outer)
