"""Many rows at once: copied into a table that lives as long as the transaction, then taken by one statement.

COPY into a table under row-level security is refused by PostgreSQL; INSERT … SELECT from such a table is not,
and meets the same policies, keys and triggers as any other INSERT.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def stage(table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    """Fill the temporary `table` (`columns` as in CREATE TABLE) with `rows`, replacing what it held before."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {table} ({columns}) ON COMMIT DROP")
        cursor.execute(f"TRUNCATE {table}")
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def array(values: Iterable[int | str]) -> str:
    """Numbers, or codes of letters and digits alone, as PostgreSQL writes an array, to be cast where it is used.

    A list takes psycopg ten times as long.
    """
    return f"{{{','.join(map(str, values))}}}"
