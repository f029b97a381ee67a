"""From a decision taken in the console to the rating and the portal changed, at so many decisions a second.

    python benchmarks/decision_to_portal.py [--members 200] [--seconds 5] [--rate 20]

The house as `make run` starts it: web server, one worker, the broker inside PostgreSQL, on a database made for the run.
Each decision is handed over by POST to its case (a decision takes effect when served); its time is from there until the
published row, and with it page and API, has another score. The reference is the same POST alone, until its answer.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import psycopg
from _ground import PROJECT, database, drop, free_port, server_url, wait_until
from portal_pages import publish

if TYPE_CHECKING:
    from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["BROKER_URL"] = ""
NAME = "decision_benchmark"
CSRF = "b" * 32
LOOK_SECONDS = 0.02
LONGEST_SECONDS = 60
WARMING = 10


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--members", type=int, default=200)
    asked.add_argument("--seconds", type=float, default=5)
    asked.add_argument("--rate", type=float, default=20)
    options = asked.parse_args()
    decisions = int(options.rate * options.seconds)
    with database(NAME) as url, TemporaryDirectory() as folder:
        os.environ["REQUIRE_MFA"] = "0"
        publish(max(options.members, decisions + WARMING))
        cases, session = decided(decisions + WARMING)
        with house(Path(folder)) as port:
            drive(url, port, session, cases[:WARMING], options.rate)
            told = drive(url, port, session, cases[WARMING:], options.rate)
        with server_url() as server:
            drop(server, f"{NAME}_broker")
    print(
        json.dumps(
            {"rate": options.rate, "decisions": decisions, "members": options.members} | told, indent=1
        )
    )


def decided(count: int) -> tuple[list[tuple[str, str, float]], str]:
    """So many cases, each decided and not yet handed over; and the session of the clerk who will do it.

    A case is (its address, the member's public id, the score before).
    """
    from django.conf import settings  # noqa: PLC0415 - after the database is named, all of these
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from associations.discipline import services as discipline  # noqa: PLC0415
    from associations.members.models import Membership  # noqa: PLC0415
    from associations.registry.models import Association  # noqa: PLC0415
    from associations.tenancy import scope  # noqa: PLC0415
    from core.accounts.models import User  # noqa: PLC0415
    from core.wake import nobody  # noqa: PLC0415

    people = {user.email.split("@")[0]: user for user in User.objects.all()}
    clerk, panel, began = people["clerk"], [people[f"reviewer{n}"] for n in (1, 2, 3)], timezone.localdate()
    began -= timedelta(days=30)
    cases = []
    with nobody(), scope.of(Association.objects.get()):
        for member in Membership.objects.select_related("standing").order_by("id")[:count]:
            case = discipline.open_case(
                membership=member, code=12, allegation="以从未成交的价格作比较", by=clerk,
                occurred_on=began - timedelta(days=10), opened_on=began,
            )  # fmt: skip
            discipline.report(case=case, findings="以从未成交的价格作比较", on=began, by=clerk)
            discipline.serve_notice(
                case=case, text="拟作出警告", measure=2, method="EMS", proof="1", served_on=began, by=clerk
            )
            discipline.waive(case=case, text="书面放弃", received_on=began + timedelta(days=1), by=clerk)
            discipline.form_panel(
                case=case, members=panel, chair=panel[0], on=began + timedelta(days=2), by=people["decider"]
            )
            for each in panel:
                discipline.vote(case=case, in_favour=True, measure=2, on=began + timedelta(days=3), by=each)
            discipline.decide(
                case=case,
                measure=2,
                reasons="事实成立",
                departure="已改正",
                on=began + timedelta(days=4),
                by=people["decider"],
            )
            cases.append(
                (f"/a/city/cases/{case.public_id}/service/", member.public_id, member.standing.score)
            )
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(clerk.pk), clerk.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store.save()
    return cases, str(store.session_key)


@contextmanager
def house(folder: Path) -> Iterator[int]:
    """Web server and worker; gives the port."""
    port = free_port()
    commands = {
        "web": (
            *("granian", "config.wsgi:application", "--interface", "wsgi", "--host", "127.0.0.1"),
            *("--port", str(port), "--workers", "2", "--blocking-threads", "4", "--no-access-log"),
        ),
        "worker": (
            *("celery", "-A", "config", "worker", "--concurrency", "2", "--loglevel", "INFO"),
            *("-B", "--schedule", str(folder / "timetable")),
        ),
    }
    logs = {name: folder / f"{name}.log" for name in commands}
    running = [
        subprocess.Popen(  # noqa: S603 - our own
            [sys.executable, "-m", *command],
            cwd=PROJECT,
            stdout=logs[name].open("wb"),
            stderr=subprocess.STDOUT,
        )
        for name, command in commands.items()
    ]
    try:
        wait_until(lambda: ask(port, "/healthz")[0] == 200)  # noqa: PLR2004
        wait_until(lambda: " ready." in logs["worker"].read_text())
        yield port
    finally:
        for each in running:
            each.terminate()
        for each in running:
            each.wait(30)


def ask(port: int, path: str, data: dict[str, str] | None = None, **headers: str) -> tuple[int, bytes]:
    """Status and body; GET, or POST when there is data. 0 when nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        body = None if data is None else urlencode(data)
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError:
        return 0, b""
    finally:
        connection.close()


def drive(
    url: str, port: int, session: str, cases: list[tuple[str, str, float]], rate: float
) -> dict[str, object]:
    """Hand over one decision after another, evenly; see when each is public, and read it from the API then.

    One look a moment at the published rows of all that are under way: many readers asking the portal would be
    another load.
    """
    began, answered, public = time.monotonic(), [], []
    lost: list[str] = []
    under_way: dict[str, tuple[float, float]] = {}  # member → sent at, score before

    def one(at: int, case: str, member: str, before: float) -> None:
        time.sleep(max(0.0, began + at / rate - time.monotonic()))
        served = {
            "served_on": time.strftime("%Y-%m-%d"),
            "method": "EMS",
            "proof": "2",
            "told_of_publication": "on",
        }
        cookies = f"csrftoken={CSRF}; sessionid={session}"
        sent = time.monotonic()
        under_way[member] = (sent, before)
        status, _ = ask(port, case, served, Cookie=cookies, **{"X-CSRFToken": CSRF})
        answered.append(time.monotonic() - sent)
        if status != 302:  # noqa: PLR2004 - the way back to the case
            lost.append(f"{case}: {status}")
            under_way.pop(member)

    threads = [threading.Thread(target=one, args=(at, *case)) for at, case in enumerate(cases)]
    for each in threads:
        each.start()
    with psycopg.connect(url, autocommit=True) as owner:
        while under_way or any(each.is_alive() for each in threads):
            time.sleep(LOOK_SECONDS)
            rows = owner.execute(
                "SELECT public_id, score FROM credit_publishedrating WHERE public_id = ANY(%s)",
                [list(under_way)],
            ).fetchall()
            for member, score in rows:
                sent, before = under_way[member]
                if score != before:
                    public.append(time.monotonic() - sent)
                    under_way.pop(member)
                    if json.loads(ask(port, f"/api/v1/ratings/{member}/")[1])["score"] != score:
                        lost.append(f"{member}: the API tells another score")
            late = [
                member for member, (sent, _) in under_way.items() if time.monotonic() - sent > LONGEST_SECONDS
            ]
            for member in late:
                lost.append(f"{member}: not public")
                under_way.pop(member)
    return {"answered": spread(answered), "public": spread(public), "lost": lost}


def spread(seconds: list[float]) -> dict[str, float]:
    """Median, 99 % and the longest, in seconds."""
    if not seconds:
        return {}
    ordered = sorted(seconds)
    return {
        "p50": round(statistics.median(ordered), 3),
        "p99": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], 3),
        "most": round(ordered[-1], 3),
    }


if __name__ == "__main__":
    main()
