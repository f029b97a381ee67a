"""The three doors to the data. Each opens a transaction and takes a database role for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.walls.roles import NoScope, Role, current, taken

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from associations.registry.models import Association
    from core.walls.roles import Taken

__all__ = ["NoScope", "across_associations", "association_id", "of", "public"]


def of(association: Association | int) -> AbstractContextManager[Taken]:
    """Work as `association`: its rows can be read and written, no others exist."""
    key = association if isinstance(association, int) else association.pk
    return taken(Role.CONSOLE, association_id=key)


def across_associations(*, why: str, within: int | None = None) -> AbstractContextManager[Taken]:
    """Work across associations, as the engine, for the stated reason. Every place is listed by a test.

    Work on one of them alone says so by `within`: questions then name it, and one partition of a table is read.
    """
    if not why:
        raise ValueError("crossing associations needs its reason")
    return taken(Role.ENGINE, association_id=within, why=why)


def public() -> AbstractContextManager[Taken]:
    """Read what is published, nothing else."""
    return taken(Role.PUBLIC)


def association_id() -> int:
    """The association in force. Raises `NoScope` outside `of`."""
    scope = current()
    if scope is None or scope.role is not Role.CONSOLE or scope.association_id is None:
        raise NoScope("no association is in force")
    return scope.association_id
