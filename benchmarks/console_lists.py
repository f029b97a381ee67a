"""The lists of a large association: milliseconds on the server and queries, beside the same server's empty view.

    python benchmarks/console_lists.py [--members 10000] [--seconds 4]

The members are written by the database itself, rated by the engine, and asked for as a clerk: the member list and the
list of ratings, as they open, sorted, filtered, searched, and far down. One connection at a time, so that what is told
is the time of one page.
"""

from __future__ import annotations

import argparse
import json
import os
from typing import TYPE_CHECKING, Any

import psycopg
from _ground import database, load, names, request, serving

if TYPE_CHECKING:
    from django.test import Client

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("BROKER_URL", "memory://")

PAGES = {
    "members": "/a/{slug}/members/",
    "members_by_score": "/a/{slug}/members/?sort=-score",
    "members_of_a_category": "/a/{slug}/members/?category=3&sort=name",
    "members_by_beginning": "/a/{slug}/members/?q={beginning}",
    "members_by_middle": "/a/{slug}/members/?q={middle}",
    "members_far_down": "/a/{slug}/members/?page={far}",
    "ratings": "/a/{slug}/ratings/",
    "ratings_to_change": "/a/{slug}/ratings/?sort=next",
}


def fill(url: str, members: int) -> tuple[str, Client]:
    """An association of so many members, rated. Gives its slug and a clerk's browser."""
    import django  # noqa: PLC0415 - after the database is named

    django.setup()
    from core.wake import nobody  # noqa: PLC0415 - likewise, all of these
    from credit.scoring.runs import rate_all  # noqa: PLC0415
    from tests.cast import client_for, found  # noqa: PLC0415

    house = found("city", "某市直播电商协会", "Some City Association", 1, reach="city", region="某市")
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        with (
            owner.cursor() as cursor,
            cursor.copy(
                "COPY associations_membership (association_id, public_id, subject_id, number, category, name, name_key,"
                " pinyin, initials, code, code_masked, is_person, state, joined_on, contribution_opt_out, created_at)"
                " FROM STDIN"
            ) as into,
        ):
            for number, name in enumerate(names(members), start=1):
                into.write_row((
                    house.association.pk, f"m{number:021d}", number, f"M{number:06d}", 1 + number % 4, name, name,
                    f"p{number % 5000}", "p", "", "", False, "active", "2023-05-01", False, "2024-01-01",
                ))  # fmt: skip
        owner.execute(
            """
            INSERT INTO associations_fact (association_id, membership_id, key, public_id, kind, code, severity,
              occurred_on, recorded_on, recorded_at, a, source, source_ref, digest)
            SELECT association_id, id, 'c' || item || ':' || id, 'f' || item || '-' || id, 3, item, 0,
              CURRENT_DATE - (id % 200)::int, CURRENT_DATE, now(), (id % 9 > 0)::int, 'benchmark', '', sha256('x')
            FROM associations_membership, generate_series(1, 6) item WHERE (id + item) % 5 > 0
            """
        )
        owner.execute("VACUUM (ANALYZE)")
    with nobody():
        rate_all()
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE)")
    return house.slug, client_for(house.clerk)


def queries(client: Client, path: str) -> int:
    """How many statements a page takes."""
    from django.db import connection  # noqa: PLC0415 - after the environment
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as told:
        answer = client.get(path)
    if answer.status_code != 200:  # noqa: PLR2004
        raise RuntimeError(f"{path}: {answer.status_code}")
    return sum(not each["sql"].startswith(("BEGIN", "COMMIT", "SELECT set_config")) for each in told)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--members", type=int, default=10_000)
    asked.add_argument("--seconds", type=float, default=4)
    options = asked.parse_args()
    told: dict[str, Any] = {}
    with database("console_lists_benchmark") as url:
        slug, client = fill(url, options.members)
        from django.conf import settings  # noqa: PLC0415 - after the environment

        cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        name = next(iter(names(1)))
        words = {"slug": slug, "beginning": name[:2], "middle": name[2:4], "far": options.members // 60}
        with serving(1) as (port, workers):
            told["empty"] = load(port, [request("/empty/")], 2, 1)
            for page, address in PAGES.items():
                path = address.format(**words)
                load(port, [request(path, Cookie=cookie)], 1, 1)
                told[page] = {
                    "queries": queries(client, path),
                    **load(port, [request(path, Cookie=cookie)], options.seconds, 1, workers),
                }
    print(json.dumps({"members": options.members, **told}, indent=1))


if __name__ == "__main__":
    main()
