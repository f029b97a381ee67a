"""Registering credit subjects: find the one that stands, or enter it. Works as the engine, set-based."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from core.public_ids import new_public_ids
from core.subjects import encryption
from core.subjects.names import matching_key
from core.subjects.states import Kind, MarkKind
from core.walls.loading import stage
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


class Prepared(NamedTuple):
    """A subject with its keyed hashes and sealed fields: all that needs no database."""

    identity: Identity
    public_id: str
    marks: list[tuple[int, bytes]]
    identity_sealed: bytes | None
    legal_name_sealed: bytes | None

    def row(self) -> tuple[object, ...]:
        """As `COLUMNS` has it."""
        who = self.identity
        firm = who.kind == Kind.ORGANISATION
        own = self.marks[0][1]
        return (
            self.public_id, int(who.kind), who.name, who.identifier if firm else None, None if firm else own,
            self.identity_sealed, self.legal_name_sealed,
        )  # fmt: skip


COLUMNS = """
    place integer, public_id text, kind smallint, name text, uscc text, identity_index bytea, identity_sealed bytea,
    legal_name_sealed bytea
"""
ENTER = """
    INSERT INTO core_subject
        (public_id, kind, name, uscc, identity_index, identity_sealed, legal_name_sealed, created_at)
    SELECT public_id, kind, name, uscc, identity_index, identity_sealed, legal_name_sealed, now()
    FROM registering_subject new
    WHERE {key} IS NOT NULL AND (SELECT id FROM core_subject old WHERE old.{key} = new.{key}) IS NULL
    ON CONFLICT ({key}) DO NOTHING
"""


def prepare(identities: Sequence[Identity]) -> list[Prepared]:
    """Hash and seal. Pure, so that it can be done beside the database."""
    persons = [each for each in identities if each.kind == Kind.PERSON]
    named = [each for each in persons if each.legal_name]
    numbers = iter(encryption.seal_all([each.identifier for each in persons], "identity"))
    names = iter(encryption.seal_all([each.legal_name for each in named], "legal_name"))
    return [
        Prepared(
            each,
            public_id,
            each.marks(),
            next(numbers) if each.kind == Kind.PERSON else None,
            next(names) if each.kind == Kind.PERSON and each.legal_name else None,
        )
        for each, public_id in zip(identities, new_public_ids(len(identities)), strict=True)
    ]


def register_all(identities: Sequence[Identity]) -> dict[str, int]:
    """Give the subject's row number for each identifier, entering those that are new."""
    return enter(prepare(identities))


def enter(subjects: Sequence[Prepared]) -> dict[str, int]:
    """`register_all` for those prepared already, in a handful of statements.

    A subject that stands keeps its name; its marks grow by what is new.
    """
    if not subjects:
        return {}
    with taken(Role.ENGINE, why="find or enter credit subjects"), connection.cursor() as cursor:
        stage("registering_subject", COLUMNS, ((at, *each.row()) for at, each in enumerate(subjects)))
        stage(
            "registering_mark",
            "place integer, kind smallint, index bytea",
            ((at, kind, index) for at, each in enumerate(subjects) for kind, index in each.marks),
        )
        for key in ("uscc", "identity_index"):
            cursor.execute(ENTER.format(key=key))
        cursor.execute(
            """
            WITH found AS MATERIALIZED (
                SELECT place, coalesce(
                    (SELECT id FROM core_subject old WHERE old.uscc = new.uscc),
                    (SELECT id FROM core_subject old WHERE old.identity_index = new.identity_index)) AS id
                FROM registering_subject new
            ), marked AS (
                INSERT INTO core_mark (subject_id, kind, index)
                SELECT id, kind, index FROM found JOIN registering_mark USING (place)
                ON CONFLICT (kind, index, subject_id) DO NOTHING
            )
            SELECT id FROM found ORDER BY place
            """
        )
        ids = [key for (key,) in cursor.fetchall()]
    return {each.identity.identifier: key for each, key in zip(subjects, ids, strict=True)}


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
