"""Rating page, 304 and API in requests a second, beside the same server's empty view in the same run.

    python benchmarks/portal_pages.py [--members 50] [--seconds 4] [--workers 2] [--connections 8]

Members are taken in, rated and published through the services, in a database made for the run. Prints one JSON
object: each figure with its share of the empty view, and the memory of the largest web worker.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import timedelta

from _ground import PROJECT, database, get, load, megabytes, names, request, serving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("BROKER_URL", "memory://")


def publish(members: int) -> list[str]:
    """A register of so many members, rated and public. Gives their public ids."""
    sys.path.insert(0, str(PROJECT))
    import django  # noqa: PLC0415 - after the database is named

    django.setup()
    from django.utils import timezone  # noqa: PLC0415 - likewise, all of these

    from associations.conduct.models import Fact  # noqa: PLC0415
    from associations.conduct.services import record_all  # noqa: PLC0415
    from associations.conduct.states import FactKind  # noqa: PLC0415
    from associations.tenancy import scope  # noqa: PLC0415
    from credit.publication.models import PublishedRating  # noqa: PLC0415
    from credit.publication.services import publish_due  # noqa: PLC0415
    from credit.scoring.services import rate_due  # noqa: PLC0415
    from tests.cast import admit, firm, found  # noqa: PLC0415

    today = timezone.localdate()
    house = found(
        "city", "某市直播电商协会", "Some City Live Commerce Association", 1, reach="city", region="某市"
    )
    for number, name in enumerate(names(members), 1):
        member = admit(house, firm(number, name))
        shared = {"association_id": member.association_id, "membership": member, "source": "benchmark"}
        rows = [
            Fact(
                **shared,
                kind=FactKind.CHECK,
                code=item,
                a=1,
                occurred_on=today - timedelta(days=40),
                key=f"{number}c{item}",
            )
            for item in range(1, 7)
        ]  # fmt: skip
        rows += [
            Fact(
                **shared, kind=FactKind.FIGURES, a=2000, b=2, c=3, d=3, e=2, key=f"{number}f{month}",
                occurred_on=today - timedelta(days=30 * month),
            )
            for month in range(1, 12)
        ]  # fmt: skip
        with scope.of(house.association):
            record_all(rows)
    rate_due(as_of=today)
    publish_due(today=today)
    with scope.public():
        return list(PublishedRating.objects.values_list("public_id", flat=True))


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--members", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=4)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--connections", type=int, default=8)
    options = asked.parse_args()
    with database("portal_pages_benchmark"):
        ids = publish(options.members)
        with serving(options.workers) as (port, workers):
            pages = [f"/ratings/{public_id}/" for public_id in ids]
            apis = [f"/api/v1{page}" for page in pages]
            tags = [tag_of(get(port, page)[1]) for page in pages]
            body = len(get(port, pages[0])[2])
            kinds = {
                "empty": [request("/empty/")],
                "rating_page": [request(page) for page in pages],
                "rating_304": [
                    request(page, **{"If-None-Match": tag}) for page, tag in zip(pages, tags, strict=True)
                ],
                "rating_api": [request(api) for api in apis],
            }
            for requests in kinds.values():  # each worker draws each page once before anything is timed
                load(port, requests, 1, options.connections)
            told = {
                name: load(port, requests, options.seconds, options.connections, workers)
                for name, requests in kinds.items()
            }
            memory = max(megabytes(pid) for pid in workers)
    empty = told["empty"]["requests_per_second"]
    for figures in told.values():
        figures["percent_of_empty"] = round(100 * figures["requests_per_second"] / empty, 1)
    print(json.dumps({"members": options.members, "page_bytes": body, "worker_mb": round(memory, 1), **told}))


def tag_of(head: bytes) -> str:
    """The ETag of an answer."""
    line = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"etag:"))
    return line.split(b":", 1)[1].strip().decode()


if __name__ == "__main__":
    main()
