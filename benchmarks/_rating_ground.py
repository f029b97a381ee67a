"""Members by the million with their facts, written by the database itself. Imported by benchmarks/rating.py."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2026, 11, 22)
ASSOCIATIONS = 300
FACTS = {
    "associations_association": "id, public_id",
    "associations_membership": "id, association_id, public_id, category, joined_on, contribution_opt_out",
    "associations_fact": "id, association_id, membership_id, kind, code, severity, occurred_on, recorded_on,"
    " a, b, c, d, e, until_on, ref_id, encode(digest, 'hex') AS digest",
}
"""What the reference is given, table by table."""

TYPES = {
    "associations_fact": {
        **dict.fromkeys(("id", "association_id", "membership_id", "a", "ref_id"), "BIGINT"),
        **dict.fromkeys(("kind", "code", "severity", "b", "c", "d", "e"), "INTEGER"),
        **dict.fromkeys(("occurred_on", "recorded_on", "until_on"), "DATE"),
    },
}
"""What the reference could not guess from the first rows, which may be empty."""

# kind, share of members in percent, how many each, code, severity, days back at most, a, b, c, d, e
MIX = (
    (1, 90, 3, "0", "0", 360, "50 + h % 9000", "h % 3", "5", "h % 6", "h % 5"),
    (2, 10, 1, "0", "0", 360, "1 + h % 4", "h % 2", "NULL", "NULL", "NULL"),
    (3, 95, 4, "1 + (h + part) % 6", "0", 300, "(h % 12 > 0)::int", "NULL", "NULL", "NULL", "NULL"),
    (4, 70, 1, "0", "0", 400, "h % 20", "NULL", "NULL", "NULL", "NULL"),
    (5, 40, 1, "0", "0", 400, "(h % 9 > 0)::int", "NULL", "NULL", "NULL", "NULL"),
    (6, 40, 1, "1 + h % 4", "0", 900, "(h % 8 > 0)::int", "NULL", "NULL", "NULL", "NULL"),
    (7, 20, 1, "0", "0", 1000, "1 + h % 5", "h % 2", "NULL", "NULL", "NULL"),
    (8, 20, 1, "0", "0", 400, "1 + h % 9", "NULL", "NULL", "NULL", "NULL"),
    (9, 30, 1, "0", "0", 600, "NULL", "NULL", "NULL", "NULL", "NULL"),
    (10, 12, 1, "1 + h % 50", "1 + (h % 10 > 5)::int + (h % 10 > 8)::int", 1200, *["NULL"] * 5),
    (11, 5, 1, "0", "0", 100, "1 + h % 30", "h % 2", "NULL", "NULL", "NULL"),
    (12, 8, 1, "0", "0", 200, *["NULL"] * 5),
    (15, 1, 1, "0", "0", 200, *["NULL"] * 5),
)


def lay(url: str, members: int) -> None:
    """Associations of uneven size, their members, nine facts a member or so. As the owner, keys between rows asleep."""
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute("SET synchronous_commit = off")
        owner.execute(
            """
            INSERT INTO associations_association (public_id, slug, name, name_en, number, uscc, reach, region)
            SELECT substr(md5('a' || n), 1, 22), 'a' || n, '某协会' || n, 'Association ' || n, n, n::text, 'city',
              '某市'
            FROM generate_series(1, %s) n
            """,
            [ASSOCIATIONS],
        )
        owner.execute(
            """
            INSERT INTO associations_membership (association_id, public_id, subject_id, number, category, name,
              name_key, pinyin, initials, code, code_masked, is_person, state, joined_on, contribution_opt_out,
              created_at)
            SELECT association_id, substr(md5('m' || n), 1, 22), spread.n, n::text, 1 + (n %% 4), '例',
              n::text, '', '', '', '', false, 'active', date '2023-01-01' + (n %% 1300), n %% 50 = 0, now()
            FROM (
              SELECT n, 1 + floor(
                %(associations)s * power((n::bigint * 7919 %% %(members)s)::numeric / %(members)s, 3)
              )::int AS association_id
              FROM generate_series(1, %(members)s) n
            ) spread ORDER BY association_id, spread.n
            """,
            {"members": members, "associations": ASSOCIATIONS},
        )
        owner.execute("VACUUM (ANALYZE) associations_membership")
        with without_indexes(owner, "associations_fact"):
            for mix in MIX:
                for part in range(mix[2]):
                    owner.execute(_facts(*mix, part=part))
        owner.execute("VACUUM (ANALYZE) associations_fact")
        owner.execute("CHECKPOINT")


@contextmanager
def without_indexes(owner: psycopg.Connection, table: str) -> Iterator[None]:
    """Nothing but the primary key while the block writes; then everything is built again at once."""
    constraints = owner.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'u'",
        [table],
    ).fetchall()
    for name, _definition in constraints:
        owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    indexes = owner.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = %s::regclass AND NOT indisprimary",
        [table],
    ).fetchall()
    for name, _definition in indexes:
        owner.execute(f"DROP INDEX {name}")
    yield
    owner.execute("SET maintenance_work_mem = '256MB'")
    for _name, definition in indexes:
        owner.execute(
            definition.replace(" ON ONLY ", " ON ")
        )  # of a partitioned table the server tells it so
    for name, definition in constraints:
        owner.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def _facts(  # noqa: PLR0917 - one line of MIX
    kind: int, share: int, _times: int, code: str, severity: str, back: int,
    a: str, b: str, c: str, d: str, e: str, *, part: int,
) -> str:  # fmt: skip
    until = f"date '{DAY}' + (h % 900)::int - 100" if kind == 9 else "NULL"  # noqa: PLR2004 - a licence
    on = f"date '{DAY}' - ((h * 31 + {part} * 29) % {back})::int"
    return f"""
        INSERT INTO associations_fact (association_id, membership_id, key, public_id, kind, code, severity, occurred_on,
          recorded_on, recorded_at, a, b, c, d, e, until_on, source, source_ref, digest)
        SELECT association_id, id, '{kind}:{part}:' || id, substr(md5('{kind}{part}' || id), 1, 22), {kind}, {code},
          {severity}, {on}, {on}, now(), {a}, {b}, {c}, {d}, {e}, {until}, 'association', '',
          sha256(convert_to('{kind}{part}' || id, 'UTF8'))
        FROM (SELECT *, ('x' || substr(md5(id::text), 1, 7))::bit(28)::bigint AS h, {part} AS part
              FROM associations_membership) m
        WHERE h % 100 < {share} ORDER BY association_id, id"""
