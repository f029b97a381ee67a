"""What ends reaches the portal within a minute, though nobody was woken: a real worker, the timetable as it is."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from config.embedded import place
from tests.faults.site import PROCESSES, eventually, web_server, with_broker, worker

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.site import Site, Web

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]

MOST_SECONDS = 60
BEFORE_MIDNIGHT = 3
NOWHERE = "amqp://127.0.0.1:1//"
PUBLIC = """
    SELECT candidate.kind, candidate.record_ref, candidate.public_id, candidate.withdraw_on
    FROM credit_candidate candidate WHERE candidate.state = 'published' ORDER BY candidate.id
"""


def stands(web: Web, kind: str, ref: str) -> bool:
    """Whether the record has its page, and its line in the list."""
    page, listed = web.ask(f"/{kind}s/{ref}/"), web.ask(f"/{kind}s/")
    assert page.status in {HTTPStatus.OK, HTTPStatus.GONE, HTTPStatus.NOT_FOUND}
    assert listed.status == HTTPStatus.OK
    there = page.status == HTTPStatus.OK
    return there or ref in listed.body


def until_gone(web: Web, records: dict[str, tuple[str, str]], since: float) -> dict[str, float]:
    """Of each record after how many seconds it was gone, from the page and from the list."""
    seconds: dict[str, float] = {}

    def gone() -> bool:
        for what, (kind, ref) in records.items():
            if what not in seconds and not stands(web, kind, ref):
                seconds[what] = time.time() - since
        return len(seconds) == len(records)

    eventually(gone, seconds=MOST_SECONDS + 20, every=0.5)
    return seconds


def act(site: Site, database: str, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, str(PROCESSES / "ending.py"), *words],
        cwd=place.PROJECT,
        env=site.environment(database, BROKER_URL=NOWHERE),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def set_clock(clock: Path, seconds: float) -> None:
    """The worker's clock is so much ahead from now on."""
    clock.with_suffix(".new").write_text(str(seconds))
    clock.with_suffix(".new").replace(clock)


def test_lifting_reversal_withdrawal_and_expiry_reach_the_portal_within_a_minute(
    site, forks, tmp_path, capsys
):
    database, clock = site.clone(), tmp_path / "clock"
    set_clock(clock, 0)
    for job in ("rate", "publish", "rate", "publish"):
        assert forks.run(database, job)["signal"] == 0
    with site.owner(database) as server:
        public = server.execute(PUBLIC).fetchall()
        ((bar, behind),) = server.execute("SELECT public_id, decision_ref FROM credit_bar").fetchall()
    rating, of_rating = next((ref, candidate) for kind, ref, candidate, _ in public if kind == "rating")
    last_day, expiring = min(
        (until, ref) for kind, ref, _, until in public if kind == "decision" and ref != behind
    )
    with (
        with_broker(site, database),
        web_server(site, tmp_path / "web.log", workers=1, database=database) as web,
        worker(site, tmp_path / "worker.log", database=database, SWEEP_SECONDS="", CLOCK=str(clock)),
    ):
        ended = {"lifted": ("bar", bar), "reversed": ("decision", behind)}
        everything = {**ended, "withdrawn": ("rating", rating), "expired": ("decision", expiring)}
        assert [what for what, record in everything.items() if not stands(web, *record)] == []
        act(site, database, bar, behind)
        seconds = until_gone(web, ended, time.time())

        withdrawal = web.console(f"publication/{of_rating}/withdraw/")
        began = time.time()
        assert web.ask(withdrawal, {"why": "数据有误"}, role="decider").status == HTTPStatus.FOUND
        seconds |= until_gone(web, {"withdrawn": everything["withdrawn"]}, began)

        assert stands(web, *everything["expired"])
        midnight = datetime.combine(last_day, datetime.min.time(), ZoneInfo("Asia/Shanghai"))
        ahead = midnight - datetime.now(UTC) - timedelta(seconds=BEFORE_MIDNIGHT)
        set_clock(clock, ahead.total_seconds())
        seconds |= until_gone(web, {"expired": everything["expired"]}, time.time() + BEFORE_MIDNIGHT)
    with capsys.disabled():
        sys.stdout.write(f"{ {what: round(took, 1) for what, took in seconds.items()} } s\n")
    assert {what: took for what, took in seconds.items() if not 0 <= took <= MOST_SECONDS} == {}
    for name in (database, f"{database}_broker"):
        site.drop(name)
