"""Reading a long list stretch by stretch, by what it is sorted by: no page number that moves under the reader."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import SuspiciousOperation
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ui.paging import Stretch

if TYPE_CHECKING:
    from django.db.models import QuerySet


class BadCursor(SuspiciousOperation):
    """A cursor that this register did not give out (400)."""


def stretch(rows: QuerySet[Any], cursor: str, size: int) -> Stretch:
    """The `size` rows after (or before) the cursor. `rows` are sorted by a day, falling, then by public id.

    Raises BadCursor.
    """
    on = str(rows.query.order_by[0]).removeprefix("-")
    if not cursor:
        found = list(rows[: size + 1])
        return _of(found[:size], on, more_after=len(found) > size, more_before=False)
    way, day, public_id = read(cursor)
    if way == "after":
        rest = rows.filter(Q(**{f"{on}__lt": day}) | Q(**{on: day, "public_id__gt": public_id}))
        found = list(rest[: size + 1])
        return _of(found[:size], on, more_after=len(found) > size, more_before=True)
    rest = rows.filter(Q(**{f"{on}__gt": day}) | Q(**{on: day, "public_id__lt": public_id})).reverse()
    found = list(rest[: size + 1])
    return _of(found[:size][::-1], on, more_after=True, more_before=len(found) > size)


def write(way: str, day: date, public_id: str) -> str:
    """An opaque cursor: the rows after, or before, this one."""
    told = json.dumps([way, day.isoformat(), public_id], separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read(cursor: str) -> tuple[str, date, str]:
    """The inverse of `write`. Raises BadCursor."""
    refusal = BadCursor(_("This cursor is not one of ours. Start again without it."))
    try:
        way, day, public_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        told = str(way), date.fromisoformat(day), str(public_id)
    except (ValueError, TypeError) as error:
        raise refusal from error
    if way not in {"after", "before"}:
        raise refusal
    return told


def _of(found: list[Any], on: str, *, more_after: bool, more_before: bool) -> Stretch:
    if not found:
        return Stretch([])
    first, last = found[0], found[-1]
    return Stretch(
        found,
        next=write("after", getattr(last, on), last.public_id) if more_after else "",
        previous=write("before", getattr(first, on), first.public_id) if more_before else "",
    )
