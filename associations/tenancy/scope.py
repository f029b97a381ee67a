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


def across_associations(*, why: str) -> AbstractContextManager[Taken]:
    """Work across associations, as the engine, for the stated reason. Every place is listed by a test."""
    if not why:
        raise ValueError("crossing associations needs its reason")
    return taken(Role.ENGINE, why=why)


def public() -> AbstractContextManager[Taken]:
    """Read what is published, nothing else."""
    return taken(Role.PUBLIC)


def association_id() -> int:
    """The association in force. Raises `NoScope` outside `of`."""
    scope = current()
    if scope is None or scope.association_id is None:
        raise NoScope("no association is in force")
    return scope.association_id
