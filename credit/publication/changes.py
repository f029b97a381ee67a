"""What became public, changed or went since a time, in the order in which it did; for whoever keeps a copy."""

from __future__ import annotations

import base64
import heapq
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from django.db.models import F, IntegerField, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credit.publication.cursors import BadCursor
from credit.publication.models import (
    PublishedBar,
    PublishedDecision,
    PublishedRating,
    PublishedWithdrawal,
)
from credit.publication.states import RecordKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)
NONE = Value(None, output_field=IntegerField())
LATE = timedelta(minutes=5)
"""How long a record may be under way between the time it bears and the moment it is seen: asked for again."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A record's latest: `edition` None, it is public no more."""

    at: datetime
    id: str
    kind: str
    edition: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """So many of them; `cursor` for those that follow, "" at the end; `since`: what to ask with the next time."""

    found: list[Change]
    cursor: str
    since: datetime


def changes(since: datetime, cursor: str, most: int) -> Changes:
    """The first `most` from a time on, or after the cursor: each record once, with its latest. Four queries.

    Raises BadCursor. A record may be told twice, since the next asking begins before the last one's end; none is left
    out.
    """
    at, after = read(cursor) if cursor else (since, "")
    sources = [
        *(
            _of(table.objects.all(), "published_at", Value(str(kind)), F("payload__edition"), at, after, most)
            for kind, table in (
                (RecordKind.RATING, PublishedRating),
                (RecordKind.BAR, PublishedBar),
                (RecordKind.DECISION, PublishedDecision),
            )
        ),
        _of(PublishedWithdrawal.objects.all(), "at", F("kind"), NONE, at, after, most),
    ]
    found = list(islice(heapq.merge(*sources), most + 1))
    shown, more = found[:most], len(found) > most
    last = shown[-1] if shown else None
    return Changes(
        shown,
        write(last.at, last.id) if last and more else "",
        max(since, min(timezone.now(), last.at if last else timezone.now()) - LATE),
    )


def _of(  # noqa: PLR0917 - a row's columns, and where to begin
    rows: QuerySet, on: str, kind: Value | F, edition: Value | F, at: datetime, after: str, most: int
) -> list[Change]:
    rows = rows.filter(**{f"{on}__gte": at}).filter(Q(**{f"{on}__gt": at}) | Q(public_id__gt=after))
    told = rows.order_by(on, "public_id").values_list(on, "public_id", kind, edition)
    return [Change(*row) for row in told[: most + 1]]


def write(at: datetime, public_id: str) -> str:
    """An opaque cursor: what follows this one."""
    told = json.dumps([at.isoformat(), public_id], separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read(cursor: str) -> tuple[datetime, str]:
    """The inverse of `write`. Raises BadCursor."""
    try:
        at, public_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        told = datetime.fromisoformat(at), str(public_id).replace("\0", "")
    except (ValueError, TypeError) as error:
        raise BadCursor(_("This cursor is not one of ours. Start again without it.")) from error
    if told[0].tzinfo is None:
        raise BadCursor(_("This cursor is not one of ours. Start again without it."))
    return told
