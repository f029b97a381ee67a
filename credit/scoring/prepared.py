"""The statement as the database keeps it: planned once a connection, rule set and day, for it is long.

Planning takes as long as rating a thousand members. A connection's plan is asked for in the transaction that uses it,
so that a pool may stand in between; plans of other days are let go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from credit.scoring import compiler
from credit.scoring.evaluator import ENGINE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.backends.utils import CursorWrapper

    from credit.rulesets.method import RuleSet
    from credit.scoring.compiler import Asked

PREFIX = "rate_"
FOR_THE_STATEMENT = {
    "jit": "off", "work_mem": "64MB", "max_parallel_workers_per_gather": "0", "datestyle": "ISO",
    "enable_nestloop": "off", "enable_seqscan": "off", "enable_bitmapscan": "off", "enable_sort": "off",
    "plan_cache_mode": "force_generic_plan",
}  # fmt: skip
"""One plan for a member and for twenty thousand: members are found by index, in its order, and joined by hashing.

Compiling costs more than it saves, and other workers have the other processors.
"""
PARAMETERS = {"associations": "bigint[]", "firsts": "bigint[]", "lasts": "bigint[]"}


def settle(cursor: CursorWrapper) -> None:
    """Have the database plan as the statement wants it, until the transaction ends."""
    settings = ", ".join(
        f"set_config('{name}', '{value}', true)" for name, value in FOR_THE_STATEMENT.items()
    )
    cursor.execute(f"SELECT {settings}")


def write(ruleset: RuleSet, day: date, asked: Iterable[Asked]) -> list[tuple[int, int, int]]:
    """Rate the stretches and write what changed. Gives (association, members looked at, ratings written)."""
    with connection.cursor() as cursor:
        settle(cursor)
        name = _prepared(cursor, ruleset, day)
        lists = [list(each) for each in zip(*asked, strict=True)]
        cursor.execute(f"EXECUTE {name} ({', '.join(f'%s::{kind}' for kind in PARAMETERS.values())})", lists)
        return cursor.fetchall()


def _prepared(cursor: CursorWrapper, ruleset: RuleSet, day: date) -> str:
    of_day = f"{PREFIX}{day:%Y%m%d}_"
    wanted = f"{of_day}{ruleset.sha256[:32]}"
    cursor.execute("SELECT name FROM pg_prepared_statements WHERE starts_with(name, %s)", [PREFIX])
    standing = {name for (name,) in cursor.fetchall()}
    for name in standing:
        if not name.startswith(of_day):
            cursor.execute(f"DEALLOCATE {name}")
    if wanted not in standing:
        told = {name: f"${place}" for place, name in enumerate(PARAMETERS, start=1)}
        literals = {"as_of": f"'{day}'", "ruleset_sha": f"'\\x{ruleset.sha256}'", "engine": f"'{ENGINE}'"}
        statement = compiler.write(ruleset) % (told | literals)
        cursor.execute(f"PREPARE {wanted} ({', '.join(PARAMETERS.values())}) AS {statement}")
    return wanted
