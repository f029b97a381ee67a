"""Addresses that keep what was asked: pages, sorting and filters all live in the query string."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from django.http import HttpRequest

PLACE = ("page", "cursor")
"""Parameters that say where in the list one is; a new filter or sorting starts at the beginning again."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of a long list read by cursor: `next` and `previous` are opaque cursors, "" at the ends.

    `total` where it is known without counting a big table.
    """

    items: Sequence[Any]
    next: str = ""
    previous: str = ""
    total: int | None = None

    def __iter__(self) -> Any:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def address(request: HttpRequest, *, without: Iterable[str] = PLACE, **changes: object) -> str:
    """The query string of this page with `changes` made and `without` dropped; None or "" drops a parameter."""
    asked = request.GET.copy()
    for name in without:
        asked.pop(name, None)
    for name, value in changes.items():
        if value is None or value == "":
            asked.pop(name, None)
        else:
            asked[name] = str(value)
    return f"?{asked.urlencode()}" if asked else request.path
