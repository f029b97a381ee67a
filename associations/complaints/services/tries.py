"""How often something was tried lately, counted in one statement each. Called outside every scope."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from associations.complaints.models import Tries
from core.subjects import encryption

LONGEST = timedelta(days=1)


def tried(what: str, *, within: timedelta) -> int:
    """Count one more try of `what`; gives how many that makes since its window began."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO associations_tries AS standing (key, since, count) VALUES (%(key)s, %(now)s, 1)
            ON CONFLICT (key) DO UPDATE SET
              count = CASE WHEN standing.since < %(from)s THEN 1 ELSE standing.count + 1 END,
              since = CASE WHEN standing.since < %(from)s THEN %(now)s ELSE standing.since END
            RETURNING count
            """,
            {"key": _key(what), "now": now, "from": now - within},
        )
        count: int = cursor.fetchone()[0]
    return count


def forgive(what: str) -> None:
    """Count the tries of `what` from nothing again."""
    Tries.objects.filter(key=_key(what)).delete()


def forget_tries() -> int:
    """The timetable's: forget what lies longer back than any window."""
    return Tries.objects.filter(since__lt=timezone.now() - LONGEST).delete()[0]


def _key(what: str) -> bytes:
    return encryption.index("secret", f"tries {what}")
