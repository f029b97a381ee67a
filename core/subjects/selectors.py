"""Questions about credit subjects. Each works as the engine and gives no more than was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from core.subjects import encryption
from core.subjects.models import Subject
from core.subjects.states import MarkKind
from core.walls.loading import array
from core.walls.roles import Role, taken

if TYPE_CHECKING:
    from collections.abc import Iterable

OF_A_SUBJECT = (int(MarkKind.USCC), int(MarkKind.IDENTITY))
"""Marks that name one subject and no other: by these it is watched whom a barred one was signed with."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A mark of `subject_id` equals one under which a bar stands, or which the bar's own association watches because
    the two were signed with each other. `set_by_id` is the association to ask.
    """

    subject_id: int
    mark_kind: int
    bar_public_id: str
    set_by_id: int


def hits(subject_ids: Iterable[int]) -> list[Hit]:
    """Compare the subjects' marks with those of all bars in force, everywhere; one statement."""
    with taken(Role.ENGINE, why="screen against the bars of all associations"), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT mark.subject_id, watch.kind, watch.bar_public_id, watch.set_by_id
            FROM core_mark mark JOIN core_watchmark watch ON watch.index = mark.index
              AND watch.kind = ANY(CASE WHEN mark.kind = ANY(%s::smallint[]) THEN ARRAY[mark.kind, %s]::smallint[]
                                        ELSE ARRAY[mark.kind] END)
            WHERE watch.in_force AND mark.subject_id = ANY(%s::bigint[])
            ORDER BY mark.subject_id, watch.bar_public_id, watch.kind
            """,
            [array(OF_A_SUBJECT), int(MarkKind.LINK), array(subject_ids)],
        )
        return [Hit(*row) for row in cursor.fetchall()]


def find(*, uscc: str = "", identity: str = "") -> int | None:
    """The row number of the subject with this code or identity number, None when nobody has it."""
    key = {"uscc": uscc} if uscc else {"identity_index": encryption.index("identity", identity)}
    with taken(Role.ENGINE, why="find a credit subject by its identifier"):
        return Subject.objects.filter(**key).values_list("id", flat=True).first()


def find_all(*, usccs: Iterable[str] = (), identities: Iterable[str] = ()) -> dict[str, int]:
    """Row numbers by identifier, for those that stand; two statements however many are asked."""
    indexes = {encryption.index("identity", number): number for number in identities}
    with taken(Role.ENGINE, why="find credit subjects by their identifiers"), connection.cursor() as cursor:
        cursor.execute("SELECT uscc, id FROM core_subject WHERE uscc = ANY(%s::text[])", [array(usccs)])
        found = dict(cursor.fetchall())
        cursor.execute(
            "SELECT identity_index, id FROM core_subject WHERE identity_index = ANY(%s::bytea[])",
            [list(indexes)],
        )
        return found | {indexes[bytes(index)]: key for index, key in cursor.fetchall()}
