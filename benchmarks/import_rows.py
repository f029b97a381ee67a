"""Rows imported a second, checked and written, beside raw COPY of the same rows in the same run.

    python benchmarks/import_rows.py [--rows 20000] [--kind figures|members|all]

Works in a database of its own, made for the run on the server that DATABASE_URL names (else the embedded one) and
dropped afterwards. Of a file it measures reading (the child that opens it), then checking and writing, which is what
an import does: every row checked, compared with what stands, and written with all that hangs on it. The reference is
COPY of the very rows that were written into tables of the same shape without keys, indexes and triggers: what the
same server and the same client could do if nothing had to hold.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

NAME = "import_benchmark"
TABLES = {
    "members": (
        "core_subject", "core_mark", "associations_membership", "associations_membershipevent", "associations_check",
        "associations_fact", "associations_conductdue",
    ),
    "figures": ("associations_fact", "associations_conductdue"),
}  # fmt: skip
MEMBERS = 2_500
MONTHS = [date(year, month, 1) for year in range(2023, 2026) for month in range(1, 13)]
SYLLABLES = "禾闻云溪野夏澄南屿松青白知澜光鹭梨朝岚川月槿棠枝星辰沐悠然璟瑜舒宁远航博雅"


@contextmanager
def database() -> Iterator[None]:
    """Make the database, migrated; drop it afterwards."""
    import subprocess  # noqa: PLC0415 - only here

    from psycopg.conninfo import conninfo_to_dict, make_conninfo  # noqa: PLC0415

    with server() as url:
        parts = {**conninfo_to_dict(url), "dbname": NAME}
        os.environ["DATABASE_URL"] = (
            f"postgresql:///?{'&'.join(f'{key}={value}' for key, value in parts.items())}"
        )
        manage = str(Path(__file__).resolve().parents[1] / "manage.py")
        for command in (["prepare_database"], ["migrate", "-v0"]):
            subprocess.run([sys.executable, manage, *command], check=True)  # noqa: S603 - our own
        try:
            import django  # noqa: PLC0415 - after the environment

            django.setup()
            yield
        finally:
            import psycopg  # noqa: PLC0415
            from django.db import connections  # noqa: PLC0415

            connections.close_all()
            with psycopg.connect(make_conninfo(**{**parts, "dbname": "postgres"}), autocommit=True) as owner:
                owner.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


@contextmanager
def server() -> Iterator[str]:
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    from config.embedded import place, postgres  # noqa: PLC0415 - only where no server is named

    with postgres.serving(place.default()):
        yield place.url(place.default())


# --- the files ---


def uscc(number: int) -> str:
    from core.subjects.identifiers import uscc_check_character  # noqa: PLC0415 - after the environment

    body = f"91990000{number:09d}"
    return body + uscc_check_character(body)


def name(number: int) -> str:
    base = len(SYLLABLES)
    word = "".join(SYLLABLES[number // base**place % base] for place in range(4))
    return f"某市{word}文化传媒有限公司"


def member_list(path: Path, rows: int) -> Path:
    """A member list of so many rows, every fiftieth of them wrong."""
    kinds = ("商家", "MCN机构", "品牌商家", "直播间运营者")
    with path.open("w", encoding="utf-8") as file:
        file.write("序号,会员名称,统一社会信用代码,会员类别,联系人,联系电话,入会日期,状态\n")
        for number in range(rows):
            code = uscc(number) if number % 50 else "9199000000000000"
            day = f"20{20 + number % 6}-{1 + number % 12}-{1 + number % 28}"
            file.write(
                f"{number},{name(number)},{code},{kinds[number % 4]},周某,199{number:08d},{day},正常\n"
            )
    return path


def figure_list(path: Path, rows: int) -> Path:
    """Monthly figures of the first members, every fiftieth line wrong."""
    members = [uscc(number) for number in range(2 * MEMBERS) if number % 50][:MEMBERS]
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            month = MONTHS[number // MEMBERS % len(MONTHS)]
            line = {
                "subject": members[number % MEMBERS],
                "period": f"{month:%Y-%m}",
                "platform": f"{'甲乙丙丁'[number // (MEMBERS * len(MONTHS)) % 4]}平台",
                "orders": 200 + number % 9000,
                "complaints_upheld": number % 3,
                "complaints_closed": 5 if number % 50 else -5,
                "answered_in_time": number % 5,
                "resolved": number % 4,
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return path


# --- measuring ---


def association() -> Any:
    from associations.registry.services import register_association  # noqa: PLC0415 - after the environment

    return register_association(
        slug="bench", name="某市试验协会", name_en="Bench", number=1, uscc=uscc(999_000_001), reach="city",
        region="某市", by=None,
    )  # fmt: skip


def measure(kind: str, path: Path, here: Any) -> dict[str, Any]:
    """Import the file once; give its figures beside raw COPY of what it wrote."""
    from associations.imports.services import carrying  # noqa: PLC0415 - after the environment
    from associations.tenancy import scope  # noqa: PLC0415

    before = last_rows(kind)
    began = time.perf_counter()
    table = carrying.read(path, kind)
    opened = time.perf_counter()
    cpu = time.process_time()
    checked: list[float] = []
    with scope.of(here):
        served = backend_seconds()
        plan = carrying.carry_out(
            kind, table, by=None, report=lambda _count: checked.append(time.perf_counter())
        )
        written = time.perf_counter()
    committed = time.perf_counter()
    served = backend_seconds() - served if served is not None else None
    cpu = time.process_time() - cpu
    rows, copied = raw_copy(kind, before)
    seconds = committed - opened
    return {
        "rows": plan.rows,
        "accepted": len(plan.accepted),
        "refused": plan.refused,
        "read_seconds": round(opened - began, 3),
        "check_and_write_seconds": round(seconds, 3),
        "of_that_checking": round(checked[0] - opened, 3),
        "of_that_in_commit": round(committed - written, 3),
        "processor_of_this_process": round(cpu, 3),
        "processor_of_the_database": served and round(served, 3),
        "checked_rows_per_second": round(plan.rows / seconds),
        "rows_per_second_of_checking_alone": round(plan.rows / (checked[0] - opened)),
        "with_reading_rows_per_second": round(plan.rows / (committed - began)),
        "database_rows_written": rows,
        "database_rows_per_second": round(rows / seconds),
        "raw_copy_seconds": round(copied, 3),
        "raw_copy_database_rows_per_second": round(rows / copied),
        "share_of_raw_copy": round(copied / seconds, 3),
    }


def backend_seconds() -> float | None:
    """Processor time of this connection's server process, where it runs on this machine under Linux."""
    from django.db import connection  # noqa: PLC0415 - after the environment

    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not stat.exists():
        return None
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def last_rows(kind: str) -> dict[str, int]:
    found = {}
    for table in TABLES[kind]:
        last = sql.SQL("SELECT coalesce(max(id), 0) FROM {}").format(sql.Identifier(table))
        (found[table],) = owner().execute(last).fetchone()
    return found


def raw_copy(kind: str, before: dict[str, int]) -> tuple[int, float]:
    """COPY the rows the import wrote, out and in again, into tables without anything; only the way in is timed."""
    mine = owner()
    rows, seconds = 0, 0.0
    for table in TABLES[kind]:
        full, bare = sql.Identifier(table), sql.Identifier(f"raw_{table}")
        mine.execute(sql.SQL("CREATE TABLE {} AS SELECT * FROM {} WHERE false").format(bare, full))
        new = sql.SQL("COPY (SELECT * FROM {} WHERE id > {}) TO STDOUT").format(full, before[table])
        with mine.cursor().copy(new) as out:
            lines = [bytes(line) for line in out]
        began = time.perf_counter()
        with mine.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(bare)) as copy:
            for line in lines:
                copy.write(line)
        seconds += time.perf_counter() - began
        rows += len(lines)
        mine.execute(sql.SQL("DROP TABLE {}").format(bare))
    return rows, seconds


_OWNER: list[Any] = []


def owner() -> Any:
    if not _OWNER:
        from config.preparation import owner_connection  # noqa: PLC0415 - after the environment

        _OWNER.append(owner_connection(NAME))
    return _OWNER[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--kind", choices=("members", "figures", "all"), default="all")
    asked = parser.parse_args()
    found: dict[str, Any] = {}
    with database(), tempfile.TemporaryDirectory() as folder:
        here = association()
        rows = asked.rows if asked.kind != "figures" else 2 * MEMBERS
        roll = measure("members", member_list(Path(folder, "members.csv"), max(rows, 2 * MEMBERS)), here)
        if asked.kind != "figures":
            found["members"] = roll
        if asked.kind != "members":
            found["figures"] = measure(
                "figures", figure_list(Path(folder, "figures.jsonl"), asked.rows), here
            )
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
