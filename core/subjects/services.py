"""Registering credit subjects: find the one that stands, or enter it. Works as the engine, set-based."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from core.public_ids import new_public_id
from core.subjects import encryption
from core.subjects.names import matching_key
from core.subjects.states import Kind, MarkKind
from core.walls.roles import Role, taken

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, checked and normalised already: `identifier` is a USCC or an identity number.

    `name` is a firm's name or a stage name; `legal_name` and `accounts` ((platform, account id) pairs) are
    a person's.
    """

    kind: Kind
    name: str
    identifier: str
    legal_name: str = ""
    accounts: tuple[tuple[str, str], ...] = ()

    @property
    def index(self) -> bytes:
        """The keyed hash of the identifier: 32 bytes."""
        return encryption.index(_INDEX_OF[self.kind], self.identifier)

    def marks(self) -> list[tuple[int, bytes]]:
        """What screening compares: (kind of mark, keyed hash)."""
        mark = MarkKind.USCC if self.kind == Kind.ORGANISATION else MarkKind.IDENTITY
        found = [(int(mark), self.index)]
        found += [
            (int(MarkKind.ACCOUNT), encryption.index("account", f"{platform}\x1f{account}"))
            for platform, account in self.accounts
        ]
        found.append(
            (int(MarkKind.NAME), encryption.index("name", matching_key(self.legal_name or self.name)))
        )
        return found


_INDEX_OF = {Kind.ORGANISATION: "uscc", Kind.PERSON: "identity"}


def register_all(identities: Sequence[Identity]) -> dict[str, int]:
    """Give the subject's row number for each identifier, entering those that are new, in five statements.

    A subject that stands keeps its name; its marks grow by what is new. Identity numbers and legal names
    are sealed before they leave this function.
    """
    if not identities:
        return {}
    by_identifier = {each.identifier: each for each in identities}
    firms = [each for each in by_identifier.values() if each.kind == Kind.ORGANISATION]
    persons = [each for each in by_identifier.values() if each.kind == Kind.PERSON]
    with taken(Role.ENGINE, why="find or enter credit subjects"), connection.cursor() as cursor:
        found: dict[str, int] = {}
        if firms:
            cursor.execute(
                """
                INSERT INTO core_subject (public_id, kind, name, uscc, created_at)
                SELECT new.public_id, 1, new.name, new.uscc, now()
                FROM unnest(%(public_ids)s::text[], %(names)s::text[], %(codes)s::text[])
                     AS new (public_id, name, uscc)
                WHERE NOT EXISTS (SELECT 1 FROM core_subject old WHERE old.uscc = new.uscc)
                ON CONFLICT DO NOTHING
                """,
                {
                    "public_ids": [new_public_id() for _ in firms],
                    "names": [each.name for each in firms],
                    "codes": [each.identifier for each in firms],
                },
            )
            cursor.execute(
                "SELECT uscc, id FROM core_subject WHERE uscc = ANY(%s)",
                [[each.identifier for each in firms]],
            )
            found |= dict(cursor.fetchall())
        if persons:
            indexes = {each.index: each for each in persons}
            cursor.execute(
                "SELECT identity_index, id FROM core_subject WHERE identity_index = ANY(%s)", [list(indexes)]
            )
            standing = {bytes(index): key for index, key in cursor.fetchall()}
            new = [(index, each) for index, each in indexes.items() if index not in standing]
            cursor.execute(
                """
                INSERT INTO core_subject
                    (public_id, kind, name, identity_index, identity_sealed, legal_name_sealed, created_at)
                SELECT new.*, now() FROM (
                    SELECT public_id, 2, name, index, identity, legal_name FROM unnest(
                        %(public_ids)s::text[], %(names)s::text[], %(indexes)s::bytea[],
                        %(identities)s::bytea[], %(legal_names)s::bytea[])
                        AS row (public_id, name, index, identity, legal_name)) AS new
                ON CONFLICT DO NOTHING
                """,
                {
                    "public_ids": [new_public_id() for _ in new],
                    "names": [each.name for _, each in new],
                    "indexes": [index for index, _ in new],
                    "identities": [encryption.seal(each.identifier, "identity") for _, each in new],
                    "legal_names": [
                        encryption.seal(each.legal_name, "legal_name") if each.legal_name else None
                        for _, each in new
                    ],
                },
            )
            cursor.execute(
                "SELECT identity_index, id FROM core_subject WHERE identity_index = ANY(%s)", [list(indexes)]
            )
            found |= {indexes[bytes(index)].identifier: key for index, key in cursor.fetchall()}
        marks = [
            (found[each.identifier], kind, index)
            for each in by_identifier.values()
            for kind, index in each.marks()
        ]
        subjects, kinds, hashes = zip(*marks, strict=True)
        cursor.execute(
            """
            INSERT INTO core_mark (subject_id, kind, index)
            SELECT * FROM unnest(%s::bigint[], %s::smallint[], %s::bytea[])
            ON CONFLICT DO NOTHING
            """,
            [list(subjects), list(kinds), list(hashes)],
        )
    return found


def register(identity: Identity) -> int:
    """`register_all` for one."""
    return register_all([identity])[identity.identifier]


def mark_account(*, subject_id: int, platform: str, account: str) -> None:
    """Let screening compare one more account of the subject."""
    with taken(Role.ENGINE, why="add an account to what screening compares"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_mark (subject_id, kind, index) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [subject_id, int(MarkKind.ACCOUNT), encryption.index("account", f"{platform}\x1f{account}")],
        )
