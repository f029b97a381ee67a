"""The full re-rating, beside DuckDB doing the same rule set on the same rows in the same run.

    python benchmarks/rating.py [--members 20000] [--workers 2] [--no-duckdb]

Works in a database of its own (see _ground.py). Members lie in 300 associations of uneven size, nine facts each,
written as imports write them: kind by kind, association by association. Measured: everybody rated for the first time, a
tenth of them before that (growth), again with nothing changed, the night with one member in a thousand due, another
rule set rehearsed, then in force so that every row changes, the pure evaluator member by member on a sample, and
`evaluate` alone on forty facts.
Workers are threads, each with a connection: a worker's own work is to wait for the database. Memory is the sum of what
each process has for itself (proportional set size), sampled while everybody is rated.

DuckDB gets the rows by COPY, runs the compiled statement in its own words, and gives the ratings back by COPY; the
figures of both must be the same. Processor seconds are told beside each time: they hardly depend on what else runs.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from _ground import database
from _memory import memory
from _rating_ground import DAY, FACTS, TYPES, lay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from credit.rulesets.method import RuleSet

SAMPLE = 2000
FEW_FACTS = 40
SETTLES = 0.5
"""Seconds in which the server takes note of a backend's end."""


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--members", type=int, default=20_000)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--no-duckdb", action="store_true")
    options = asked.parse_args()
    with database("rating_benchmark") as url:
        import django  # noqa: PLC0415 - after the environment

        django.setup()
        laid = timed(lambda: lay(url, options.members))
        told = measured(url, options.workers)
        if not options.no_duckdb:
            told |= beside_duckdb(url, told)
    print(
        json.dumps(
            {"members": options.members, "workers": options.workers, "lay_seconds": laid} | told, indent=1
        )
    )


def measured(url: str, workers: int) -> dict[str, Any]:
    """Every figure of ours."""
    from credit.scoring import services  # noqa: PLC0415 - after the environment

    tenth = first_tenth(url)
    told: dict[str, Any] = {"facts": count(url, "associations_fact")}

    def measure(name: str, work: Callable[[], Any]) -> None:
        before = processor(url)
        told[f"{name}_seconds"] = timed(work)
        told[f"{name}_processor_seconds"] = round(processor(url) - before, 1)

    alone = timed(lambda: everybody(workers, tenth))
    in_tenth = count(url, "credit_standing")
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")  # the guard of what is append-only sleeps
        owner.execute("TRUNCATE credit_formerrating, credit_standing")
    with memory() as peak:
        measure("full", lambda: everybody(workers))
    told["peak_megabytes"] = round(peak[0])
    told["rows_written"] = count(url, "credit_standing")
    told["growth"] = {
        "members": round(told["rows_written"] / in_tenth, 1),
        "seconds": round(told["full_seconds"] / alone, 1),
    }
    measure("nothing_changed", lambda: everybody(workers))
    told["night"] = night(url, told["full_seconds"])
    with another_rule_set() as other:
        measure("rehearsal", lambda: rehearse(other, workers))
        measure("every_row_changed", lambda: everybody(workers))
    measure("every_row_changed_one_worker", lambda: everybody(1))
    told["member_by_member"] = one_by_one(url, told)
    told["evaluate_40_facts_ms"] = few_facts()
    told["batch"] = services.BATCH
    return told


def timed(work: Callable[[], Any]) -> float:
    began = time.monotonic()
    work()
    return round(time.monotonic() - began, 3)


def processor(url: str) -> float:
    """Processor seconds so far of this process and of the server's backends that have ended: a busy machine takes
    longer, but these stay nearly the same.
    """
    time.sleep(SETTLES)
    with psycopg.connect(url) as asked:
        backend = Path(f"/proc/{asked.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    server = Path(f"/proc/{backend[1]}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(server[13]) + int(server[14])) / os.sysconf("SC_CLK_TCK")


def everybody(workers: int, associations: list[int] | None = None) -> None:
    """Rate everybody (of the associations), so many workers at it."""
    from django.db import connection  # noqa: PLC0415 - after the environment

    from associations.tenancy import scope  # noqa: PLC0415
    from core.wake import nobody  # noqa: PLC0415
    from credit.scoring import runs  # noqa: PLC0415

    with nobody(), scope.across_associations(why="benchmark"):
        for key in associations or [None]:
            runs.cut(DAY, association_id=key)

    def work() -> None:
        with nobody():
            while runs.rate_stretches() is not None:
                pass
        connection.close()

    side_by_side(workers, work)


def side_by_side(workers: int, work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work) for _ in range(workers)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def rehearse(ruleset: RuleSet, workers: int) -> None:
    """What the rule set would do to everybody, worked out and put together; no rating is written."""
    from django.db import connection  # noqa: PLC0415 - after the environment

    from associations.registry.selectors import association_ids  # noqa: PLC0415
    from associations.tenancy import scope  # noqa: PLC0415
    from core.wake import nobody  # noqa: PLC0415
    from credit.rehearsal import services  # noqa: PLC0415

    with nobody():
        for key in association_ids():
            with scope.of(key):
                services.ask(ruleset=ruleset, as_of=DAY, by=None)

    def work() -> None:
        with nobody():
            while services.rehearse_part():
                pass
        connection.close()

    side_by_side(workers, work)


def first_tenth(url: str) -> list[int]:
    """Associations that hold about a tenth of the members."""
    with psycopg.connect(url) as owner:
        sizes = owner.execute(
            "SELECT association_id, count(*) FROM associations_membership GROUP BY 1 ORDER BY 2, 1"
        ).fetchall()
    total, held, found = sum(n for _, n in sizes), 0, []
    for key, members in sizes:
        if 10 * (held + members) <= total:
            held, found = held + members, [*found, key]
    return found


def count(url: str, table: str) -> int:
    with psycopg.connect(url) as owner:
        return owner.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # type: ignore[index]


def night(url: str, full: float) -> dict[str, Any]:
    """One member in a thousand is due by its day; by a worker that has rated before, but makes the plan of the day."""
    from core.wake import nobody  # noqa: PLC0415 - after the environment
    from credit.scoring import services  # noqa: PLC0415

    with psycopg.connect(url) as owner:
        owner.execute("SET LOCAL session_replication_role = replica")  # only a rating changes a standing one
        owner.execute("UPDATE credit_standing SET next_change_on = NULL WHERE next_change_on <= %s", [DAY])
        due = owner.execute(
            "UPDATE credit_standing SET next_change_on = %s - (membership_id = 1000)::int"
            " WHERE mod(membership_id, 1000) = 0",
            [DAY],
        ).rowcount
    with nobody():
        services.rate_due(as_of=DAY - timedelta(days=1))
        seconds = timed(lambda: services.rate_due(as_of=DAY))
    return {"due": due, "seconds": seconds, "of_full": round(seconds / full, 4)}


@contextmanager
def another_rule_set() -> Iterator[RuleSet]:
    """The default with other weights: every score moves."""
    import tomllib  # noqa: PLC0415

    from credit.rulesets import method  # noqa: PLC0415 - after the environment
    from credit.rulesets.validation import load  # noqa: PLC0415
    from credit.scoring import services  # noqa: PLC0415

    data = tomllib.loads(method.DEFAULT_SOURCE.read_text(encoding="utf-8"))
    for category in data["categories"].values():
        category["weights"][0] -= 20
        category["weights"][3] += 20
    other, before = load(data), services.in_force
    services.in_force = lambda ids, _day: dict.fromkeys(ids, other)
    try:
        yield other
    finally:
        services.in_force = before


def one_by_one(url: str, told: dict[str, Any]) -> dict[str, Any]:
    """The pure evaluator over a sample, facts read a thousand members at a time; the ratio to the statement."""
    from associations.conduct import selectors as conduct  # noqa: PLC0415 - after the environment
    from associations.tenancy import scope  # noqa: PLC0415
    from credit.rulesets import method  # noqa: PLC0415
    from credit.scoring.evaluator import evaluate, inputs_sha  # noqa: PLC0415
    from credit.scoring.services import fact_of, member_of  # noqa: PLC0415

    with psycopg.connect(url) as owner:
        rows = owner.execute(
            "SELECT association_id, id FROM associations_membership ORDER BY md5(id::text) LIMIT %s", [SAMPLE]
        ).fetchall()
    ids = [key for _, key in rows]

    def loop() -> None:
        with scope.across_associations(why="benchmark"):
            facts = conduct.facts_of(ids)
            for row in conduct.rated_members(ids):
                evaluate(method.default(), member_of(row), [fact_of(each) for each in facts[row.id]], DAY)
                inputs_sha(member_of(row), (each.digest for each in facts[row.id]))

    each = timed(loop) / len(ids)
    ours = told["full_seconds"] / told["rows_written"]
    return {"sample": len(ids), "ms_a_member": round(each * 1000, 3), "times_slower": round(each / ours, 1)}


def few_facts() -> float:
    """Milliseconds of `evaluate` alone, the median of 200."""
    from credit.rulesets import method  # noqa: PLC0415 - after the environment
    from credit.rulesets.vocabulary import Kind  # noqa: PLC0415
    from credit.scoring.evaluator import Fact, Member, evaluate  # noqa: PLC0415

    back = [DAY - timedelta(days=9 * place) for place in range(FEW_FACTS)]
    kinds = (
        {"kind": Kind.FIGURES, "a": 900, "b": 1, "c": 4, "d": 3, "e": 2}, {"kind": Kind.CHECK, "code": 1, "a": 1},
        {"kind": Kind.VIOLATION, "code": 3, "severity": 2}, {"kind": Kind.TRAINING, "a": 2},
    )  # fmt: skip
    facts = [Fact(at + 1, occurred_on=on, recorded_on=on, **kinds[at % 4]) for at, on in enumerate(back)]
    rules, member, seconds = method.default(), Member("m", "a", 3, date(2020, 1, 1)), []
    for _ in range(200):
        began = time.perf_counter()
        evaluate(rules, member, facts, DAY)
        seconds.append(time.perf_counter() - began)
    return round(statistics.median(seconds) * 1000, 3)


# --- the reference ---


def beside_duckdb(url: str, ours: dict[str, Any]) -> dict[str, Any]:
    """The same statement in DuckDB: rows out by COPY, ratings back by COPY."""
    import duckdb  # noqa: PLC0415 - only here

    before = processor(url)
    with tempfile.TemporaryDirectory() as folder, psycopg.connect(url) as owner:
        began = time.monotonic()
        for table, columns in FACTS.items():
            with (
                Path(folder, f"{table}.csv").open("wb") as file,
                owner.cursor().copy(
                    f"COPY (SELECT {columns} FROM {table}) TO STDOUT (FORMAT csv, HEADER)"
                ) as out,
            ):
                file.writelines(out)
        copied = time.monotonic()
        duck = duckdb.connect(str(Path(folder, "work.duckdb")))
        duck.execute("SET threads = 2; SET integer_division = true")
        for table in FACTS:
            duck.execute(
                f"CREATE TABLE {table} AS SELECT * FROM"
                f" read_csv('{folder}/{table}.csv', nullstr = '', types = {TYPES.get(table, {})})"
            )
        computing = time.monotonic()
        duck.execute(f"COPY ({in_duckdb()}) TO '{folder}/rated.csv' (FORMAT csv, HEADER false)")
        computed = time.monotonic()
        owner.execute(
            "CREATE UNLOGGED TABLE reference (association_id bigint, membership_id bigint, category int, score int,"
            " d1 int, d2 int, d3 int, d4 int, d5 int, d6 int, confidence int, n int, state int, grade int, shown int,"
            " ceiling int, mask int, next_change_on date, up_on date, last_fact_id bigint, inputs_sha text,"
            " ruleset_sha text, engine text)"
        )
        with (
            Path(folder, "rated.csv").open("rb") as file,
            owner.cursor().copy("COPY reference FROM STDIN (FORMAT csv)") as back,
        ):
            while part := file.read(1 << 20):
                back.write(part)
        owner.commit()
        seconds = round(time.monotonic() - began, 3)
    spent = round(processor(url) - before, 1)
    with psycopg.connect(url) as owner:
        differ = owner.execute(
            "SELECT count(*) FROM reference r FULL JOIN credit_standing s USING (membership_id)"
            " WHERE (r.score, r.d1, r.d2, r.d3, r.d4, r.d5, r.d6, r.confidence, r.n, r.state, r.grade, r.ceiling,"
            " r.mask) IS DISTINCT FROM (s.score, s.d1, s.d2, s.d3, s.d4, s.d5, s.d6, s.confidence, s.n, s.state,"
            " s.grade, s.ceiling, s.mask) OR r.inputs_sha IS DISTINCT FROM encode(s.inputs_sha, 'hex')"
        ).fetchone()[0]  # type: ignore[index]
    return {
        "duckdb": {
            "seconds": seconds,
            "copy_out": round(copied - began, 3),
            "compute": round(computed - computing, 3),
            "rows_that_differ": differ,
            "processor_seconds": spent,
        },
        "of_duckdb": round(ours["full_seconds"] / seconds, 3),
        "of_duckdb_processor": round(ours["full_processor_seconds"] / spent, 3),
    }


def in_duckdb() -> str:
    """The compiled statement in DuckDB's words: its hashes are hexadecimal text, its COPY gives text for bytes."""
    from credit.rulesets import method  # noqa: PLC0415 - after the environment
    from credit.scoring import compiler  # noqa: PLC0415

    told = compiler.select(method.default(), compiler.Scope.EVERY, previous=False)
    for ours, theirs in (
        ("%(as_of)s::date", f"date '{DAY}'"),
        ("%(ruleset_sha)s::bytea", f"'{method.default().sha256}'"),
        ("%(engine)s::text", "''"),
        (
            "string_agg(digest, ''::bytea ORDER BY occurred_on, id)",
            "string_agg(digest, '' ORDER BY occurred_on, id)",
        ),
        ("coalesce(m.digests, ''::bytea)", "unhex(coalesce(m.digests, ''))"),
        ("convert_to(", "encode("),
        (", 'UTF8')", ")"),
    ):
        told = told.replace(ours, theirs)
    return told


if __name__ == "__main__":
    main()
