"""The statement as the database keeps it: planned once a connection, rule set and day, for it is long.

Planning takes as long as rating two thousand members. A connection's plan is asked for in the transaction that uses
it, so that a pool may stand in between; plans of other days are let go.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import connection

from credit.scoring import compiler
from credit.scoring.evaluator import ENGINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from django.db.backends.utils import CursorWrapper

    from credit.rulesets.method import RuleSet
    from credit.scoring.compiler import Asked

FOR_THE_STATEMENT = {
    "jit": "off", "work_mem": "64MB", "max_parallel_workers_per_gather": "0", "datestyle": "ISO",
    "enable_nestloop": "off", "enable_seqscan": "off", "enable_bitmapscan": "off", "enable_sort": "off",
    "plan_cache_mode": "force_generic_plan",
}  # fmt: skip
"""One plan for a member and for twenty thousand: members are found by index, in its order, and joined by hashing.

Compiling costs more than it saves, and other workers have the other processors.
"""
LISTS = ("associations", "firsts", "lasts")
"""The stretches, side by side, by the names that the statement has for them."""


def settle(cursor: CursorWrapper) -> None:
    """Have the database plan as the statement wants it, until the transaction ends."""
    settings = ", ".join(
        f"set_config('{name}', '{value}', true)" for name, value in FOR_THE_STATEMENT.items()
    )
    cursor.execute(f"SELECT {settings}")


def write(ruleset: RuleSet, day: date, asked: Iterable[Asked]) -> list[tuple[int, int, int]]:
    """Rate the stretches and write what changed. Gives (association, members looked at, ratings written)."""
    lists = dict(zip(LISTS, map(list, zip(*asked, strict=True)), strict=True))
    with connection.cursor() as cursor:
        execute(cursor, "rate", ruleset, day, lists, statement=lambda: compiler.write(ruleset))
        return cursor.fetchall()


def execute(
    cursor: CursorWrapper,
    does: str,
    ruleset: RuleSet,
    day: date,
    lists: Mapping[str, list[int]],
    *,
    statement: Callable[[], str],
    known: Iterable[RuleSet] = (),
) -> None:
    """Execute the statement by the plan that the connection keeps for what it `does`, the day and the rule sets. It is
    made where there is none, and those of other days go. `lists` are its parameters, bigint[] all; the rest it says
    itself.
    """
    settle(cursor)
    of_day = f"{does}_{day:%Y%m%d}_"
    wanted = of_day + sha256(b"".join(each.digest for each in (ruleset, *known))).hexdigest()[:32]
    cursor.execute("SELECT name FROM pg_prepared_statements WHERE starts_with(name, %s)", [f"{does}_"])
    standing = {name for (name,) in cursor.fetchall()}
    for name in standing:
        if not name.startswith(of_day):
            cursor.execute(f"DEALLOCATE {name}")
    if wanted not in standing:
        told = {name: f"${place}" for place, name in enumerate(lists, start=1)}
        told |= {"as_of": f"'{day}'", "ruleset_sha": f"'\\x{ruleset.sha256}'", "engine": f"'{ENGINE}'"}
        kinds = ", ".join(["bigint[]"] * len(lists))
        cursor.execute(f"PREPARE {wanted} ({kinds}) AS {statement() % told}")
    values = ", ".join(["%s::bigint[]"] * len(lists))
    cursor.execute(f"EXECUTE {wanted} ({values})", list(lists.values()))
