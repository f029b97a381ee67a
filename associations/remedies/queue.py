"""The queue to publication: whose marks have changed since the public records were drawn up.

One row a membership. Publication takes it in the transaction in which it looks again; should that fail, it is back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from core.wake import wake

if TYPE_CHECKING:
    from associations.members.models import Membership

PUBLISH_DUE = "credit.publication.tasks.publish_due"
WITHDRAW_ENDED = "credit.publication.tasks.withdraw_ended"


def put(membership: Membership) -> None:
    """Queue the membership and wake who publishes, after the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO associations_marksdue (association_id, membership_id, since) VALUES (%s, %s, now())
            ON CONFLICT (association_id, membership_id) DO UPDATE SET since = EXCLUDED.since
            """,
            [membership.association_id, membership.pk],
        )
    wake(PUBLISH_DUE)


def take(association_id: int) -> list[int]:
    """The memberships that wait in the association, out of the queue. As the engine."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM associations_marksdue WHERE association_id = %s RETURNING membership_id",
            [association_id],
        )
        return [key for (key,) in cursor.fetchall()]
