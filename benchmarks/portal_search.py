"""Name search over N public ratings, over HTTP: the time of an answer, beside the same server's empty view.

    python benchmarks/portal_search.py [--names 500000] [--seconds 6] [--workers 2] [--connections 1]

Fills the published table alone, in a database made for the run; queries are drawn from the names themselves:
two to four characters, pinyin, initials, whole names, codes, words that fit nearly everybody, words that fit
nobody. Prints one JSON object with the figures of `/suggest/` (what is asked at every key) and of the search page.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import secrets
import sys
import time
from datetime import UTC, date, datetime
from urllib.parse import quote

import psycopg
from _ground import PROJECT, database, load, megabytes, names, request, serving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("BROKER_URL", "memory://")

COLUMNS = (
    "public_id", "association_slug", "name", "code", "category", "state", "grade", "score", "as_of", "changed_on",
    "name_key", "terms", "pinyin", "initials", "payload", "etag", "published_at",
)  # fmt: skip
MOST_WANTED = ("有限公司", "电子商务", "直播", "文化传播有限公司", "dzsw", "澜")


def fill(where: str, count: int) -> list[dict[str, str]]:
    """Write the rows as the owner, by COPY. Gives some of them to ask for."""
    sys.path.insert(0, str(PROJECT))
    import django  # noqa: PLC0415 - after the database is named

    django.setup()
    from credit.publication.rows import found_by  # noqa: PLC0415

    rng = random.Random(11)  # noqa: S311 - which rows to ask for
    some = []
    now, today = datetime.now(UTC), date(2026, 11, 22)
    with psycopg.connect(where) as mine:
        mine.execute("SET session_replication_role = replica")
        mine.execute("DROP INDEX published_rating_terms")
        mine.execute(
            "INSERT INTO credit_publishedassociation (slug, name, name_en, figures, etag, stamp, published_at) "
            "VALUES ('city', '某市直播电商协会', 'Some City', '{}', '1', 1, now())"
        )
        with mine.cursor().copy(f"COPY credit_publishedrating ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for number, name in enumerate(names(count)):
                told = found_by(name, person=False)
                code = f"91990000{number:09d}A"
                copy.write_row(
                    (secrets.token_urlsafe(16), "city", name, code, 3, 0, 1 + number % 9, 700_000, today, today,
                     told["name_key"], told["terms"], told["pinyin"], told["initials"], "{}", f"{number}", now)
                )  # fmt: skip
                if rng.random() < 2000 / count:
                    some.append(
                        {"name": name, "code": code}
                        | {k: told[k].split()[0] for k in ("pinyin", "initials") if told[k]}
                    )
        mine.execute(
            "CREATE INDEX published_rating_terms ON credit_publishedrating USING gin (terms) WITH (fastupdate=off)"
        )
        mine.commit()
        mine.autocommit = True
        mine.execute("VACUUM ANALYZE credit_publishedrating")
    return some


def queries(some: list[dict[str, str]]) -> list[str]:
    """What people type, in the shares they might type it."""
    rng = random.Random(13)  # noqa: S311 - which queries
    asked = []
    for row in some:
        name, kind = row["name"], rng.random()
        start = rng.randrange(max(1, len(name) - 3))
        if kind < 0.35:  # noqa: PLR2004 - shares of a hundred
            asked.append(name[start : start + rng.choice((2, 3, 4))])
        elif kind < 0.55:  # noqa: PLR2004
            asked.append(row.get("pinyin", name)[: rng.choice((4, 6, 8, 10))])
        elif kind < 0.7:  # noqa: PLR2004
            asked.append(row.get("initials", name)[: rng.choice((3, 4, 5))])
        elif kind < 0.85:  # noqa: PLR2004
            asked.append(name)
        elif kind < 0.95:  # noqa: PLR2004
            asked.append(row["code"])
        else:
            asked.append(rng.choice((*MOST_WANTED, "龘龘", "qqqq", name[:1])))
    return asked


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--names", type=int, default=20_000)
    asked.add_argument("--seconds", type=float, default=6)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--connections", type=int, default=1)
    options = asked.parse_args()
    with database("portal_search_benchmark") as where:
        began = time.perf_counter()
        typed = queries(fill(where, options.names))
        filled = time.perf_counter() - began
        with serving(options.workers) as (port, workers):
            suggest = [request(f"/suggest/?q={quote(query)}") for query in typed]
            pages = [request(f"/?q={quote(query)}") for query in typed]
            load(
                port, suggest, 4, 8
            )  # each worker reads its tables of readings, each thread opens its connection
            load(port, pages, 2, 8)
            told = {
                "empty": load(port, [request("/empty/")], 2, options.connections),
                "suggest": load(port, suggest, options.seconds, options.connections),
                "search_page": load(port, pages, options.seconds, options.connections),
            }
            memory = max(megabytes(pid) for pid in workers)
    head = {"names": options.names, "queries": len(typed), "fill_seconds": round(filled, 1)}
    print(json.dumps({**head, "worker_mb": round(memory, 1), **told}))


if __name__ == "__main__":
    main()
